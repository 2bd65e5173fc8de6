using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Equations.Solving;

/// <summary>
/// An expansion into separated variables as a network with product nodes, [d, [0, R·outputs], outputs]: exact but for rounding, since grids with fewer intervals are
/// refined by inserting knots; waves become splines that interpolate them closely.
/// </summary>
internal static class SeparableNetworks
{
    private const int FewestWaveIntervals = 128;
    private const int IntervalsPerWave = 16;

    /// <param name="network">The expansion.</param>
    /// <param name="bounds">Range of every variable.</param>
    public static KanNetwork<double> Convert(SeparableKan<double> network, IReadOnlyList<(double Low, double High)> bounds)
    {
        int dimension = network.Inputs, products = network.Outputs * network.Rank, subnodes = products * dimension;
        int degree = network.Factors.Max(factor => factor.Options.IsSpline ? factor.Options.Spline.Degree : 5);
        KanLinear<double>[] factors = [.. network.Factors.Select((factor, axis) => factor.Options.IsSpline ? factor : Splines(factor, degree, bounds[axis]))];
        int intervals = factors.Max(factor => factor.Options.Spline.Intervals);
        factors = [.. factors.Select(factor => factor.Options.Spline.Intervals == intervals ? factor : GridRefinement.Refine(factor, intervals).Layer)];
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = intervals, Degree = degree }, Mask = true };
        KanLinear<double> first = KanLinear<double>.Create(dimension, subnodes, options, new SplitRandom(0));
        first.Coefficients.Value.Span.Clear();
        first.Mask!.Value.Span.Clear();
        for (int input = 0; input < dimension; input++)
        {
            factors[input].Knots.Value.Span.CopyTo(first.Knots.Value.Row(input));
            for (int product = 0; product < products; product++)
            {
                int subnode = product * dimension + input;
                first.Mask.Value[input, subnode] = 1;
                for (int function = 0; function < intervals + degree; function++)
                    first.Coefficients.Value[input, function, subnode] = factors[input].Coefficients.Value[0, function, product];
            }
        }

        var nodes = dimension == 1 ? null : new NodeStage<double>(0, [.. Enumerable.Repeat(dimension, products)]);
        return new KanNetwork<double>([new KanStage<double>(first, null, nodes), new KanStage<double>(Sum(network.Outputs, network.Rank), null, null)]);
    }

    /// <summary>A layer that adds up: straight lines, that go on as such outside their grid.</summary>
    private static KanLinear<double> Sum(int outputs, int rank)
    {
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = 1, Degree = 1 }, Mask = true };
        KanLinear<double> sum = KanLinear<double>.Create(outputs * rank, outputs, options, new SplitRandom(0));
        sum.Coefficients.Value.Span.Clear();
        sum.Mask!.Value.Span.Clear();
        for (int product = 0; product < outputs * rank; product++)
        {
            (sum.Coefficients.Value[product, 0, product / rank], sum.Coefficients.Value[product, 1, product / rank]) = (-1, 1);
            sum.Mask.Value[product, product / rank] = 1;
        }

        return sum;
    }

    /// <summary>Splines that agree with waves at many points of a period.</summary>
    private static KanLinear<double> Splines(KanLinear<double> waves, int degree, (double Low, double High) range)
    {
        int intervals = Math.Max(FewestWaveIntervals, IntervalsPerWave * ((FourierOptions)waves.Options.Basis).Frequencies);
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = intervals, Degree = degree, Low = range.Low, High = range.High } };
        KanLinear<double> splines = KanLinear<double>.Create(1, waves.Outputs, options, new SplitRandom(0));
        int count = 4 * intervals;
        var points = new Tensor<double>(new Shape(count, 1));
        for (int row = 0; row < count; row++)
            points[row, 0] = range.Low + (range.High - range.Low) * row / (count - 1);
        Tensor<double> values = waves.Predict(points);
        var weights = new double[count];
        Array.Fill(weights, 1);
        double[] fit = SplineFit.Ridge(splines.Table, points.Span, weights, values.Span, waves.Outputs, ridge: 0)
            ?? throw new InvalidOperationException("Waves can not be fitted by splines: their values are not finite.");
        fit.CopyTo(splines.Coefficients.Value.Span);
        return splines;
    }
}
