namespace KanSharp.Bases;

/// <summary>
/// How strongly splines bend, as the density of knots that equalises their interpolation error: |φ^(k+1)|^(1/(k+1)) per cell. The derivative of order k is
/// constant on a cell; the next one is estimated as its jump to the neighbour over the distance of the cells' middles, averaged over both
/// sides (de Boor, "A Practical Guide to Splines", ch. XII, NEWNOT).
/// </summary>
internal static class SplineCurvature
{
    /// <summary>Breakpoints of the cells with a length, and the density on each; 0 everywhere for a single cell.</summary>
    /// <param name="knots">Extended knots.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="coefficients">[G + k, outputs], with all factors of the edges.</param>
    /// <param name="outputs">Functions; their root mean square counts.</param>
    public static (double[] Breakpoints, double[] Density) Of(ReadOnlySpan<double> knots, int degree, ReadOnlySpan<double> coefficients, int outputs)
    {
        LocalBasisTable<double> table = BSplineTable.Build(knots, 1, degree, OutsideGrid.Linear);
        var points = new List<double>();
        foreach (double point in table.Breakpoints(0))
        {
            if (points.Count == 0 || point > points[^1])
                points.Add(point);
        }

        int cells = points.Count - 1;
        var middles = new double[cells];
        for (int cell = 0; cell < cells; cell++)
            middles[cell] = (points[cell] + points[cell + 1]) / 2;
        double[] highest = Highest(table, middles, coefficients, outputs);
        var jumps = new double[cells + 1];
        for (int knot = 1; knot < cells; knot++)
        {
            double sum = 0;
            for (int output = 0; output < outputs; output++)
            {
                double jump = highest[knot * outputs + output] - highest[(knot - 1) * outputs + output];
                sum += jump * jump;
            }

            jumps[knot] = Math.Sqrt(sum / Math.Max(1, outputs)) / (middles[knot] - middles[knot - 1]);
        }

        var density = new double[cells];
        for (int cell = 0; cell < cells && cells > 1; cell++)
        {
            double slope = cell == 0 ? jumps[1] : cell == cells - 1 ? jumps[cell] : (jumps[cell] + jumps[cell + 1]) / 2;
            density[cell] = Math.Pow(slope, 1.0 / (degree + 1));
        }

        return ([.. points], density);
    }

    private static double[] Highest(LocalBasisTable<double> table, double[] points, ReadOnlySpan<double> coefficients, int outputs)
    {
        var first = new int[points.Length];
        var values = new double[points.Length * table.Stride];
        table.Evaluate(points, 0, 1, table.Degree, first, values, Numerics.SimdWidth.Scalar);
        var result = new double[points.Length * outputs];
        for (int point = 0; point < points.Length; point++)
        {
            for (int r = 0; r <= table.Degree; r++)
            {
                for (int output = 0; output < outputs; output++)
                    result[point * outputs + output] += values[point * table.Stride + r] * coefficients[(first[point] + r) * outputs + output];
            }
        }

        return result;
    }
}
