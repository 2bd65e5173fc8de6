using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// The symbolic fit of pykan 0.2.8, for comparison with it: a grid of 101 × 101 places (a, b) that is narrowed twice, ranked by its weight of
/// simplicity. <see cref="EdgeFitter"/> finds more, faster.
/// </summary>
public static class PykanSymbolic
{
    private const double Guard = 1e-4;

    /// <summary>Fits one function: the grid point of largest R² in each round, its neighbours as the next range.</summary>
    /// <param name="x">Places.</param>
    /// <param name="y">Values, as many.</param>
    /// <param name="function">f.</param>
    /// <param name="range">Ends of the ranges of a and of b (default 10, that is −10 … 10).</param>
    /// <param name="gridNumber">Places per axis, at least 3 (default 101).</param>
    /// <param name="iterations">Rounds, at least 1 (default 3).</param>
    /// <param name="weightSimple">Weight of complexity in the score, 0 to 1 (default 0.8).</param>
    public static PykanFit FitParams(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, CatalogFunction function, double range = 10, int gridNumber = 101, int iterations = 3, double weightSimple = 0.8)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(gridNumber, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (x.Length != y.Length || x.IsEmpty)
            throw new ArgumentException($"There are {x.Length} places and {y.Length} values; both must be equal and at least 1.", nameof(x));
        (double Low, double High) a = (-range, range), b = (-range, range);
        double bestR2 = 0, bestA = 0, bestB = 0;
        double[] u = new double[x.Length], centred = Centred(y);
        for (int round = 0; round < iterations; round++)
        {
            (bestR2, int aIndex, int bIndex) = (double.NegativeInfinity, 0, 0);
            for (int i = 0; i < gridNumber; i++)
            {
                for (int j = 0; j < gridNumber; j++)
                {
                    double r2 = R2(function, x, centred, Place(a, i, gridNumber), Place(b, j, gridNumber), u);
                    if (r2 > bestR2)
                        (bestR2, aIndex, bIndex) = (r2, i, j);
                }
            }

            (bestA, bestB) = (Place(a, aIndex, gridNumber), Place(b, bIndex, gridNumber));
            bool edgeA = aIndex == 0 || aIndex == gridNumber - 1, edgeB = bIndex == 0 || bIndex == gridNumber - 1;

            // As there: a range whose best place is inside stays as it is while the other's is at an end.
            (a, b) = (Next(a, aIndex, gridNumber, edgeA, edgeB), Next(b, bIndex, gridNumber, edgeB, edgeA));
        }

        (double c, double d, double rmse) = Line(function, x, y, bestA, bestB, u);
        double score = weightSimple * function.Complexity + (1 - weightSimple) * Math.Log2(1 + 1e-5 - bestR2);
        return new PykanFit(function, bestR2, bestA, bestB, c, d, rmse, score);
    }

    /// <summary>Fits all functions of a catalogue; the one of least score first.</summary>
    /// <inheritdoc cref="FitParams"/>
    public static IReadOnlyList<PykanFit> Suggest(ReadOnlySpan<double> x, ReadOnlySpan<double> y, FunctionCatalog catalog, double range = 10, double weightSimple = 0.8)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var fits = new List<PykanFit>();
        foreach (CatalogFunction function in catalog)
            fits.Add(FitParams(x, y, function, range, weightSimple: weightSimple));
        return [.. fits.OrderBy(fit => fit.Score)];
    }

    private static (double Low, double High) Next((double Low, double High) range, int index, int count, bool atEnd, bool otherAtEnd) => atEnd
        ? index == 0 ? (range.Low, Place(range, 1, count)) : (Place(range, count - 2, count), range.High)
        : otherAtEnd ? range : (Place(range, index - 1, count), Place(range, index + 1, count));

    private static double Place((double Low, double High) range, int index, int count)
    {
        // torch.linspace counts from the nearer end.
        double step = (range.High - range.Low) / (count - 1);
        return index < count / 2 ? range.Low + step * index : range.High - step * (count - 1 - index);
    }

    private static double[] Centred(ReadOnlySpan<double> y)
    {
        double[] centred = y.ToArray();
        double mean = centred.Sum() / centred.Length;
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= mean;
        return centred;
    }

    private static double R2(CatalogFunction function, ReadOnlySpan<double> x, double[] centred, double a, double b, double[] u)
    {
        for (int i = 0; i < u.Length; i++)
            u[i] = a * x[i] + b;
        function.Evaluate<double>(u, 0, u, 1);
        double mean = 0;
        foreach (double value in u)
            mean += value;
        mean /= u.Length;
        double product = 0, square = 0, total = 0;
        for (int i = 0; i < u.Length; i++)
        {
            double deviation = u[i] - mean;
            product += deviation * centred[i];
            square += deviation * deviation;
            total += centred[i] * centred[i];
        }

        double r2 = product * product / (square * total + Guard);
        return double.IsNaN(r2) ? 0 : Math.Min(r2, double.MaxValue);
    }

    private static (double C, double D, double Rmse) Line(CatalogFunction function, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double a, double b, double[] u)
    {
        for (int i = 0; i < u.Length; i++)
            u[i] = a * x[i] + b;
        function.Evaluate<double>(u, 0, u, 1);
        for (int i = 0; i < u.Length; i++)
            u[i] = double.IsNaN(u[i]) ? 0 : Math.Clamp(u[i], double.MinValue, double.MaxValue);
        CurveSample sample = CurveSample.Of(u, y, default, int.MaxValue);
        sample.Project(sample.X, out double c, out double d);
        return (c, d, Math.Sqrt(sample.Error(sample.X, c, d)));
    }
}
