using KanSharp.Interpretation;
using KanSharp.Numerics;

namespace KanSharp.Tests.Interpretation;

/// <summary>Points and functions for tests of structure detection.</summary>
internal static class StructureCases
{
    /// <summary>Uniform points, row-major.</summary>
    public static double[] Points(int inputs, int count = 300, double low = 0.5, double high = 2, ulong seed = 1)
    {
        var random = new SplitRandom(seed);
        return [.. Enumerable.Range(0, inputs * count).Select(_ => low + (high - low) * random.NextDouble())];
    }

    /// <summary>A function of one point with finite differences.</summary>
    public static SmoothFunction Function(int inputs, Func<double[], double> value, double[] rows, double noise = 0) =>
        SmoothFunction.Of(inputs, value, rows, noise);

    /// <summary>Groups as text: "0 1|2".</summary>
    public static string Text(IReadOnlyList<IReadOnlyList<int>> groups) => string.Join('|', groups.Select(group => string.Join(' ', group)));

    /// <summary>A tree as text: "+(*(0 1) 2)".</summary>
    public static string Text(StructureNode node) => node.Kind switch
    {
        StructureKind.Leaf => node.Variables[0].ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => node.Kind + "(" + string.Join(' ', node.Children.Select(Text)) + ")",
    };
}
