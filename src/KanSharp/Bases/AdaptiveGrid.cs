namespace KanSharp.Bases;

/// <summary>Proposes knots from samples: a mixture of the uniform grid and the samples' quantiles.</summary>
internal static class AdaptiveGrid
{
    /// <summary>Writes extended knots for one feature.</summary>
    /// <param name="sorted">Samples in ascending order, at least one.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="epsilon">Weight of the uniform grid: 1 is uniform, 0 is quantiles alone.</param>
    /// <param name="margin">How far the uniform grid reaches past the samples on each side (efficient-kan's rule only).</param>
    /// <param name="convention">The rule.</param>
    /// <param name="knots">Receives G + 2k + 1 knots.</param>
    public static void Propose(ReadOnlySpan<double> sorted, int degree, double epsilon, double margin, GridConvention convention, Span<double> knots)
    {
        int intervals = knots.Length - 2 * degree - 1;
        Span<double> grid = new double[intervals + 1];
        bool efficient = convention == GridConvention.EfficientKan;
        double low = sorted[0];
        double high = sorted[^1];
        double step = (high - low + (efficient ? 2 * margin : 0)) / intervals;
        for (int j = 0; j <= intervals; j++)
        {
            double uniform = efficient ? low - margin + j * step : j == intervals ? high : low + j * step;
            grid[j] = epsilon * uniform + (1 - epsilon) * sorted[Rank(j, intervals, sorted.Length, efficient)];
        }

        KnotVector.Extend(grid, degree, efficient ? step : (grid[^1] - grid[0]) / intervals, knots);
    }

    /// <summary>
    /// Rank of the j-th quantile. efficient-kan uses PyTorch's integer linspace, which counts the upper half down from the end.
    /// </summary>
    private static int Rank(int j, int intervals, int samples, bool efficient)
    {
        if (!efficient)
            return j == intervals ? samples - 1 : (int)((double)samples / intervals * j);
        double step = (samples - 1) / (double)intervals;
        return j < (intervals + 1) / 2 ? (int)(step * j) : (int)(samples - 1 - step * (intervals - j));
    }
}
