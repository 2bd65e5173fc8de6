using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Moves the knots of KAN layers to where their inputs are and refits the coefficients so that the functions stay as they are. Changes
/// <see cref="KanLinear{T}.Knots"/> and <see cref="KanLinear{T}.Coefficients"/> in place; optimiser state about them is stale afterwards.
/// </summary>
public static class GridUpdate
{
    private const int MaxSamples = 4096;

    /// <summary>
    /// Updates every KAN layer of a module in one forward pass: each layer sees the outputs of the layers already updated.
    /// </summary>
    /// <param name="module">A network or any module with <see cref="KanLinear{T}"/> inside.</param>
    /// <param name="inputs">Samples [N, ...] as the module takes them.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <returns>One report per layer, in the order of computation.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or a layer's input is not finite; no layer is changed then.</exception>
    public static IReadOnlyList<GridUpdateReport> Apply<T>(
        Module<T> module, Tensor<T> inputs, GridUpdateOptions? options = null, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(inputs);
        IReadOnlyList<GridUpdateReport> reports = Apply(module, inputs, options ?? new GridUpdateOptions(), executor, out NonFiniteInput? failure);
        return failure is { } found
            ? throw new ArgumentException($"Grid update: {found.Describe(found.Row)}; grids need finite inputs.", nameof(inputs))
            : reports;
    }

    /// <summary>The same for training, where a value that is not finite is an outcome: then no layer is changed.</summary>
    /// <param name="module">The module.</param>
    /// <param name="inputs">Samples [N, ...].</param>
    /// <param name="options">How.</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    /// <param name="failure">Null, or which input of which layer is not finite.</param>
    internal static IReadOnlyList<GridUpdateReport> Apply<T>(
        Module<T> module, Tensor<T> inputs, GridUpdateOptions options, Executor? executor, out NonFiniteInput? failure)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options.Validate();
        var observer = new Updater<T>(options);
        var tape = new Tape<T>(executor) { RecordsGradients = false, Observer = observer };
        try
        {
            module.Forward(tape.Constant(inputs));
        }
        catch
        {
            observer.Restore();
            throw;
        }

        failure = observer.Failure;
        if (failure is not null)
            observer.Restore();
        return observer.Reports;
    }

    /// <summary>Updates one layer from samples of its own input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Samples [N, I], finite.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, an option is out of range, or a sample is not finite.</exception>
    public static GridUpdateReport Apply<T>(KanLinear<T> layer, Tensor<T> x, GridUpdateOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        options ??= new GridUpdateOptions();
        options.Validate();
        if (!layer.HasFreeGrid)
            throw new ArgumentException("Grid update: the layer has no grid that follows its inputs; it needs B-splines without a normalisation or bound of the inputs.", nameof(layer));
        if (x.Shape.Rank == 0 || x.Shape.Last != layer.Inputs)
            throw new ArgumentException($"The layer has {layer.Inputs} inputs; the last axis of {x.Shape} must be {layer.Inputs}.", nameof(x));
        // before any knot moves, so that a refused update changes nothing
        return NonFiniteInput.Find<T>(x.Span, layer.Inputs, 0) is { } found
            ? throw new ArgumentException($"Grid update: {found.Describe(found.Row)}; grids need finite inputs.", nameof(x))
            : Update(layer, x.Span, x.Shape.Rows, options);
    }

    private static GridUpdateReport Update<T>(KanLinear<T> layer, ReadOnlySpan<T> x, int rows, GridUpdateOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kept = new List<string>();
        var samples = new double[rows];
        double change = 0;
        double size = 0;
        int updated = 0;
        for (int input = 0; input < layer.Inputs; input++)
        {
            for (int row = 0; row < rows; row++)
                samples[row] = double.CreateTruncating(x[row * layer.Inputs + input]);
            Array.Sort(samples);
            if (KeepReason<T>(samples, options) is { } reason)
            {
                kept.Add($"input {input}: {reason}");
                continue;
            }

            var feature = new FeatureGridUpdate<T>(layer, input);
            if (feature.Apply(Thin(samples, options), options) is not var (featureChange, featureSize))
            {
                kept.Add($"input {input}: samples from {T.CreateTruncating(samples[0])} to {T.CreateTruncating(samples[^1])} lead to knots or coefficients that are not finite");
                continue;
            }

            change += featureChange;
            size += featureSize;
            updated++;
        }

        return new GridUpdateReport(updated, kept, size > 0 ? Math.Sqrt(change / size) : 0);
    }

    /// <summary>Samples closer together than this, relative to their size, leave no room for knots in the layer's precision.</summary>
    private static double LeastSpread<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Max(1e-9, 100 * double.CreateTruncating(T.BitIncrement(T.One) - T.One));

    private static string? KeepReason<T>(ReadOnlySpan<double> sorted, GridUpdateOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sorted.Length == 0)
            return "no samples";
        if (options.SamplesAlone)
            return null;
        double range = sorted[^1] - sorted[0];
        return range > LeastSpread<T>() * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])) ? null : $"all samples are {T.CreateTruncating(sorted[0])}";
    }

    /// <summary>At most <see cref="MaxSamples"/> order statistics, evenly spaced, ends included: enough for quantiles and fit.</summary>
    private static double[] Thin(double[] sorted, GridUpdateOptions options)
    {
        if (options.SamplesAlone || sorted.Length <= MaxSamples)
            return sorted;
        var thin = new double[MaxSamples];
        for (int index = 0; index < MaxSamples; index++)
            thin[index] = sorted[(int)((long)index * (sorted.Length - 1) / (MaxSamples - 1))];
        return thin;
    }

    private sealed class Updater<T>(GridUpdateOptions options) : ITapeObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly List<(KanLinear<T> Layer, T[] Knots, T[] Coefficients)> _before = [];

        public List<GridUpdateReport> Reports { get; } = [];

        public NonFiniteInput? Failure { get; private set; }

        public bool WantsOutputs => false;

        public void Enter(object layer, Var<T> x)
        {
            if (layer is not KanLinear<T> linear || Failure is not null)
                return;
            Failure = NonFiniteInput.Find(x.Values, linear.Inputs, Reports.Count);
            if (Failure is not null)
                return;
            if (linear.IsOff || !linear.HasFreeGrid)
            {
                Reports.Add(new GridUpdateReport(0, [], 0));
                return;
            }

            _before.Add((linear, linear.Knots.Value.Span.ToArray(), linear.Coefficients.Value.Span.ToArray()));
            Reports.Add(Update(linear, x.Values, x.Shape.Rows, options));
        }

        /// <summary>Backwards, because a layer that is used twice was also changed twice.</summary>
        public void Restore()
        {
            for (int index = _before.Count - 1; index >= 0; index--)
            {
                (KanLinear<T> layer, T[] knots, T[] coefficients) = _before[index];
                knots.CopyTo(layer.Knots.Value.Span);
                coefficients.CopyTo(layer.Coefficients.Value.Span);
            }
        }

        public void Leave(object layer, Var<T> x, Var<T> y)
        {
        }
    }
}
