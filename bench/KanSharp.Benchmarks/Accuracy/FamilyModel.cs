using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Benchmarks.Accuracy;

/// <summary>Networks with one hidden level of a family, or a perceptron, as wide as a number of parameters allows.</summary>
internal static class FamilyModel
{
    public const string Perceptron = "mlp";

    /// <summary>The network whose parameters come nearest to a number.</summary>
    /// <param name="family">A family, or <see cref="Perceptron"/>.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="parameters">The number.</param>
    /// <param name="seed">Seed of the initial values.</param>
    public static Module<T> Create<T>(string family, int inputs, int outputs, long parameters, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Of<T>(family, [inputs, Hidden(family, inputs, outputs, parameters), outputs], seed);

    /// <summary>Hidden nodes; the number of parameters is linear in them.</summary>
    public static int Hidden(string family, int inputs, int outputs, long parameters)
    {
        long one = Of<float>(family, [inputs, 8, outputs], 0).CountParameters(), two = Of<float>(family, [inputs, 16, outputs], 0).CountParameters();
        double each = (two - one) / 8.0, rest = one - (8 * each);
        return Math.Max(1, (int)Math.Round((parameters - rest) / each));
    }

    private static Module<T> Of<T>(string family, int[] widths, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => family == Perceptron
            ? Mlp<T>.Create(widths, seed: seed)
            : KanNetwork<T>.Create(widths, Options(family, widths[0]), seed);

    /// <summary>The options of a family's name, with an input map after a plus sign: <c>gaussian+batch-norm</c>.</summary>
    /// <param name="family">The name.</param>
    /// <param name="inputs">Inputs of the network.</param>
    public static KanLinearOptions Options(string family, int inputs)
    {
        string[] parts = family.Split('+');
        KanLinearOptions options = KanFamilies.Named(parts[0]).Options(inputs: inputs);
        foreach (string map in parts[1..])
        {
            options = map switch
            {
                "none" => options with { Normalization = InputNormalization.None, Squash = InputSquash.None },
                "batch-norm" => options with { Normalization = InputNormalization.BatchNorm },
                "layer-norm" => options with { Normalization = InputNormalization.LayerNorm },
                "tanh" => options with { Squash = InputSquash.Tanh },
                _ => throw new FormatException($"'{map}' is no input map; known are none, batch-norm, layer-norm, tanh."),
            };
        }

        return options;
    }
}
