using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>Quadrature that is exact for products of splines on two knot rows.</summary>
internal static class SplineQuadrature
{
    /// <summary>Breakpoints of a spline and of a grid together, within the grid, ascending, each once.</summary>
    /// <param name="source">The spline's table; its cells and, where it is continued, the ends of its grid count.</param>
    /// <param name="grid">The grid points that bound and cut the range of integration.</param>
    public static double[] Breakpoints(LocalBasisTable<double> source, ReadOnlySpan<double> grid)
    {
        double low = grid[0], high = grid[^1];
        var all = new List<double>(grid.Length + source.Cells + 1);
        all.AddRange(grid);
        foreach (double point in source.Breakpoints(0))
        {
            if (point > low && point < high)
                all.Add(point);
        }

        all.Sort();
        // Cells of a few ulps hold nothing but rounding
        return Distinct(all, 4e-16 * Math.Max(Math.Abs(low), Math.Abs(high)));
    }

    /// <summary>Gauss-Legendre points and weights in every interval between neighbouring breakpoints.</summary>
    /// <param name="breakpoints">Ascending, at least two.</param>
    /// <param name="perCell">Points in an interval.</param>
    public static (double[] Points, double[] Weights) Points(ReadOnlySpan<double> breakpoints, int perCell)
    {
        (double[] nodes, double[] shares) = GaussLegendre.Rule(perCell);
        var points = new double[(breakpoints.Length - 1) * perCell];
        var weights = new double[points.Length];
        for (int cell = 0; cell < breakpoints.Length - 1; cell++)
        {
            double width = breakpoints[cell + 1] - breakpoints[cell];
            for (int node = 0; node < perCell; node++)
            {
                points[cell * perCell + node] = breakpoints[cell] + width * nodes[node];
                weights[cell * perCell + node] = width * shares[node];
            }
        }

        return (points, weights);
    }

    private static double[] Distinct(List<double> ascending, double least)
    {
        var distinct = new List<double>(ascending.Count) { ascending[0] };
        foreach (double point in ascending)
        {
            if (point - distinct[^1] > least)
                distinct.Add(point);
        }

        distinct[^1] = ascending[^1];
        return [.. distinct];
    }
}
