namespace KanSharp.Interpretation;

/// <summary>Points of a curve in ascending x, with weights that add up to 1.</summary>
internal sealed class CurveSample
{
    private CurveSample(double[] x, double[] y, double[] weights)
    {
        (X, Y, Weights) = (x, y, weights);
        for (int index = 0; index < y.Length; index++)
            Mean += weights[index] * y[index];
        for (int index = 0; index < y.Length; index++)
            Variance += weights[index] * (y[index] - Mean) * (y[index] - Mean);
    }

    public double[] X { get; }

    public double[] Y { get; }

    public double[] Weights { get; }

    public int Count => X.Length;

    public double Low => X[0];

    public double High => X[^1];

    public double Range => X[^1] - X[0];

    public double Mean { get; }

    public double Variance { get; }

    /// <summary>Sorts points and takes evenly many of them, so that each stands for as much of the data as any other.</summary>
    public static CurveSample Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, int most)
    {
        int[] order = [.. Enumerable.Range(0, x.Length)];
        double[] keys = x.ToArray();
        Array.Sort(keys, order);
        int count = Math.Min(x.Length, most);
        double[] px = new double[count], py = new double[count], pw = new double[count];
        double total = 0;
        for (int index = 0; index < count; index++)
        {
            int at = order[At(index, count, x.Length)];
            (px[index], py[index], pw[index]) = (x[at], y[at], weights.IsEmpty ? 1 : weights[at]);
            total += pw[index];
        }

        for (int index = 0; index < count; index++)
            pw[index] /= total;
        return new CurveSample(px, py, pw);
    }

    /// <summary>Fewer of the points.</summary>
    public CurveSample Thin(int most) => most >= Count ? this : Of(X, Y, Weights, most);

    /// <summary>
    /// Fits c·u + d in closed form: the weighted share of the variance that stays unexplained, 1 where u is constant or not finite.
    /// </summary>
    public double Project(ReadOnlySpan<double> u, out double c, out double d)
    {
        double mean = 0;
        for (int index = 0; index < u.Length; index++)
            mean += Weights[index] * u[index];
        double square = 0, product = 0;
        for (int index = 0; index < u.Length; index++)
        {
            double weighted = Weights[index] * (u[index] - mean);
            square += weighted * (u[index] - mean);
            product += weighted * Y[index];
        }

        if (!double.IsFinite(square) || !(square > 1e-24 * mean * mean) || !(square > 1e-290))
        {
            (c, d) = (0, Mean);
            return 1;
        }

        c = product / square;
        d = Mean - c * mean;
        return Math.Max(1 - product / square * (product / Variance), 0);
    }

    /// <summary>Weighted mean squared error of c·u + d, without cancellation.</summary>
    public double Error(ReadOnlySpan<double> u, double c, double d)
    {
        double sum = 0;
        for (int index = 0; index < u.Length; index++)
        {
            double residual = Y[index] - (c * u[index] + d);
            sum += Weights[index] * residual * residual;
        }

        return sum;
    }

    private static int At(int index, int count, int all) => count == all || count == 1 ? index : (int)((long)index * (all - 1) / (count - 1));
}
