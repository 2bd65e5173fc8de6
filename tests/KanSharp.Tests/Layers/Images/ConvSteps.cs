using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers.Images;

/// <summary>Lively convolutions, one step of them, and how near two results are.</summary>
internal static class ConvSteps
{
    public static KanConv<T> Create<T>(string family, int inputs, int outputs, ConvWindow window, PaddingMode mode, int seed, int groups = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions functions = KanFamilies.Named(family).Options() with { EdgeScale = true, Mask = true, Bias = true };
        KanConv<T> layer = KanConv<T>.Create(inputs, outputs, window, new KanConvOptions { Functions = functions, PaddingMode = mode, Groups = groups }, new SplitRandom((ulong)seed));
        foreach (KanLinear<T> kernel in layer.Kernels)
            FamilyLayers.Enliven(kernel, seed++);
        return layer;
    }

    public static T[] Forward<T>(KanConv<T> layer, Tensor<T> x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var executor = new Executor(2, width);
        return layer.Forward(new Tape<T>(executor) { RecordsGradients = false }.Constant(x)).Values.ToArray();
    }

    public static (T[] Y, T[][] Gradients) Step<T>(KanConv<T> layer, Tensor<T> x, ITapeObserver<T>? observer, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tape = new Tape<T>(executor) { Observer = observer };
        foreach ((_, Parameter<T> parameter) in layer.Parameters())
            parameter.Gradient.Clear();
        Var<T> input = tape.Input(x), y = layer.Forward(input);
        tape.Backward(y, Check.Sample<T>(y.Shape, 9).Span);
        return (y.Values.ToArray(), [input.Gradient.ToArray(), .. layer.Parameters().Select(entry => entry.Parameter.Gradient.ToArray())]);
    }

    public static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] one = [.. expected], other = [.. actual];
        Assert.Equal(one.Length, other.Length);
        double size = one.Select(Math.Abs).DefaultIfEmpty().Max() + 1e-3;
        for (int index = 0; index < one.Length; index++)
            Assert.True(Math.Abs(one[index] - other[index]) <= tolerance * size, $"At {index}: {one[index]} and {other[index]}.");
    }
}
