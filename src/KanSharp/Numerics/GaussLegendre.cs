namespace KanSharp.Numerics;

/// <summary>Gauss-Legendre quadrature on [0, 1]: m points integrate polynomials of degree 2m − 1 exactly.</summary>
internal static class GaussLegendre
{
    /// <summary>Nodes in ascending order and weights, which add up to 1.</summary>
    /// <param name="count">Number of points m, at least 1.</param>
    /// <remarks>Newton iteration on P_m from Tricomi's estimate of its roots; weights 2/((1 − x²)·P_m'(x)²), both mapped from [−1, 1].</remarks>
    public static (double[] Nodes, double[] Weights) Rule(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var nodes = new double[count];
        var weights = new double[count];
        for (int index = 0; index < count; index++)
        {
            double x = -Math.Cos(Math.PI * (index + 0.75) / (count + 0.5));
            double slope = 1;
            for (int iteration = 0; iteration < 20; iteration++)
            {
                (double value, slope) = Legendre(count, x);
                double step = value / slope;
                x -= step;
                if (Math.Abs(step) < 1e-16)
                    break;
            }

            nodes[index] = (1 + x) / 2;
            weights[index] = 1 / ((1 - x * x) * slope * slope);
        }

        return (nodes, weights);
    }

    /// <summary>P_m(x) by the three-term recurrence, and its derivative m·(x·P_m − P_{m−1})/(x² − 1).</summary>
    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double before = 1;
        double value = x;
        for (int n = 2; n <= degree; n++)
            (before, value) = (value, ((2 * n - 1) * x * value - (n - 1) * before) / n);
        return (value, degree * (x * value - before) / (x * x - 1));
    }
}
