using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

/// <summary>Rows of random numbers and what a formula makes of them.</summary>
internal static class FormulaSamples
{
    public static (double[] Rows, double[] Targets) Of(string formula, string[] names, int count, double noise = 0, double low = -1, double high = 1, ulong seed = 1)
    {
        var random = new SplitRandom(seed);
        double[] rows = [.. Enumerable.Range(0, count * names.Length).Select(_ => low + (high - low) * random.NextDouble())];
        double[] targets = Expression.Parse(formula).Compile(names).Evaluate(rows);
        double deviation = Math.Sqrt(Statistics.Variance<double>(targets));
        for (int row = 0; row < count; row++)
            targets[row] += noise * deviation * random.NextNormal();
        return (rows, targets);
    }
}
