using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

public sealed class ChannelNormFloatTests : ChannelNormTests<float>;

public sealed class ChannelNormDoubleTests : ChannelNormTests<double>;

/// <summary>Normalisation of channels against loops, and against layers that it equals in special cases.</summary>
public abstract class ChannelNormTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Samples = 3;
    private const int Channels = 6;
    private const int Plane = 21;
    private static readonly Tensor<T> Input = Check.Sample<T>(new Shape(Samples, Channels, 3, 7), 3, 4, 7);

    [Fact]
    public void BatchNormInTrainingAndItsStatistics()
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            ChannelBatchNorm<T> layer = ImageLayers<T>.Shaken(new ChannelBatchNorm<T>(Channels, momentum: 0.25));
            double[] mean = Check.Doubles<T>(layer.RunningMean.Value.Span), variance = Check.Doubles<T>(layer.RunningVariance.Value.Span);
            double[] expected = Naive((_, channel) => channel, Channels, layer.Weight, layer.Bias, out double[] means, out double[] variances);
            var tape = new Tape<T>(executor) { Training = true };
            Check.Close(expected, layer.Forward(tape.Input(Input)).Values, Tolerance);
            Check.Close(mean, layer.RunningMean.Value.Span);
            tape.Commit();
            int count = Samples * Plane;
            Check.Close([.. mean.Select((value, c) => 0.75 * value + 0.25 * means[c])], layer.RunningMean.Value.Span);
            Check.Close([.. variance.Select((value, c) => 0.75 * value + 0.25 * variances[c] * count / (count - 1))], layer.RunningVariance.Value.Span);

            tape.Reset();
            tape.Training = false;
            Var<T> y = layer.Forward(tape.Input(Input));
            T inside = (Input.Span[Plane + 2] - layer.RunningMean.Value[1]) / T.Sqrt(layer.RunningVariance.Value[1] + T.CreateTruncating(1e-5));
            Check.Close([double.CreateTruncating(layer.Weight!.Value[1] * inside + layer.Bias!.Value[1])], y.Values.Slice(Plane + 2, 1), Tolerance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void GroupNormOfEveryNumberOfGroups(int groups)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            GroupNorm<T> layer = ImageLayers<T>.Shaken(new GroupNorm<T>(groups, Channels));
            double[] expected = Naive((sample, channel) => sample * groups + channel / (Channels / groups), Samples * groups, layer.Weight, layer.Bias, out _, out _);
            Check.Close(expected, layer.Forward(new Tape<T>(executor).Input(Input)).Values, Tolerance);
        }
    }

    [Fact]
    public void InstanceNormIsPerSampleAndChannel()
    {
        double[] expected = Naive((sample, channel) => sample * Channels + channel, Samples * Channels, null, null, out _, out _);
        var layer = new InstanceNorm<T>(Channels);
        Assert.Empty(layer.Parameters());
        Check.Close(expected, layer.Forward(new Tape<T> { Training = true }.Input(Input)).Values, Tolerance);
        Check.Close(expected, layer.Forward(new Tape<T>().Input(Input)).Values, Tolerance);
    }

    [Fact]
    public void SpecialCasesAreTheLayersOfRows()
    {
        Tensor<T> rows = Check.Sample<T>(new Shape(9, 5), 8);
        foreach (bool training in (bool[])[true, false])
        {
            BatchNorm<T> batch = ImageLayers<T>.Shaken(new BatchNorm<T>(5));
            ChannelBatchNorm<T> channels = ImageLayers<T>.Shaken(new ChannelBatchNorm<T>(5));
            SameStep(batch, channels, rows, training);
            for (int state = 0; state < 2; state++)
                Check.Close<T>(Check.Doubles<T>(batch.States().ElementAt(state).State.Value.Span), channels.States().ElementAt(state).State.Value.Span, Tolerance);
        }

        SameStep(ImageLayers<T>.Shaken(new LayerNorm<T>(5)), ImageLayers<T>.Shaken(new GroupNorm<T>(1, 5)), rows, training: true);
        SameStep(ImageLayers<T>.Shaken(new InstanceNorm<T>(4, affine: true)), ImageLayers<T>.Shaken(new GroupNorm<T>(4, 4)), Check.Sample<T>(new Shape(2, 4, 9)), training: true);
    }

    [Fact]
    public void OneElementAChannelGivesTheBiasAndMovesTheMeanAlone()
    {
        ChannelBatchNorm<T> layer = ImageLayers<T>.Shaken(new ChannelBatchNorm<T>(4));
        double[] variance = Check.Doubles<T>(layer.RunningVariance.Value.Span);
        var tape = new Tape<T> { Training = true };
        Check.Close(Check.Doubles<T>(layer.Bias!.Value.Span), layer.Forward(tape.Input(Check.Sample<T>(new Shape(1, 4, 1, 1)))).Values);
        T mean = layer.RunningMean.Value[0];
        tape.Commit();
        Assert.NotEqual(mean, layer.RunningMean.Value[0]);
        Check.Close(variance, layer.RunningVariance.Value.Span);
    }

    [Fact]
    public void AMeanFarFromZeroCostsNoMoreThanItsOwnRounding()
    {
        // The deviations are 0, ±1, ±2 exactly; with x² − mean² the variance would be lost altogether in single precision
        double offset = typeof(T) == typeof(float) ? 1e6 : 1e14;
        var input = new Tensor<T>(new Shape(1, 1, 5), [.. Enumerable.Range(-2, 5).Select(i => T.CreateTruncating(offset + i))]);
        double scale = 1 / Math.Sqrt(2 + 1e-5);
        double[] expected = [-2 * scale, -scale, 0, scale, 2 * scale];
        Check.Close(expected, new ChannelBatchNorm<T>(1).Forward(new Tape<T> { Training = true }.Input(input)).Values);
        Check.Close(expected, new InstanceNorm<T>(1).Forward(new Tape<T>().Input(input)).Values);
    }

    private static double Tolerance => typeof(T) == typeof(float) ? 2e-5 : 1e-12;

    private static void SameStep(Module<T> expected, Module<T> actual, Tensor<T> input, bool training)
    {
        var tape = new Tape<T> { Training = training };
        Var<T>[] inputs = [tape.Input(input), tape.Input(input)];
        Var<T> left = expected.Forward(inputs[0]), right = actual.Forward(inputs[1]);
        tape.Backward((left * left.Sin()).Sum() + (right * right.Sin()).Sum());
        tape.Commit();
        Check.Close<T>(Check.Doubles(left.Values), right.Values, Tolerance);
        Check.Close<T>(Check.Doubles(inputs[0].Gradient), inputs[1].Gradient, Tolerance);
        foreach (((_, Parameter<T> first), (_, Parameter<T> second)) in expected.Parameters().Zip(actual.Parameters()))
            Check.Close<T>(Check.Doubles<T>(first.Gradient), second.Gradient, Tolerance);
    }

    private static double[] Naive(
        Func<int, int, int> set, int sets, Parameter<T>? weight, Parameter<T>? bias, out double[] means, out double[] variances)
    {
        double[] x = Check.Doubles<T>(Input.Span);
        ILookup<int, double> values = x.Select((value, i) => (value, set: set(i / Plane / Channels, i / Plane % Channels))).ToLookup(entry => entry.set, entry => entry.value);
        double[] average = [.. Enumerable.Range(0, sets).Select(s => values[s].Average())];
        double[] spread = [.. Enumerable.Range(0, sets).Select(s => values[s].Average(value => (value - average[s]) * (value - average[s])))];
        (means, variances) = (average, spread);
        return
        [
            .. x.Select((value, i) =>
            {
                int channel = i / Plane % Channels;
                int own = set(i / Plane / Channels, channel);
                double normalized = (value - average[own]) / Math.Sqrt(spread[own] + 1e-5);
                return weight is null ? normalized : normalized * double.CreateTruncating(weight.Value[channel]) + double.CreateTruncating(bias!.Value[channel]);
            }),
        ];
    }
}
