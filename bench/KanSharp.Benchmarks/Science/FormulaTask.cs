using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Benchmarks.Science;

/// <summary>A formula to be found again from samples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Formula">The formula.</param>
/// <param name="Shape">Shape of the network that is known to fit it.</param>
/// <param name="Reference">Root mean squared error that was published for the shape.</param>
/// <param name="Variables">Names and ranges, sampled uniformly.</param>
internal sealed record FormulaTask(string Name, string Formula, string Shape, double Reference, params (string Name, double Low, double High)[] Variables)
{
    private const int FreshPoints = 1000;
    private const ulong FreshSeed = 987654321;

    /// <summary>The formula as an expression.</summary>
    public Expression Expression { get; } = Expression.Parse(Formula);

    /// <summary>Further columns, each a formula of the variables.</summary>
    public IReadOnlyList<(string Name, string Formula)> Derived { get; init; } = [];

    /// <summary>The names of the columns: variables, then derived ones.</summary>
    public string[] Names => [.. Variables.Select(variable => variable.Name), .. Derived.Select(derived => derived.Name)];

    /// <summary>Random samples, with Gaussian noise of the given share of the target's root mean square.</summary>
    public Dataset<double> Sample(int count, ulong seed, double noise = 0)
    {
        var random = new SplitRandom(seed);
        SplitRandom points = random.Split("points");
        var features = new double[count * Variables.Length];
        points.FillUniform(features, 0.0, 1.0);
        for (int index = 0; index < features.Length; index++)
        {
            (_, double low, double high) = Variables[index % Variables.Length];
            features[index] = low + (high - low) * features[index];
        }

        foreach ((_, string formula) in Derived)
            features = WithColumn(features, count, Values(Expression.Parse(formula), features, count));
        double[] targets = Values(Expression, features, count);
        if (noise > 0)
        {
            double deviation = noise * Math.Sqrt(targets.Average(value => value * value));
            var normal = new double[count];
            random.Split("noise").FillNormal(normal, 0.0, deviation);
            for (int row = 0; row < count; row++)
                targets[row] += normal[row];
        }

        return Dataset.Regression(features, Names.Length, targets, featureNames: Names);
    }

    private double[] Values(Expression formula, double[] features, int count)
    {
        var values = new double[count];
        formula.Compile([.. Names.Take(features.Length / count)]).Evaluate(features, values);
        return values;
    }

    private static double[] WithColumn(double[] features, int count, double[] column)
    {
        int width = features.Length / count;
        var wider = new double[features.Length + count];
        for (int row = 0; row < count; row++)
        {
            features.AsSpan(row * width, width).CopyTo(wider.AsSpan(row * (width + 1)));
            wider[row * (width + 1) + width] = column[row];
        }

        return wider;
    }

    /// <summary>Root mean squared error of a formula on fresh points without noise.</summary>
    public double Error(Expression formula)
    {
        Dataset<double> fresh = Sample(FreshPoints, FreshSeed);
        return FormulaCandidate.Measure(formula, Names, fresh.Features, fresh.Targets, "").Rmse;
    }

    /// <summary>Whether a formula is the same function, to 10⁻⁹ of its values' root mean square on fresh points.</summary>
    public bool IsSolvedBy(Expression formula)
    {
        double[] targets = Sample(FreshPoints, FreshSeed).Targets.ToArray();
        return Error(formula) <= 1e-9 * Math.Sqrt(targets.Average(value => value * value));
    }

    /// <summary>Whether the difference from a formula, or the ratio to it, is constant to 10⁻⁹ on fresh points.</summary>
    public bool IsSolvedUpToAConstant(Expression formula) => ExpressionEquivalence.Test(
        Expression, formula, Names, Sample(FreshPoints, FreshSeed).Features, new EquivalenceOptions { Kind = EquivalenceKind.AnyConstant }).AreEquivalent;
}
