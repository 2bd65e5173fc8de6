using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Networks to begin <see cref="NewtonKaczmarz"/> training with: plain splines (no base branch, no edge scale), input grids on the range of the data widened by
/// 1 % on both sides, and coefficients so large that the functions differ from each other from the first record on.
/// </summary>
public static class KaczmarzStart
{
    private const double Margin = 0.01;

    /// <summary>
    /// A network in balanced units: hidden grids on [−1, 1], hidden coefficients uniform so that a hidden value deviates by about 0.3/√2 from 0, last coefficients
    /// uniform so that the output has the mean of the targets and about half their deviation.
    /// </summary>
    /// <param name="widths">Nodes per level, inputs first.</param>
    /// <param name="intervals">Grid intervals of every layer: one number less than widths.</param>
    /// <param name="statistics">Ranges of the data.</param>
    /// <param name="degree">Degree of the splines. Default 1, piecewise linear.</param>
    /// <param name="seed">Seed of the coefficients. Default 0.</param>
    /// <exception cref="ArgumentException">Counts that do not fit, or a value out of its range.</exception>
    public static KanNetwork<T> Balanced<T>(
        IReadOnlyList<int> widths, IReadOnlyList<int> intervals, RecordStatistics statistics, int degree = 1, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(widths, intervals, statistics);
        return Build<T>(widths, intervals, statistics, degree, seed, (-1, 1), (layer, _) => (0, 0.5 / Math.Sqrt(widths[layer])), last: output =>
            (statistics.TargetMean[output] / widths[^2], statistics.TargetDeviation[output] / Math.Sqrt(widths[^2])));
    }

    /// <summary>
    /// The published start (Poluektov and Polar, arXiv 2305.08194, and the authors' codes), whose layers are means: every ordinate uniform between the lowest and
    /// the highest target, hidden grids on that range widened by 1 %. Ordinates are divided by the number of inputs here, because our layers are sums.
    /// </summary>
    /// <inheritdoc cref="Balanced{T}" path="/param"/>
    /// <inheritdoc cref="Balanced{T}" path="/exception"/>
    public static KanNetwork<T> Published<T>(
        IReadOnlyList<int> widths, IReadOnlyList<int> intervals, RecordStatistics statistics, int degree = 1, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(widths, intervals, statistics);
        double low = statistics.TargetLow.Min(), high = statistics.TargetHigh.Max();
        (double Middle, double Half) Ordinates(int layer) => ((low + high) / 2 / widths[layer], (high - low) / 2 / widths[layer]);
        return Build<T>(widths, intervals, statistics, degree, seed, Widen(low, high), (layer, _) => Ordinates(layer), _ => Ordinates(widths.Count - 2));
    }

    private static KanNetwork<T> Build<T>(
        IReadOnlyList<int> widths,
        IReadOnlyList<int> intervals,
        RecordStatistics statistics,
        int degree,
        ulong seed,
        (double Low, double High) hidden,
        Func<int, int, (double Middle, double Half)> inner,
        Func<int, (double Middle, double Half)> last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(seed);
        var layers = new KanLinear<T>[intervals.Count];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            SplitRandom numbers = random.Split($"layers.{layer.ToString(CultureInfo.InvariantCulture)}");
            int inputs = widths[layer], outputs = widths[layer + 1];
            var basis = new BSplineOptions { Intervals = intervals[layer], Degree = degree, Low = hidden.Low, High = hidden.High };
            var options = new KanLinearOptions { Basis = basis, BaseActivation = null, EdgeScale = false };
            options.Validate();
            var knots = new Tensor<T>(new Shape(inputs, basis.Intervals + 2 * degree + 1));
            var coefficients = new Tensor<T>(new Shape(inputs, basis.Count, outputs));
            for (int input = 0; input < inputs; input++)
            {
                (double low, double high) = layer == 0 ? Widen(statistics.InputLow[input], statistics.InputHigh[input]) : hidden;
                KnotVector.Uniform(low, high, basis.Intervals, degree, knots.Row(input));
                for (int n = 0; n < basis.Count; n++)
                {
                    for (int output = 0; output < outputs; output++)
                    {
                        (double middle, double half) = layer == layers.Length - 1 ? last(output) : inner(layer, output);
                        coefficients[input, n, output] = T.CreateTruncating(middle + half * (2 * numbers.NextDouble() - 1));
                    }
                }
            }

            layers[layer] = new KanLinear<T>(inputs, outputs, options, new KanLinearTensors<T>(knots, coefficients, null, null, null, null));
        }

        return new KanNetwork<T>(layers);
    }

    private static (double Low, double High) Widen(double low, double high)
    {
        double width = high - low;
        return width > 0 ? (low - Margin * width, high + Margin * width) : (low - 1, high + 1);
    }

    private static void Check(IReadOnlyList<int> widths, IReadOnlyList<int> intervals, RecordStatistics statistics)
    {
        NetworkWidths.Check(widths);
        ArgumentNullException.ThrowIfNull(intervals);
        ArgumentNullException.ThrowIfNull(statistics);
        if (intervals.Count != widths.Count - 1)
            throw new ArgumentException($"{intervals.Count} numbers of intervals for {widths.Count - 1} layers; one per layer is needed.", nameof(intervals));
        if (statistics.InputLow.Count != widths[0] || statistics.TargetMean.Count != widths[^1])
            throw new ArgumentException($"The statistics have {statistics.InputLow.Count} inputs and {statistics.TargetMean.Count} targets; the widths have {widths[0]} and {widths[^1]}.", nameof(statistics));
    }
}
