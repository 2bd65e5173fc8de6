using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interpretation;

/// <summary>Random formulas that are finite for variables between 0.5 and 2.</summary>
internal static class RandomExpressions
{
    public static readonly string[] Names = ["x", "y", "z"];

    public static Expression Draw(ulong seed, int depth = 4) => Draw(new SplitRandom(seed), depth);

    private static Expression Draw(SplitRandom random, int depth)
    {
        if (depth == 0 || random.NextInt(8) == 0)
            return random.NextInt(5) == 0 ? Expression.Number(0.5 + random.NextInt(6)) : Expression.Variable(Names[random.NextInt(Names.Length)]);
        Expression Next() => Draw(random, depth - 1);
        return random.NextInt(16) switch
        {
            0 or 1 or 2 => Next() + Next(),
            3 => Next() - (0.1 + random.NextDouble()) * Next(),
            4 or 5 or 6 => Next() * Next(),
            7 => Next() / (2 + Expression.Call("sin", Next())),
            8 => Expression.Power(1 + Expression.Power(Next(), 2), Expression.Number(random.NextInt(2) == 0 ? 0.5 : -1)),
            9 => Expression.Power(Expression.Call("tanh", Next()), Expression.Number(1 + random.NextInt(6))),
            10 => Expression.Call("sin", (0.1 + 2 * random.NextDouble()) * Next() + random.NextDouble()),
            11 => Expression.Call("exp", Expression.Call("cos", Next())),
            12 => Expression.Call("log", 2 + Expression.Power(Next(), 2)) + Expression.Pi * (Next() + 3),
            13 => Expression.Call("exp", -Expression.Power(Next(), 2)),
            14 => Expression.Power(2, Expression.Call("sin", Next())),
            _ => Expression.Power(2 + Expression.Call("cos", Next()), Expression.Call("tanh", Next())),
        };
    }
}
