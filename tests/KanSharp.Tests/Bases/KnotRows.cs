using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Tests.Bases;

/// <summary>Knot rows and points for tests, rounded to the precision under test.</summary>
internal static class KnotRows
{
    public static T[] Uniform<T>(int intervals, int degree, double low = -1, double high = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var knots = new T[intervals + 2 * degree + 1];
        KnotVector.Uniform<T>(low, high, intervals, degree, knots);
        return knots;
    }

    /// <summary>Cell widths between 1 and 1 + <paramref name="spread"/> times the smallest.</summary>
    public static T[] Random<T>(int intervals, int degree, double spread, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var knots = new T[intervals + 2 * degree + 1];
        double position = -1.5;
        for (int j = 0; j < knots.Length; j++)
        {
            knots[j] = T.CreateTruncating(position);
            position += (1 + spread * random.NextDouble()) * 2 / (intervals * (1 + spread / 2));
        }

        return knots;
    }

    /// <summary>Cell widths over four orders of magnitude.</summary>
    public static T[] Uneven<T>(int intervals, int degree, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var knots = new T[intervals + 2 * degree + 1];
        double position = -0.75;
        for (int j = 0; j < knots.Length; j++)
        {
            knots[j] = T.CreateTruncating(position);
            position += Math.Pow(10, -4 * random.NextDouble());
        }

        return knots;
    }

    /// <summary>Random points of the grid, every knot inside, and the neighbours of the knots one ulp away.</summary>
    public static T[] Points<T>(T[] knots, int degree, int count, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T low = knots[degree];
        T high = knots[^(degree + 1)];
        var points = new List<T>();
        for (int n = 0; n < count; n++)
            points.Add(low + (high - low) * T.CreateTruncating(random.NextDouble()));
        foreach (T knot in knots)
            points.AddRange([T.BitDecrement(knot), knot, T.BitIncrement(knot)]);
        return [.. points.Where(x => x >= low && x < high)];
    }

    public static double[] Exact<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.Select(double.CreateTruncating)];
}
