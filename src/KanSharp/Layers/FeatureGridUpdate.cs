using System.Numerics;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>New knots and refitted coefficients for all edges that leave one input of a layer.</summary>
internal sealed class FeatureGridUpdate<T>(KanLinear<T> layer, int input)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Weight of a grid point against a sample in the refit: keeps the function where there are no samples.</summary>
    private const double GridPointWeight = 1e-3;

    private const double Ridge = 1e-12;
    private readonly int _degree = layer.Options.Spline.Degree;
    private readonly int _count = layer.Options.Basis.Count;
    private readonly int _outputs = layer.Outputs;

    /// <summary>
    /// Moves knots, refits, and returns the summed squares of the change of the functions at the samples and of the functions. Null, and nothing
    /// has changed, where the new knots or coefficients do not fit into <typeparamref name="T"/>.
    /// </summary>
    public (double Change, double Size)? Apply(double[] sorted, GridUpdateOptions options)
    {
        double[] oldKnots = Read(layer.Knots.Value.Row(input));
        double[] oldCoefficients = Read(Coefficients);
        var knots = new double[oldKnots.Length];
        AdaptiveGrid.Propose(sorted, _degree, EffectiveEpsilon(sorted, options), options.Margin, options.Convention, knots);
        Round(knots);
        if (!double.IsFinite(knots[^1] - knots[0]) || !oldCoefficients.All(double.IsFinite))
            return null;

        OutsideGrid outside = options.SamplesAlone ? OutsideGrid.Zero : layer.Options.Spline.Outside;
        LocalBasisTable<double> oldTable = BSplineTable.Build<double>(oldKnots, 1, _degree, outside);
        LocalBasisTable<double> newTable = BSplineTable.Build<double>(knots, 1, _degree, outside);
        double[] before = SplineFit.Evaluate(oldTable, sorted, oldCoefficients, _outputs);
        double[] fitted;
        if (options.EfficientKanRefit)
        {
            fitted = SplineFit.LeastNorm(knots, _degree, sorted, Scaled(before), _outputs);
        }
        else if (options.SamplesAlone)
        {
            double[] points = options.Refit == GridRefit.PykanGrid ? FinerGrid(sorted, options) : sorted;
            fitted = SplineFit.LeastNorm(knots, _degree, points, SplineFit.Evaluate(oldTable, points, oldCoefficients, _outputs), _outputs);
        }
        else if (options.Refit == GridRefit.Projection)
        {
            fitted = new double[oldCoefficients.Length];
            SplineTransfer.Create(oldKnots, _degree, knots, _degree, outside).Apply<double>(oldCoefficients, _outputs, fitted);
        }
        else
        {
            double[] points = WithGridPoints(sorted, knots, out double[] weights);
            double[] targets = SplineFit.Evaluate(oldTable, points, oldCoefficients, _outputs);
            fitted = SplineFit.Ridge(newTable, points, weights, targets, _outputs, Ridge)
                ?? SplineFit.LeastNorm(knots, _degree, points, targets, _outputs);
        }

        if (!fitted.All(value => T.IsFinite(T.CreateTruncating(value))))
            return null;

        double change = 0;
        double size = 0;
        double[] after = SplineFit.Evaluate(newTable, sorted, fitted, _outputs);
        for (int index = 0; index < after.Length; index++)
        {
            change += (after[index] - before[index]) * (after[index] - before[index]);
            size += before[index] * before[index];
        }

        Write(knots, layer.Knots.Value.Row(input));
        Write(fitted, Coefficients);
        return (change, size);
    }

    private Span<T> Coefficients => layer.Coefficients.Value.Span.Slice(input * _count * _outputs, _count * _outputs);

    /// <summary>Quantiles need enough different values; with fewer than G+1 the grid is uniform.</summary>
    private double EffectiveEpsilon(double[] sorted, GridUpdateOptions options)
    {
        if (options.SamplesAlone)
            return options.Epsilon;
        int distinct = 1;
        for (int index = 1; index < sorted.Length; index++)
            distinct += sorted[index] > sorted[index - 1] ? 1 : 0;
        return distinct > layer.Options.Spline.Intervals ? options.Epsilon : 1;
    }

    /// <summary>The points of a grid with twice as many intervals, chosen by the same rule as the knots.</summary>
    private double[] FinerGrid(double[] sorted, GridUpdateOptions options)
    {
        int intervals = 2 * layer.Options.Spline.Intervals;
        var finer = new double[intervals + 1 + 2 * _degree];
        AdaptiveGrid.Propose(sorted, _degree, options.Epsilon, options.Margin, options.Convention, finer);
        return finer[_degree..^_degree];
    }

    /// <summary>Values as the layer will store them, so that the fit is to the basis that is used.</summary>
    private static void Round(double[] values)
    {
        for (int j = 0; j < values.Length; j++)
            values[j] = double.CreateTruncating(T.CreateTruncating(values[j]));
    }

    private double[] Scaled(double[] values)
    {
        if (layer.EdgeScale is null)
            return values;
        var scaled = new double[values.Length];
        for (int index = 0; index < values.Length; index++)
            scaled[index] = values[index] * double.CreateTruncating(layer.EdgeScale.Value[input, index % _outputs]);
        return scaled;
    }

    /// <summary>The samples with weight 1/N each, and k+1 points in every cell of the new grid with a small weight.</summary>
    private double[] WithGridPoints(double[] sorted, double[] knots, out double[] weights)
    {
        int perCell = _degree + 1;
        int intervals = knots.Length - 2 * _degree - 1;
        var points = new double[sorted.Length + perCell * intervals];
        weights = new double[points.Length];
        sorted.CopyTo(points, 0);
        Array.Fill(weights, 1.0 / sorted.Length, 0, sorted.Length);
        int next = sorted.Length;
        for (int cell = _degree; cell < _degree + intervals; cell++)
        {
            for (int step = 0; step < perCell; step++)
            {
                points[next] = knots[cell] + (knots[cell + 1] - knots[cell]) * (step + 0.5) / perCell;
                weights[next++] = GridPointWeight / (perCell * intervals);
            }
        }

        return points;
    }

    private static double[] Read(ReadOnlySpan<T> source)
    {
        var values = new double[source.Length];
        for (int index = 0; index < values.Length; index++)
            values[index] = double.CreateTruncating(source[index]);
        return values;
    }

    private static void Write(ReadOnlySpan<double> source, Span<T> target)
    {
        for (int index = 0; index < source.Length; index++)
            target[index] = T.CreateTruncating(source[index]);
    }
}
