using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

public class EdgeFunctionsTests
{
    [Theory]
    [InlineData(true, true, OutsideGrid.Linear)]
    [InlineData(false, true, OutsideGrid.Zero)]
    [InlineData(true, false, OutsideGrid.Linear)]
    public void EdgesOfALayerSumToItsOutput(bool hasBase, bool hasScale, OutsideGrid outside)
    {
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Intervals = 4, Degree = 2, Outside = outside },
            BaseActivation = hasBase ? Activation.SiLU : null,
            EdgeScale = hasScale,
            Mask = true,
        };
        KanLinear<double> layer = KanLinear<double>.Create(3, 2, options, new SplitRandom(4));
        layer.Mask!.Value[1, 0] = 0;
        layer.Mask.Value[2, 1] = 0.5;
        double[] x = [.. Enumerable.Range(0, 17).Select(i => -2.0 + i / 4.0)];
        var rows = new Tensor<double>(new Shape(x.Length, 3));
        for (int row = 0; row < x.Length; row++)
            rows.Row(row).Fill(x[row]);
        var sums = new double[x.Length * 2];
        for (int input = 0; input < 3; input++)
        {
            var basePart = new double[sums.Length];
            var splinePart = new double[sums.Length];
            EdgeFunctions.Evaluate<double>(layer, input, x, basePart, splinePart);
            Assert.Equal(hasBase, basePart.Any(value => value != 0));
            for (int i = 0; i < sums.Length; i++)
                sums[i] += basePart[i] + splinePart[i];
        }

        var tape = new Tape<double>();
        ReadOnlySpan<double> expected = layer.Forward(tape.Constant(rows)).Values;
        for (int i = 0; i < sums.Length; i++)
            Assert.Equal(expected[i], sums[i], 1e-12);
    }
}
