namespace KanSharp.Tests.Bases;

/// <summary>
/// B-splines by the textbook, independent of the library: the Cox–de Boor recursion on all functions of a knot row at once, half-open
/// intervals, 0/0 = 0, in double precision.
/// </summary>
internal static class NaiveBSpline
{
    /// <summary>All G + k functions, or a derivative of them, at one point.</summary>
    public static double[] All(double[] knots, int degree, double x, int order = 0)
    {
        var values = new double[knots.Length - 1];
        for (int i = 0; i < values.Length; i++)
            values[i] = knots[i] <= x && x < knots[i + 1] ? 1 : 0;
        for (int p = 1; p <= degree; p++)
        {
            bool derive = p > degree - order;
            for (int i = 0; i + p < knots.Length - 1; i++)
            {
                double rise = knots[i + p] - knots[i];
                double fall = knots[i + p + 1] - knots[i + 1];
                double left = rise > 0 ? values[i] / rise : 0;
                double right = fall > 0 ? values[i + 1] / fall : 0;
                values[i] = derive ? p * (left - right) : (x - knots[i]) * left + (knots[i + p + 1] - x) * right;
            }
        }

        double[] functions = values[..(knots.Length - degree - 1)];
        if (order > degree)
            Array.Clear(functions);
        return functions;
    }

    /// <summary>The same with the tangent of the end of the grid outside of it; for knot rows whose ends are simple.</summary>
    public static double[] AllContinued(double[] knots, int degree, double x, int order = 0)
    {
        double low = knots[degree];
        double high = knots[^(degree + 1)];
        if (x >= low && x < high)
            return All(knots, degree, x, order);
        if (x == high)
        {
            // the grid holds its upper end; derivatives of the order of the degree jump there, and are constant before
            double before = knots.Last(knot => knot < x);
            return All(knots, degree, order < degree ? x : (before + x) / 2, order);
        }

        double end = x < low ? low : high;
        double[] value = All(knots, degree, end);
        double[] slope = Slope(knots, degree, end, fromLeft: x >= high);
        return [.. value.Select((v, i) => order == 0 ? v + slope[i] * (x - end) : order == 1 ? slope[i] : 0)];
    }

    /// <summary>One-sided first derivative; the sides differ for degree 1 only.</summary>
    private static double[] Slope(double[] knots, int degree, double x, bool fromLeft)
    {
        if (degree > 1 || !fromLeft)
            return All(knots, degree, x, 1);
        double before = knots.Last(knot => knot < x);
        return All(knots, degree, (before + x) / 2, 1);
    }
}
