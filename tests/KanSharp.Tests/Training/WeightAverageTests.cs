using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>An average of weights goes with an average of the statistics that belong to them.</summary>
public class WeightAverageTests
{
    [Fact]
    public void Running_statistics_are_averaged_with_the_weights()
    {
        var norm = new ChannelBatchNorm<double>(1);
        var scale = norm.Weight!.Value;
        var average = new WeightAverage<double>(norm, 0.5);
        double expected = 0, mean = 0;
        for (int step = 1; step <= 4; step++)
        {
            norm.RunningMean.Value[0] = mean = step * step;
            scale[0] = 1 + step;
            average.Update();
            expected += (1 - Math.Min(0.5, (1.0 + step) / (10 + step))) * (mean - expected);
        }

        average.Swap();
        Assert.Equal(expected, norm.RunningMean.Value[0], 1e-14);
        Assert.NotEqual(5, scale[0]);
        average.Swap();
        Assert.Equal(mean, norm.RunningMean.Value[0]);
        Assert.Equal(5, scale[0]);
    }

    [Fact]
    public void Knots_and_masks_stay_as_they_are()
    {
        KanLinear<double> layer = KanLinear<double>.Create(2, 3, new KanLinearOptions { Mask = true }, new SplitRandom(1));
        var average = new WeightAverage<double>(layer, 0.9);
        double[] knots = layer.Knots.Value.Span.ToArray();
        layer.Mask!.Value[0, 0] = 0;
        average.Update();
        average.Swap();
        Assert.Equal(knots, layer.Knots.Value.Span.ToArray());
        Assert.Equal(0, layer.Mask.Value[0, 0]);
    }
}
