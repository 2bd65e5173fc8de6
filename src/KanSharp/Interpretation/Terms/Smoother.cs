using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>
/// A polynomial through the data. Where its error on held-out rows stops falling with the degree, that error is noise; the polynomial then averages
/// most of it away and serves as the target of the screening, and what a candidate leaves can be tested for structure.
/// </summary>
internal sealed class Smoother
{
    private const int LargestSize = 400;
    private const int TestSize = 80;
    private const double Ridge = 1e-11;

    private readonly ChebyshevBasis? _basis;
    private readonly int _testDegree;

    private Smoother(double[]? values, double noise, ChebyshevBasis? basis, int testDegree)
    {
        Values = values;
        Noise = noise;
        _basis = basis;
        _testDegree = testDegree;
    }

    /// <summary>Smoothed target for every row; null where the data look free of noise or a polynomial does not follow them.</summary>
    public double[]? Values { get; }

    /// <summary>Estimate of the standard deviation of the noise; an upper bound where <see cref="Values"/> is null.</summary>
    public double Noise { get; }

    public static Smoother Fit(Rows rows, Executor executor, CancellationToken cancellation)
    {
        int n = rows.Count;
        double spread = Math.Sqrt(Statistics.Variance(rows.Target)), bestError = double.PositiveInfinity, noise = spread;
        (ChebyshevBasis Basis, int Degree, bool Plateau)? best = null;
        foreach (bool logarithmic in (ReadOnlySpan<bool>)[false, true])
        {
            if (logarithmic && !ChebyshevBasis.AllowsLogarithm(rows))
                continue;
            var basis = new ChebyshevBasis(rows, logarithmic);
            (int degree, double error, bool plateau) = BestDegree(basis, rows, executor, cancellation);
            if (degree < 2 || error >= bestError)
                continue;
            bestError = error;
            noise = error / Math.Sqrt(1 + (2.0 * ChebyshevBasis.Size(rows.Variables, degree) / n));
            best = (basis, degree, plateau);
        }

        if (best is not { Plateau: true } chosen || noise > 0.3 * spread || noise < 1e-7 * spread)
            return new Smoother(null, noise, null, 0);
        double[]? values = Project(chosen.Basis, rows.Target, chosen.Degree, executor);
        return new Smoother(values, noise, chosen.Basis, ChebyshevBasis.Degree(rows.Variables, Math.Min(TestSize, n / 10)));
    }

    /// <summary>
    /// How far the part of a residual that polynomials explain is above what noise alone gives, in standard deviations; null where no polynomial
    /// follows the data.
    /// </summary>
    public double? Structure(double[] residual, Executor executor)
    {
        if (_basis is null || Values is null || Project(_basis, residual, _testDegree, executor) is not { } explained)
            return null;
        double share = Columns.SumOfSquares(explained) / Math.Max(Columns.SumOfSquares(residual), 1e-300);
        int size = ChebyshevBasis.Size(_basis.Variables, _testDegree);
        return ((share * residual.Length) - size) / Math.Sqrt(2.0 * size);
    }

    /// <summary>The error of a polynomial of this size on the second half of the rows, fitted to the first half.</summary>
    public static double HoldOut(ChebyshevBasis basis, double[] target, int degree, Executor executor)
    {
        int n = target.Length, half = n / 2;
        double[] values = basis.Values(degree, 0, half);
        int columns = values.Length / half;
        var solution = new double[columns];
        if (!RidgeLeastSquares.Solve<double>(values, half, columns, target.AsSpan(0, half), 1, solution, Ridge, executor).Succeeded)
            return double.PositiveInfinity;
        values = basis.Values(degree, half, n - half);
        double sum = 0;
        for (int i = 0; i < n - half; i++)
        {
            double error = target[half + i] - Columns.Dot(values.AsSpan(i * columns, columns), solution);
            sum += error * error;
        }

        return Math.Sqrt(sum / (n - half));
    }

    private static (int Degree, double Error, bool Plateau) BestDegree(ChebyshevBasis basis, Rows rows, Executor executor, CancellationToken cancellation)
    {
        int highest = Math.Min(24, ChebyshevBasis.Degree(rows.Variables, Math.Min(LargestSize, rows.Count / 12))), best = 0;
        double[] errors = new double[highest + 1];
        errors.AsSpan().Fill(double.PositiveInfinity);
        for (int degree = 1; degree <= highest && !cancellation.IsCancellationRequested; degree++)
        {
            errors[degree] = HoldOut(basis, rows.Target, degree, executor);
            if (errors[degree] < errors[best])
                best = degree;
            if (degree >= best + 4)
                break;
        }

        // Noise: the last degrees no longer help, though each would help with a function free of noise.
        bool plateau = best >= 2 && (highest - best >= 2 || (highest > 3 && errors[best] > 0.8 * errors[Math.Max(1, best - 2)]));
        return (best, errors[best], plateau);
    }

    private static double[]? Project(ChebyshevBasis basis, double[] target, int degree, Executor executor)
    {
        int n = target.Length;
        double[] values = basis.Values(degree, 0, n);
        int columns = values.Length / n;
        var solution = new double[columns];
        if (!RidgeLeastSquares.Solve<double>(values, n, columns, target, 1, solution, Ridge, executor).Succeeded)
            return null;
        var projected = new double[n];
        for (int i = 0; i < n; i++)
            projected[i] = Columns.Dot(values.AsSpan(i * columns, columns), solution);
        return projected;
    }
}
