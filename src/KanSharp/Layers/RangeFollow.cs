using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Stretches the grids of KAN layers in place to where their inputs are, with as many intervals as before and in the same proportions, and
/// projects the functions onto them. Between the steps of a solver this costs a look at the range, and nothing else where the range still fits.
/// </summary>
internal static class RangeFollow
{
    private const int MaxSamples = 1024;

    /// <summary>Follows in every KAN layer of a module, in one forward pass: each layer sees the outputs of the layers already changed.</summary>
    /// <param name="module">The module; knots and coefficients change in place.</param>
    /// <param name="inputs">Samples [N, ...] as the module takes them.</param>
    /// <param name="options">How.</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <param name="failure">Null, or which input of which layer is not finite; layers from there on are unchanged.</param>
    /// <returns>One report per layer that was looked at, in the order of computation.</returns>
    public static IReadOnlyList<GridUpdateReport> Apply<T>(
        Module<T> module, Tensor<T> inputs, FollowOptions options, Executor? executor, out NonFiniteInput? failure)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options.Validate();
        var observer = new Follower<T>(options);
        var tape = new Tape<T>(executor) { RecordsGradients = false, Observer = observer };
        module.Forward(tape.Constant(inputs));
        failure = observer.Failure;
        return observer.Reports;
    }

    /// <summary>Follows in one layer, whatever its place.</summary>
    /// <param name="layer">The layer; knots and coefficients change in place.</param>
    /// <param name="x">Samples of its inputs, row-major [rows, I], finite.</param>
    /// <param name="rows">Number of samples.</param>
    /// <param name="headRoom">Room past the samples in units of their range.</param>
    /// <returns>What moved; the change of the functions is that at (at most 1024 of) the samples.</returns>
    public static GridUpdateReport Apply<T>(KanLinear<T> layer, ReadOnlySpan<T> x, int rows, double headRoom)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kept = new List<string>();
        double change = 0, size = 0;
        int updated = 0;
        for (int input = 0; input < layer.Inputs && rows > 0; input++)
        {
            (double low, double high) = Range(x, rows, layer.Inputs, input);
            if (!FeatureGrid<T>.HasSpread([low, high]))
            {
                kept.Add($"input {input}: all samples are {T.CreateTruncating(low)}");
                continue;
            }

            var grid = new FeatureGrid<T>(layer, input);
            if (grid.Followed(low, high, headRoom) is not { } knots)
                continue;
            if (Move(layer, input, grid, knots) is not { } moved)
            {
                kept.Add($"input {input}: samples from {T.CreateTruncating(low)} to {T.CreateTruncating(high)} lead to knots or coefficients that are not finite");
                continue;
            }

            (double sampleChange, double sampleSize) = moved.At(Samples(x, rows, layer.Inputs, input));
            change += sampleChange;
            size += sampleSize;
            updated++;
        }

        return new GridUpdateReport(updated, kept, size > 0 ? Math.Sqrt(change / size) : 0);
    }

    private static FeatureTransfer<T>? Move<T>(KanLinear<T> layer, int input, FeatureGrid<T> grid, T[] knots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BSplineOptions basis = layer.Options.Basis;
        if (!T.IsFinite(knots[^1] - knots[0]) || knots[basis.Degree] >= knots[^(basis.Degree + 1)])
            return null;
        Span<T> coefficients = layer.Coefficients.Value.Span.Slice(input * basis.Count * layer.Outputs, basis.Count * layer.Outputs);
        var feature = new FeatureTransfer<T>(grid.Knots, basis.Degree, coefficients, knots, basis.Degree, basis.Outside, layer.Outputs, null);
        if (!feature.Coefficients.All(T.IsFinite))
            return null;
        knots.CopyTo(layer.Knots.Value.Row(input));
        feature.Coefficients.CopyTo(coefficients);
        return feature;
    }

    private static (double Low, double High) Range<T>(ReadOnlySpan<T> x, int rows, int inputs, int input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T low = x[input], high = low;
        for (int row = 1; row < rows; row++)
        {
            T value = x[row * inputs + input];
            low = T.Min(low, value);
            high = T.Max(high, value);
        }

        return (double.CreateTruncating(low), double.CreateTruncating(high));
    }

    private static double[] Samples<T>(ReadOnlySpan<T> x, int rows, int inputs, int input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = (rows + MaxSamples - 1) / MaxSamples;
        var samples = new double[(rows + stride - 1) / stride];
        for (int index = 0; index < samples.Length; index++)
            samples[index] = double.CreateTruncating(x[index * stride * inputs + input]);
        return samples;
    }

    private sealed class Follower<T>(FollowOptions options) : ITapeObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public List<GridUpdateReport> Reports { get; } = [];

        public NonFiniteInput? Failure { get; private set; }

        public void Enter(object layer, Var<T> x)
        {
            if (layer is not KanLinear<T> linear || Failure is not null)
                return;
            Failure = NonFiniteInput.Find(x.Values, linear.Inputs, Reports.Count);
            if (Failure is not null)
                return;
            bool follows = options.Follow == RangeFollowing.AllLayers || (options.Follow == RangeFollowing.HiddenLayers && Reports.Count > 0);
            Reports.Add(follows ? Apply(linear, x.Values, x.Shape.Rows, options.HeadRoom) : new GridUpdateReport(0, [], 0));
        }

        public void Leave(object layer, Var<T> x, Var<T> y)
        {
        }
    }
}
