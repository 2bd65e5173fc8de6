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

    /// <summary>
    /// Knots of a higher degree that hold every spline of the lower one: each interior knot is repeated as often as the degree grows, because a
    /// spline keeps its smoothness when its degree is raised (Prautzsch 1984; de Boor, "A Practical Guide to Splines", ch. IX).
    /// </summary>
    /// <param name="knots">Extended knots, G + 2k + 1.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="newDegree">The higher degree, k to <see cref="BSplineOptions.MaxDegree"/>.</param>
    /// <returns>Extended knots; intervals of no length between repeated knots count as intervals.</returns>
    /// <exception cref="ArgumentException">The knots are not valid, or the new degree is out of range.</exception>
    public static T[] Elevate<T>(ReadOnlySpan<T> knots, int degree, int newDegree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Validate(knots, degree);
        if (newDegree < degree || newDegree > BSplineOptions.MaxDegree)
            throw new ArgumentOutOfRangeException(nameof(newDegree), newDegree, $"Splines of degree {degree} can be raised to degree {degree} to {BSplineOptions.MaxDegree}.");
        ReadOnlySpan<T> grid = knots[degree..^degree];
        var raised = new List<T>();
        for (int index = 0; index < grid.Length; index++)
        {
            raised.Add(grid[index]);
            bool inside = grid[index] > grid[0] && grid[index] < grid[^1];
            for (int copy = degree; copy < newDegree && inside && grid[index] != grid[index + 1]; copy++)
                raised.Add(grid[index]);
        }

        return Extended(raised.ToArray(), newDegree);
    }

    /// <summary>
    /// Extended knots of a grid: as far apart outside as at the end of the grid, so that the end functions are shaped like the inner ones.
    /// </summary>
    /// <param name="grid">The G + 1 grid points, ascending.</param>
    /// <param name="degree">Degree k.</param>
    internal static T[] Extended<T>(ReadOnlySpan<T> grid, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T low = grid[0], high = grid[^1];
        T left = grid[grid.IndexOfAnyExcept(low)] - low;
        T right = high - grid[grid.LastIndexOfAnyExcept(high)];
        var knots = new T[grid.Length + 2 * degree];
        grid.CopyTo(knots.AsSpan(degree));
        for (int j = 1; j <= degree; j++)
        {
            knots[degree - j] = low - left * T.CreateTruncating(j);
            knots[degree + grid.Length - 1 + j] = high + right * T.CreateTruncating(j);
        }

        return knots;
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
