using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>The choice of the kernel: clear cases on machines that pick lanes in one instruction, and none elsewhere.</summary>
public class LayerCostTests
{
    private static readonly LayerShape s_small = new(1000, 2, 5, 7, 8, 3, true);

    [Fact]
    public void FewOutputsAndManyRowsGoToTheLanes()
    {
        bool fast = Simd512<double>.PermutesFast;
        Assert.Equal(fast, LayerCost.PrefersLanes<double>(s_small, SimdWidth.Bits512));
        Assert.Equal(fast, LayerCost.PrefersLanes<float>(s_small, SimdWidth.Bits512));
        Assert.Equal(fast, LayerCost.PrefersLanes<double>(s_small with { Inputs = 5, Outputs = 1 }, SimdWidth.Bits512));
    }

    [Fact]
    public void ManyOutputsFewRowsManyCellsAndHighDegreesDoNot()
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            Assert.False(LayerCost.PrefersLanes<double>(s_small with { Outputs = 64 }, width));
            Assert.False(LayerCost.PrefersLanes<double>(s_small with { Rows = 4 }, width));
            Assert.False(LayerCost.PrefersLanes<double>(s_small with { Cells = 102, Functions = 103 }, width));
            Assert.False(LayerCost.PrefersLanes<double>(s_small with { Degree = 6 }, width));
        }

        Assert.False(LayerCost.PrefersLanes<double>(s_small, SimdWidth.Scalar));
        Assert.False(LayerCost.PrefersLanes<float>(s_small, SimdWidth.Bits128));
    }

    [Fact]
    public void CostsGrowWithTheWork()
    {
        LayerCost small = LayerCost.OfLanes<double>(s_small, SimdWidth.Bits512);
        LayerCost large = LayerCost.OfLanes<double>(s_small with { Rows = 10000 }, SimdWidth.Bits512);
        Assert.InRange(large.Forward / small.Forward, 5, 10);
        Assert.InRange(large.Backward / small.Backward, 5, 10);
        LayerCost sweeps = LayerCost.OfSweeps<float>(s_small, SimdWidth.Bits512);
        Assert.True(sweeps.Backward > sweeps.Forward);
    }
}
