using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Images;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

public sealed class ImageElementFloatTests : ImageElementTests<float>;

public sealed class ImageElementDoubleTests : ImageElementTests<double>;

/// <summary>Values of PReLU, dropout of channels, changes of shape and the logarithm of softmax.</summary>
public abstract class ImageElementTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void PReluHasASlopePerChannel()
    {
        Tensor<T> input = ImageLayers<T>.Spread(new Shape(2, 3, 37));
        PRelu<T> layer = ImageLayers<T>.Shaken(new PRelu<T>(3));
        double[] slopes = Check.Doubles<T>(layer.Weight.Value.Span), x = Check.Doubles<T>(input.Span), sums = new double[3];
        double[] expected = [.. x.Select((value, i) => value > 0 ? value : slopes[i / 37 % 3] * value)];
        for (int i = 0; i < x.Length; i++)
            sums[i / 37 % 3] += Math.Min(x[i], 0);
        var tape = new Tape<T>();
        Var<T> y = layer.Forward(tape.Input(input));
        tape.Backward(y.Sum());
        Check.Close(expected, y.Values);
        Check.Close(sums, layer.Weight.Gradient, 1e-5);
        var shared = new PRelu<T>();
        Check.Close([.. x.Select(value => value > 0 ? value : value / 4)], shared.Predict(input).Span);
        Check.Close([.. x.Select(value => value > 0 ? value : value / 4)], shared.Forward(new Tape<T>().Input(input)).Values);
    }

    [Fact]
    public void ChannelDropoutDropsWholeChannels()
    {
        var layer = new ChannelDropout<T>(0.25);
        Tensor<T> input = Check.Sample<T>(new Shape(100, 20, 2, 3), 5, 1, 2);
        var tape = new Tape<T> { Training = true };
        Var<T> x = tape.Input(input);
        Var<T> y = layer.Forward(x);
        tape.Backward(y.Sum());
        int dropped = 0;
        for (int plane = 0; plane < 2000; plane++)
        {
            bool gone = y.Values[plane * 6] == T.Zero;
            dropped += gone ? 1 : 0;
            double scale = gone ? 0 : 4 / 3.0;
            Check.Close([.. Check.Doubles<T>(input.Span.Slice(plane * 6, 6)).Select(value => scale * value)], y.Values.Slice(plane * 6, 6));
            Check.Close([scale, scale, scale, scale, scale, scale], x.Gradient.Slice(plane * 6, 6));
        }

        // Five standard deviations of a binomial count
        Assert.Equal(500, dropped, 5 * Math.Sqrt(2000 * 0.25 * 0.75));
        tape.Training = false;
        Assert.Equal(x, layer.Forward(x));
    }

    [Fact]
    public void TheSameChannelsAreDroppedWhateverTheSizeOfThePlanes()
    {
        var layer = new ChannelDropout<T>(0.5);
        bool[] Dropped(int plane)
        {
            var tape = new Tape<T> { Training = true };
            tape.Seed(3);
            Var<T> y = layer.Forward(tape.Input(Check.Sample<T>(new Shape(7, 9, plane), 5, 1, 2)));
            return [.. Enumerable.Range(0, 63).Select(channel => y.Values[channel * plane] == T.Zero)];
        }

        Assert.Equal(Dropped(1), Dropped(3000));
    }

    [Fact]
    public void FlattenAndUnflattenAreInverse()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Check.Sample<T>(new Shape(2, 3, 4, 5)));
        Var<T> rows = new Flatten<T>().Forward(x);
        Var<T> images = new Unflatten<T>(3, 4, 5).Forward(rows);
        Assert.Equal(new Shape(2, 60), rows.Shape);
        Assert.Equal(x.Shape, images.Shape);
        Assert.Equal(x.Values, images.Values);
        Assert.Equal(new Shape(0, 60), new Flatten<T>().Predict(new Tensor<T>(new Shape(0, 3, 4, 5))).Shape);
        Assert.Equal(new Shape(2, 60), new Flatten<T>().Predict(new Tensor<T>(new Shape(2, 60))).Shape);
    }

    [Fact]
    public void LogSoftmaxPredictsRows()
    {
        var layer = new LogSoftmax<T>();
        Tensor<T> input = Check.Sample<T>(new Shape(300, 10));
        Check.Close<T>(Check.Doubles(layer.Forward(new Tape<T>().Input(input)).Values), layer.Predict(input).Span);
        var y = new T[2];
        layer.Predict([T.CreateTruncating(1000), T.CreateTruncating(1000)], y, 1);
        Check.Close<T>([-Math.Log(2), -Math.Log(2)], y);
    }
}
