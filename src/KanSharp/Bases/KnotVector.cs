using System.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// Extended knot rows: k knots, then the grid t_k … t_{k+G} = [low, high], then k knots, G + 2k + 1 in all. The outer knots only shape
/// the first and last basis functions.
/// </summary>
public static class KnotVector
{
    /// <summary>Equally spaced extended knots, t_j = low + (j − k)·h with h = (high − low)/G (efficient-kan's and pykan's start grid).</summary>
    /// <param name="low">Lower end of the grid.</param>
    /// <param name="high">Upper end of the grid.</param>
    /// <param name="intervals">Number of intervals G.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="knots">Receives the G + 2k + 1 knots.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public static void Uniform<T>(double low, double high, int intervals, int degree, Span<T> knots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(knots.Length, intervals, degree);
        double step = (high - low) / intervals;
        for (int j = 0; j < knots.Length; j++)
            knots[j] = T.CreateTruncating(j - degree == intervals ? high : low + (j - degree) * step);
    }

    /// <summary>Adds k knots on both sides of a grid, <paramref name="step"/> apart.</summary>
    /// <param name="grid">The G + 1 grid points, ascending.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="step">Distance of the added knots.</param>
    /// <param name="knots">Receives the G + 2k + 1 knots.</param>
    internal static void Extend<T>(ReadOnlySpan<T> grid, int degree, T step, Span<T> knots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(knots.Length, grid.Length - 1, degree);
        grid.CopyTo(knots[degree..]);
        for (int j = 1; j <= degree; j++)
        {
            knots[degree - j] = grid[0] - step * T.CreateTruncating(j);
            knots[degree + grid.Length - 1 + j] = grid[^1] + step * T.CreateTruncating(j);
        }
    }

    /// <summary>Checks an extended knot row: long enough for the degree, finite, never descending, with a grid of positive length.</summary>
    /// <exception cref="ArgumentException">The message names the first knot that is wrong.</exception>
    public static void Validate<T>(ReadOnlySpan<T> knots, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (degree is < 1 or > BSplineOptions.MaxDegree)
            throw new ArgumentOutOfRangeException(nameof(degree), degree, $"The degree of a B-spline is 1 to {BSplineOptions.MaxDegree}.");
        if (knots.Length < 2 * degree + 2)
            throw new ArgumentException($"{knots.Length} knots are too few for degree {degree}: at least {2 * degree + 2} (one interval) are needed.", nameof(knots));
        for (int j = 0; j < knots.Length; j++)
        {
            if (!T.IsFinite(knots[j]))
                throw new ArgumentException($"Knot {j} is {knots[j]}; knots are finite.", nameof(knots));
            if (j > 0 && knots[j] < knots[j - 1])
                throw new ArgumentException($"Knot {j} ({knots[j]}) is below knot {j - 1} ({knots[j - 1]}); knots ascend.", nameof(knots));
        }

        if (knots[degree] >= knots[^(degree + 1)])
            throw new ArgumentException($"The grid [{knots[degree]}, {knots[^(degree + 1)]}] has no length.", nameof(knots));
    }

    private static void CheckLength(int length, int intervals, int degree)
    {
        if (length != intervals + 2 * degree + 1)
            throw new ArgumentException($"{intervals} intervals of degree {degree} have {intervals + 2 * degree + 1} extended knots; the target holds {length}.");
    }
}
