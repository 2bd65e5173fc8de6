using KanSharp.Data;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>The candidates that cost nothing: the mean, straight lines, and one function of one column.</summary>
internal static class SimpleCandidates
{
    /// <summary>Columns in the linear candidate.</summary>
    private const int MostLinear = 10;

    /// <summary>A column that explains so much of the target alone is tried with every function.</summary>
    private const double NearlyAlone = 0.8;

    /// <summary>Functions of one column that are polished.</summary>
    private const int Functions = 3;

    public static string Add(CandidatePool pool, FunctionCatalog catalog)
    {
        Dataset<double> data = pool.Fit;
        double[] y = data.Targets.ToArray();
        double mean = Statistics.Mean<double>(y);
        pool.Polish(Expression.Number(mean), "mean");
        if (pool.IsExact)
            return "the target is constant";
        int tried = 0;
        var shares = Enumerable.Range(0, data.Inputs)
            .Select(column => (Column: column, Share: CorrelationRatio.Of(DiscoveryColumns.Values(data, column), y)))
            .OrderByDescending(entry => entry.Share).ToArray();
        foreach ((int column, double share) in shares.Take(Functions))
            Line(pool, column, y, mean);
        Linear(pool, [.. shares.Take(MostLinear).Select(entry => entry.Column).Order()], y);
        foreach ((int column, double share) in shares.Where(entry => entry.Share > NearlyAlone || data.Inputs == 1).Take(Functions))
        {
            if (pool.IsExact)
                break;
            tried++;
            EdgeFit fit = EdgeFitter.Fit(DiscoveryColumns.Values(data, column), y, options: new EdgeFitOptions { Catalog = catalog }, cancellationToken: pool.Cancellation);
            foreach (EdgeCandidate candidate in fit.Candidates.Take(Functions))
                pool.Polish(candidate.Apply(Expression.Variable(data.FeatureNames[column])), "one function");
        }

        return tried == 0 ? "mean and straight lines" : $"mean, straight lines, functions of {tried} column{(tried == 1 ? "" : "s")}";
    }

    private static void Line(CandidatePool pool, int column, double[] y, double mean)
    {
        double[] x = DiscoveryColumns.Values(pool.Fit, column);
        double center = Statistics.Mean<double>(x), products = 0, squares = 0;
        for (int row = 0; row < x.Length; row++)
        {
            products += (x[row] - center) * (y[row] - mean);
            squares += (x[row] - center) * (x[row] - center);
        }

        if (!(squares > 0))
            return;
        double slope = products / squares;
        pool.Polish(mean - slope * center + slope * Expression.Variable(pool.Names[column]), "line");
    }

    /// <summary>Least squares on several columns, scaled so that their units do not matter.</summary>
    private static void Linear(CandidatePool pool, int[] columns, double[] y)
    {
        if (columns.Length < 2 || y.Length <= 2 * columns.Length)
            return;
        Dataset<double> chosen = pool.Fit.SelectFeatures([.. columns.Select(column => pool.Names[column])]);
        LinearScaling scaling = LinearScaling.Standard(chosen.Features, columns.Length);
        double[] scaled = chosen.Features.ToArray();
        scaling.Apply(scaled);
        int width = columns.Length + 1;
        var matrix = new double[y.Length * width];
        for (int row = 0; row < y.Length; row++)
        {
            matrix[row * width] = 1;
            scaled.AsSpan(row * columns.Length, columns.Length).CopyTo(matrix.AsSpan(row * width + 1));
        }

        var weights = new double[width];
        if (!RidgeLeastSquares.Solve<double>(matrix, y.Length, width, y, 1, weights, 1e-12).Succeeded)
            return;
        Expression formula = weights[0];
        for (int index = 0; index < columns.Length; index++)
            formula += weights[index + 1] / scaling.Spread[index] * (Expression.Variable(chosen.FeatureNames[index]) - scaling.Center[index]);
        pool.Polish(formula.Simplify(), "linear");
    }
}
