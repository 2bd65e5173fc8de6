namespace KanSharp.Bases;

/// <summary>Grid points (ends included, no outer knots) by the rules of <see cref="KnotPlacement"/>, for one feature.</summary>
internal static class KnotPlacer
{
    /// <summary>Equally spaced.</summary>
    public static double[] Uniform(double low, double high, int intervals)
    {
        var grid = new double[intervals + 1];
        double step = (high - low) / intervals;
        for (int j = 0; j < intervals; j++)
            grid[j] = low + j * step;
        grid[intervals] = high;
        return grid;
    }

    /// <summary>
    /// Splits the widest cells of a grid until there are enough of them; every point of the grid stays. Null if it has more cells than wanted.
    /// </summary>
    /// <param name="grid">Ascending points; repeated ones are cells of no length.</param>
    /// <param name="intervals">Cells wanted, those of no length included.</param>
    public static double[]? Nested(ReadOnlySpan<double> grid, int intervals)
    {
        int cells = grid.Length - 1;
        if (cells > intervals)
            return null;
        var parts = new int[cells];
        var widest = new PriorityQueue<int, (double NegativeWidth, int Cell)>();
        for (int cell = 0; cell < cells; cell++)
        {
            parts[cell] = 1;
            widest.Enqueue(cell, (grid[cell] - grid[cell + 1], cell));
        }

        for (int total = cells; total < intervals; total++)
        {
            int cell = widest.Dequeue();
            parts[cell]++;
            widest.Enqueue(cell, ((grid[cell] - grid[cell + 1]) / parts[cell], cell));
        }

        var nested = new double[intervals + 1];
        int next = 0;
        for (int cell = 0; cell < cells; cell++)
        {
            double width = grid[cell + 1] - grid[cell];
            for (int part = 0; part < parts[cell]; part++)
                nested[next++] = grid[cell] + width * part / parts[cell];
        }

        nested[next] = grid[^1];
        return nested;
    }

    /// <summary>Quantiles of the samples between the ends, mixed with equal spacing.</summary>
    /// <param name="sorted">Samples, ascending; those outside of the ends do not count.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="intervals">Cells.</param>
    /// <param name="uniformShare">Weight of equal spacing, 0 to 1.</param>
    public static double[] Quantiles(ReadOnlySpan<double> sorted, double low, double high, int intervals, double uniformShare)
    {
        int start = 0, end = sorted.Length;
        while (start < end && sorted[start] < low)
            start++;
        while (end > start && sorted[end - 1] > high)
            end--;
        ReadOnlySpan<double> inside = sorted[start..end];
        double[] grid = Uniform(low, high, intervals);
        for (int j = 1; j < intervals && !inside.IsEmpty; j++)
        {
            double rank = (inside.Length - 1) * (double)j / intervals;
            int below = Math.Min((int)rank, Math.Max(0, inside.Length - 2));
            double quantile = inside[below] + (rank - below) * (inside[Math.Min(below + 1, inside.Length - 1)] - inside[below]);
            grid[j] = uniformShare * grid[j] + (1 - uniformShare) * quantile;
        }

        return grid;
    }

    /// <summary>Equal shares of a density that is constant between breakpoints, mixed with a constant density.</summary>
    /// <param name="breakpoints">Ascending, with cells of positive length.</param>
    /// <param name="density">One value a cell, 0 or more.</param>
    /// <param name="low">Lower end; the density is that of the mixture alone beyond the breakpoints.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="intervals">Cells wanted.</param>
    /// <param name="uniformShare">Weight of the constant density, above 0 to 1: no cell is wider than the equal ones by more than its inverse.</param>
    public static double[] Equidistribute(
        ReadOnlySpan<double> breakpoints, ReadOnlySpan<double> density, double low, double high, int intervals, double uniformShare)
    {
        var points = new List<double> { low };
        var masses = new List<double>();
        double total = 0;
        for (int cell = -1; cell < breakpoints.Length; cell++)
        {
            double left = cell < 0 ? low : Math.Clamp(breakpoints[cell], low, high);
            double right = cell == breakpoints.Length - 1 ? high : Math.Clamp(breakpoints[cell + 1], low, high);
            if (!(right > left))
                continue;
            double mass = cell < 0 || cell == breakpoints.Length - 1 ? 0 : density[cell] * (right - left);
            points.Add(right);
            masses.Add(mass);
            total += mass;
        }

        double[] grid = Uniform(low, high, intervals);
        if (!(total > 0) || !double.IsFinite(total))
            return grid;
        double before = 0;
        int at = 0;
        for (int j = 1; j < intervals; j++)
        {
            double wanted = (double)j / intervals;
            while (at < masses.Count - 1 && before + Share(at) < wanted)
                before += Share(at++);
            grid[j] = points[at] + (points[at + 1] - points[at]) * Math.Clamp((wanted - before) / Share(at), 0, 1);
        }

        return grid;

        double Share(int cell) => (1 - uniformShare) * masses[cell] / total + uniformShare * (points[cell + 1] - points[cell]) / (high - low);
    }
}
