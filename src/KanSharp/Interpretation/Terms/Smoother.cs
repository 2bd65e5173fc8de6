namespace KanSharp.Interpretation.Terms;

/// <summary>
/// A polynomial through the data. Where its error stops falling with the degree, that error is noise; the polynomial then averages most of the noise away
/// and serves as the target of the screening.
/// </summary>
internal sealed class Smoother
{
    private Smoother(double[]? values, double noise)
    {
        Values = values;
        Noise = noise;
    }

    /// <summary>Smoothed target for every row; null where the data look free of noise or the polynomial is not good enough.</summary>
    public double[]? Values { get; }

    /// <summary>Estimate of the noise: standard deviation of what the polynomial leaves; an upper bound.</summary>
    public double Noise { get; }

    public static Smoother Fit(Rows rows, Executor executor, CancellationToken cancellation)
    {
        int n = rows.Count;
        Smoother? best = null;
        double bestError = double.PositiveInfinity;
        foreach (bool logarithmic in (ReadOnlySpan<bool>)[false, true])
        {
            if (logarithmic && !rows.Columns.All(column => column.All(value => value > 0)))
                continue;
            double[][] scaled = [.. rows.Columns.Select(column => Scale(column, logarithmic))];
            var errors = new List<double>();
            int bestDegree = 0, highest = 0;
            for (int degree = 1; degree <= 24 && Count(rows.Variables, degree) <= Math.Min(400, n / 12) && !cancellation.IsCancellationRequested; degree++)
            {
                errors.Add(HoldOut(rows.Target, scaled, degree, executor));
                highest = degree;
                if (errors[^1] < (bestDegree == 0 ? double.PositiveInfinity : errors[bestDegree - 1]))
                    bestDegree = degree;
            }

            if (bestDegree < 2 || errors[bestDegree - 1] >= bestError)
                continue;
            bestError = errors[bestDegree - 1];

            // A plateau: the last steps no longer help, though each would help a function without noise.
            bool plateau = highest - bestDegree >= 2 || (highest > 3 && errors[bestDegree - 1] > 0.8 * errors[Math.Max(0, bestDegree - 3)]);
            int columns = Count(rows.Variables, bestDegree);
            double noise = bestError / Math.Sqrt(1 + 2.0 * columns / n);
            best = new Smoother(plateau ? FitAll(rows.Target, scaled, bestDegree, executor) : null, noise);
        }

        double spread = Math.Sqrt(Variance(rows.Target));
        return best is null || best.Noise > 0.3 * spread
            ? new Smoother(null, best?.Noise ?? spread)
            : new Smoother(best.Noise > 1e-7 * spread ? best.Values : null, best.Noise);
    }

    public static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static double HoldOut(double[] target, double[][] scaled, int degree, Executor executor)
    {
        int n = target.Length, half = n / 2;
        double[] basis = Basis(scaled, degree, 0, half, out int columns);
        var solution = new double[columns];
        if (!RidgeLeastSquares.Solve<double>(basis, half, columns, target.AsSpan(0, half), 1, solution, 1e-11, executor).Succeeded)
            return double.PositiveInfinity;
        basis = Basis(scaled, degree, half, n - half, out _);
        double sum = 0;
        for (int i = 0; i < n - half; i++)
        {
            double error = target[half + i] - Columns.Dot(basis.AsSpan(i * columns, columns), solution);
            sum += error * error;
        }

        return Math.Sqrt(sum / (n - half));
    }

    private static double[]? FitAll(double[] target, double[][] scaled, int degree, Executor executor)
    {
        int n = target.Length;
        double[] basis = Basis(scaled, degree, 0, n, out int columns);
        var solution = new double[columns];
        if (!RidgeLeastSquares.Solve<double>(basis, n, columns, target, 1, solution, 1e-11, executor).Succeeded)
            return null;
        var values = new double[n];
        for (int i = 0; i < n; i++)
            values[i] = Columns.Dot(basis.AsSpan(i * columns, columns), solution);
        return values;
    }

    private static double[] Scale(double[] column, bool logarithmic)
    {
        double[] values = logarithmic ? [.. column.Select(value => Math.Log(value))] : [.. column];
        double low = values.Min(), width = Math.Max(values.Max() - low, 1e-300);
        for (int i = 0; i < values.Length; i++)
            values[i] = 2 * (values[i] - low) / width - 1;
        return values;
    }

    private static int Count(int variables, int degree)
    {
        double count = 1;
        for (int k = 1; k <= variables; k++)
            count = count * (degree + k) / k;
        return count > 1e6 ? 1_000_000 : (int)Math.Round(count);
    }

    /// <summary>Products of Chebyshev polynomials of total degree up to <paramref name="degree"/>, row-major.</summary>
    private static double[] Basis(double[][] scaled, int degree, int from, int count, out int columns)
    {
        int variables = scaled.Length;
        List<int[]> powers = [[]];
        for (int v = 0; v < variables; v++)
            powers = [.. powers.SelectMany(power => Enumerable.Range(0, degree - power.Sum() + 1).Select(next => (int[])[.. power, next]))];
        columns = powers.Count;
        var basis = new double[count * columns];
        var chebyshev = new double[variables * (degree + 1)];
        for (int i = 0; i < count; i++)
        {
            for (int v = 0; v < variables; v++)
            {
                double x = scaled[v][from + i];
                Span<double> values = chebyshev.AsSpan(v * (degree + 1), degree + 1);
                values[0] = 1;
                if (degree > 0)
                    values[1] = x;
                for (int k = 2; k <= degree; k++)
                    values[k] = 2 * x * values[k - 1] - values[k - 2];
            }

            for (int c = 0; c < columns; c++)
            {
                double product = 1;
                int[] power = powers[c];
                for (int v = 0; v < variables; v++)
                    product *= chebyshev[v * (degree + 1) + power[v]];
                basis[i * columns + c] = product;
            }
        }

        return basis;
    }
}
