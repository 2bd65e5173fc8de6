using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Symbolics;

/// <summary>Random trees over x and y with every elementary function, numbers of each kind, and all operators.</summary>
internal sealed class RandomExpressions(ulong seed)
{
    private static readonly string[] Functions = [.. FunctionCatalog.Standard.Where(f => f.IsElementary).Select(f => f.Name)];

    public SplitRandom Random { get; } = new(seed);

    public Expression Next(int depth)
    {
        if (depth == 0 || Random.NextDouble() < 0.15)
            return Leaf();
        return Random.NextInt(7) switch
        {
            0 or 1 => Next(depth - 1) + Next(depth - 1),
            2 => Next(depth - 1) * Next(depth - 1),
            3 => Next(depth - 1) / Next(depth - 1),
            4 => Expression.Power(Next(depth - 1), Random.NextInt(5) switch { 0 => 2, 1 => 3, 2 => -1, 3 => 0.5, _ => -2 }),
            5 => Next(depth - 1) - Next(depth - 1),
            _ => Expression.Call(Functions[Random.NextInt(Functions.Length)], Next(depth - 1)),
        };
    }

    public Dictionary<string, double> Point() => new(StringComparer.Ordinal) { ["x"] = 4 * Random.NextDouble() - 2, ["y"] = 4 * Random.NextDouble() - 2 };

    /// <summary>How far the value moves when the point moves by a rounding error or so: what no two formulas can be asked to agree on.</summary>
    public static double Spread(Expression e, Dictionary<string, double> point)
    {
        double spread = 0, value = e.Evaluate(point);
        foreach (double shift in (double[])[-1e-12, 1e-12, 3e-12])
        {
            double other = e.Evaluate(point.ToDictionary(p => p.Key, p => p.Value * (1 + shift), StringComparer.Ordinal));
            spread = Math.Max(spread, double.IsNaN(other) ? double.PositiveInfinity : Math.Abs(other - value));
        }

        return spread;
    }

    /// <summary>Whether something is divided by a number that is 0, or nearly (sin π), which exact laws and rounded values see differently.</summary>
    public static bool DividesByNothing(Expression e) =>
        (e is PowerExpression { Base: var b, Exponent: NumberExpression { Value: < 0 } } && b.Variables.Count == 0 && !(Math.Abs(b.Evaluate()) > 1e-9))
        || e.Children.Any(DividesByNothing);

    private Expression Leaf() => Random.NextInt(6) switch
    {
        0 => Expression.Number(Random.NextInt(8) - 3),
        1 => Expression.Number(Math.Round(4 * Random.NextDouble() - 2, 3)),
        2 => Random.NextInt(2) == 0 ? Expression.Pi : Expression.Rational(1 + Random.NextInt(3), 2),
        _ => Expression.Variable(Random.NextInt(2) == 0 ? "x" : "y"),
    };
}
