using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

public sealed class ImageContractFloatTests : ImageContractTests<float>;

public sealed class ImageContractDoubleTests : ImageContractTests<double>;

/// <summary>The contract that every layer of images keeps.</summary>
public abstract class ImageContractTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Shape Small = new(2, 4, 3, 5);
    private static readonly Shape Large = new(6, 4, 40, 43);

    public static TheoryData<string, bool> Cases()
    {
        var cases = new TheoryData<string, bool>();
        foreach (string name in ImageLayers<T>.All.Keys)
        {
            cases.Add(name, false);
            cases.Add(name, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_at_every_register_width(string name, bool training)
    {
        Module<T> layer = ImageLayers<T>.All[name]();
        Tensor<T> input = ImageLayers<T>.Spread(Small);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            var options = new GradientCheckOptions { Executor = executor, Training = training, Seed = 5 };
            Check.Passed(GradientCheck.Run(layer.Forward, input, layer.Parameters(), options));
            Check.Passed(GradientCheck.Run((Var<T> x) => x.Square().Sum() + layer.Forward(x), input, layer.Parameters(), options));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives(string name, bool training)
    {
        Module<T> layer = ImageLayers<T>.All[name]();
        Tensor<T> input = ImageLayers<T>.Spread(Small);
        var options = new GradientCheckOptions { Training = training, Seed = 5 };
        if (name.Contains("MaxPool", StringComparison.Ordinal))
            Assert.Throws<NotSupportedException>(() => GradientCheck.RunJet(layer.Forward, input, layer.Parameters(), options));
        else if (training && layer.Modules().OfType<ChannelBatchNorm<T>>().Any())
            Assert.Throws<InvalidOperationException>(() => GradientCheck.RunJet(layer.Forward, input, layer.Parameters(), options));
        else
            Check.Passed(GradientCheck.RunJet(layer.Forward, input, layer.Parameters(), options));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Prediction_and_empty_batches(string name, bool training)
    {
        Module<T> layer = ImageLayers<T>.All[name]();
        Tensor<T> input = ImageLayers<T>.Spread(Small);
        Var<T> expected = layer.Forward(new Tape<T>().Constant(input));
        Tensor<T> predicted = layer.Predict(input);
        Assert.Equal(expected.Shape, predicted.Shape);
        Check.Close<T>(Check.Doubles(expected.Values), predicted.Span);

        int[] extents = expected.Shape.ToArray();
        extents[0] = 0;
        var tape = new Tape<T> { Training = training };
        double[] states = States(layer);
        Var<T> none = layer.Forward(tape.Input(new Tensor<T>(new Shape(0, 4, 3, 5))));
        Assert.Equal(new Shape(extents), none.Shape);
        tape.Backward(none.Sum());
        tape.Commit();
        Assert.Equal(states, States(layer));
        Assert.All(layer.Parameters(), entry => Assert.All(entry.Parameter.Gradient.ToArray(), value => Assert.Equal(T.Zero, value)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_bits_for_any_number_of_threads_and_no_allocation(string name, bool training)
    {
        if (name.Contains("Unflatten", StringComparison.Ordinal))
            return;
        byte[]? expected = null;
        Tensor<T> input = ImageLayers<T>.Spread(Large);
        foreach (int threads in (int[])[1, 2, 5])
        {
            using var executor = new Executor(threads);
            Module<T> layer = ImageLayers<T>.All[name]();
            Parameter<T>[] parameters = [.. layer.Parameters().Select(entry => entry.Parameter)];
            var tape = new Tape<T>(executor) { Training = training };
            T[] bits = [.. Step(), .. parameters.SelectMany(parameter => parameter.Gradient.ToArray()), .. layer.States().SelectMany(entry => entry.State.Value.Span.ToArray())];
            byte[] bytes = MemoryMarshal.AsBytes<T>(bits).ToArray();
            expected ??= bytes;
            Assert.Equal(expected, bytes);
            if (threads < 5)
            {
                for (int step = 0; step < 5; step++)
                    Record();
                long held = tape.BufferBytes;
                Assert.Equal(0, SteadyState.AllocatedBytes(() => Record()));
                Assert.Equal(held, tape.BufferBytes);
            }

            T[] Step()
            {
                (Var<T> x, Var<T> y) = Record();
                return [.. y.Values, .. x.Gradient];
            }

            (Var<T> X, Var<T> Y) Record()
            {
                tape.Reset();
                tape.Seed(7);
                Var<T> x = tape.Input(input);
                Var<T> y = layer.Forward(x);
                tape.Backward(y.Square().Sum());
                tape.Commit();
                return (x, y);
            }
        }
    }

    private static double[] States(Module<T> layer) => [.. layer.States().SelectMany(entry => Check.Doubles<T>(entry.State.Value.Span))];
}
