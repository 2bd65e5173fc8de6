using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>Networks with random structure, options and numbers, and what ONNX Runtime makes of them.</summary>
internal static class OnnxCases
{
    private static readonly string[] s_smooth = ["x", "x^2", "x^3", "sin", "cos", "exp", "tanh", "abs", "gaussian", "arctan", "erf", "sigmoid", "softplus", "J0", "J1", "sinc", "1/(1+x^2)", "cosh", "sinh", "sgn", "0", "1"];

    /// <summary>
    /// The largest difference between the first output of ONNX Runtime and the network's prediction, over the largest magnitude of the prediction for any row and
    /// output, or over 1 where that is smaller.
    /// </summary>
    public static double Difference<T>(Module<T> network, Tensor<T> x, OnnxPrecision precision = OnnxPrecision.Model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte[] file = OnnxRun.File(ModelLowering.Of(network), precision);
        double[] actual = OnnxRun.First(file, BasisLowering.Numbers(x), x.Shape.Last);
        return Difference(BasisLowering.Numbers(network.Predict(x)), actual);
    }

    /// <inheritdoc cref="Difference{T}(Module{T}, Tensor{T}, OnnxPrecision)"/>
    public static double Difference(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs)), most = 0;
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.True(double.IsFinite(expected[index]), "the prediction is not finite");
            most = double.IsNaN(actual[index]) ? double.PositiveInfinity : Math.Max(most, Math.Abs(expected[index] - actual[index]));
        }

        return most / scale;
    }

    /// <summary>Rows inside the grids and outside.</summary>
    public static Tensor<T> Inputs<T>(SplitRandom random, int rows, int columns, double spread = 1.3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = new Tensor<T>(new Shape(rows, columns));
        foreach (ref T value in x.Span)
            value = T.CreateTruncating(spread * random.NextNormal());
        return x;
    }

    /// <summary>A random network.</summary>
    public static KanNetwork<T> Random<T>(SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string[] middle = [random.NextInt(2) == 0 ? (1 + random.NextInt(6)).ToString() : $"[{random.NextInt(3)},x2,x{1 + random.NextInt(3)},x2]"];
        NetworkShape shape = NetworkShape.Parse(string.Join(',', [(1 + random.NextInt(5)).ToString(), .. random.NextInt(3) == 0 ? [] : middle, (1 + random.NextInt(3)).ToString()]));
        KanLinearOptions[] options = [.. Enumerable.Range(0, shape.Levels.Count - 1).Select(_ => Options(random))];
        KanNetwork<T> network = KanNetwork<T>.Create(shape, options, random.NextUInt64(), trainNodes: random.NextInt(2) == 0);
        if (random.NextInt(2) == 0)
            network = network.WithSymbolicEdges(Formulas(random, shape), keepNumeric: random.NextInt(2) == 0);
        if (random.NextInt(4) == 0 && shape.Levels[0].Nodes > 1)
            network = network.WithInputs([shape.Levels[0].Nodes - 1, 0]);
        Prepare(network, random);
        return network;
    }

    /// <summary>Gives a network grids of its own for every input, running statistics, ranges, and other parameters than at the start.</summary>
    public static void Prepare<T>(KanNetwork<T> network, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((_, Parameter<T> parameter) in network.Parameters())
        {
            foreach (ref T value in parameter.Value.Span)
                value += T.CreateTruncating(0.1 * random.NextNormal()) * (T.Abs(value) + T.CreateTruncating(0.5));
        }

        foreach ((string path, StateTensor<T> state) in network.States())
        {
            bool positive = path.EndsWith("variance", StringComparison.Ordinal) || path.EndsWith("scale", StringComparison.Ordinal);
            if (!positive && !path.EndsWith("mean", StringComparison.Ordinal) && !path.EndsWith("center", StringComparison.Ordinal))
                continue;
            foreach (ref T value in state.Value.Span)
                value = T.CreateTruncating(positive ? 0.5 + random.NextDouble() : 0.3 * random.NextNormal());
        }

        if (network.Layers.All(layer => layer.Options.HasFreeGrid) && network.IsPlain && random.NextInt(2) == 0)
            network.UpdateGrid(Inputs<T>(random, 200, network.Features), new GridUpdateOptions { Epsilon = 0.4 });
    }

    /// <summary>The options of a family with a size where it has one.</summary>
    public static KanLinearOptions Family(KanFamily family, int size) => family.Options(family.DefaultSize == 0 ? null : size);

    private static KanLinearOptions Options(SplitRandom random)
    {
        KanFamily family = KanFamilies.All[random.NextInt(KanFamilies.All.Count)];
        KanLinearOptions options = Family(family, 2 + random.NextInt(6));
        if (options.Basis is BSplineOptions spline)
        {
            options = options with
            {
                Basis = spline with { Degree = 1 + random.NextInt(5), Outside = random.NextInt(2) == 0 ? OutsideGrid.Zero : OutsideGrid.Linear, Low = -1 - random.NextDouble() },
            };
        }

        if (options.Basis is WaveletOptions wavelet)
            options = options with { Basis = wavelet with { PublishedForm = random.NextInt(2) == 0 } };
        if (random.NextInt(3) > 0)
            options = options with { Normalization = (InputNormalization)random.NextInt(4) };
        if (random.NextInt(3) == 0 && options.Squash == InputSquash.None)
            options = options with { Squash = (InputSquash)random.NextInt(3) };
        Activation? activation = random.NextInt(4) == 0 ? null : Activation.All[random.NextInt(Activation.All.Count)];
        return options with
        {
            BaseActivation = activation == Activation.Exp ? Activation.SiLU : activation,
            BaseOnRawInput = random.NextInt(3) == 0,
            EdgeScale = random.NextInt(2) == 0,
            Bias = random.NextInt(2) == 0,
            Mask = random.NextInt(2) == 0,
        };
    }

    private static IEnumerable<EdgeFormula> Formulas(SplitRandom random, NetworkShape shape)
    {
        for (int layer = 0; layer < shape.Levels.Count - 1; layer++)
        {
            for (int input = 0; input < shape.Levels[layer].Nodes; input++)
            {
                for (int output = 0; output < shape.Levels[layer + 1].Subnodes; output++)
                {
                    if (random.NextInt(3) > 0)
                        continue;
                    double Number() => random.NextInt(3) == 0 ? 1 : 0.6 * random.NextNormal();
                    CatalogFunction function = FunctionCatalog.Standard[s_smooth[random.NextInt(random.NextInt(2) == 0 ? 3 : s_smooth.Length)]];
                    yield return new EdgeFormula(layer, input, output, function, Number(), random.NextInt(2) * Number(), Number(), random.NextInt(2) * Number());
                }
            }
        }
    }
}
