using System.Globalization;
using System.Numerics;
using System.Text;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Networks;

/// <summary>
/// Kolmogorov-Arnold layers in order, y = (Φ_{L−1} ∘ … ∘ Φ_0)(x) (Liu et al., KAN, arXiv 2404.19756, eq. 2.7). The structure never changes;
/// training changes parameter values.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class KanNetwork<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanLinear<T>[] _layers;

    /// <summary>Puts layers in order.</summary>
    /// <param name="layers">At least one; each takes as many inputs as the one before has outputs.</param>
    /// <exception cref="ArgumentException">No layers, or two that do not fit.</exception>
    public KanNetwork(params IReadOnlyList<KanLinear<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
            throw new ArgumentException("A network has at least one layer.", nameof(layers));
        for (int index = 1; index < layers.Count; index++)
        {
            if (layers[index].Inputs != layers[index - 1].Outputs)
                throw new ArgumentException($"Layer {index} takes {layers[index].Inputs} inputs, but layer {index - 1} has {layers[index - 1].Outputs} outputs.", nameof(layers));
        }

        _layers = [.. layers];
    }

    /// <summary>The layers, input first.</summary>
    public IReadOnlyList<KanLinear<T>> Layers => _layers;

    /// <summary>Nodes per level, inputs first: [2, 5, 1].</summary>
    public IReadOnlyList<int> Widths => [_layers[0].Inputs, .. _layers.Select(layer => layer.Outputs)];

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members =>
        [.. _layers.Select((layer, index) => (Member<T>)($"layers.{index.ToString(CultureInfo.InvariantCulture)}", layer))];

    /// <summary>Creates a network with fresh parameters.</summary>
    /// <param name="widths">Nodes per level, inputs first, at least two: [2, 5, 1] has two layers.</param>
    /// <param name="options">Options of every layer; the defaults if null. A <see cref="Bases.BSplineOptions"/> is accepted directly.</param>
    /// <param name="seed">Seed of the initial values; the same seed gives the same network. Default 0.</param>
    /// <exception cref="ArgumentException">Fewer than two widths, a width below 1, or an option out of range.</exception>
    public static KanNetwork<T> Create(IReadOnlyList<int> widths, KanLinearOptions? options = null, ulong seed = 0)
    {
        NetworkWidths.Check(widths);
        options ??= new KanLinearOptions();
        var random = new SplitRandom(seed);
        var layers = new KanLinear<T>[widths.Count - 1];
        for (int index = 0; index < layers.Length; index++)
            layers[index] = KanLinear<T>.Create(widths[index], widths[index + 1], options, random.Split($"layers.{index.ToString(CultureInfo.InvariantCulture)}"));
        return new KanNetwork<T>(layers);
    }

    /// <summary>Computes the network: [..., inputs] to [..., outputs].</summary>
    public override Var<T> Forward(Var<T> x)
    {
        foreach (KanLinear<T> layer in _layers)
            x = layer.Forward(x);
        return x;
    }

    /// <summary>Computes the network and its derivative along the input's direction.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        foreach (KanLinear<T> layer in _layers)
            x = layer.Forward(x);
        return x;
    }

    /// <summary>
    /// Predicts rows without a tape and, in steady state, without allocating. Several threads may predict with one network at once, as long
    /// as none changes it.
    /// </summary>
    /// <param name="x">Inputs, row-major [rows, inputs].</param>
    /// <param name="y">Receives the outputs, row-major [rows, outputs]; must not overlap <paramref name="x"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, Executor? executor = null) => PredictRows(x, y, _layers[0].Inputs, executor);

    /// <summary>Copies the network with its parameters and state, so that one copy can be trained and the other kept.</summary>
    public KanNetwork<T> Clone() => new([.. _layers.Select(layer => layer.Clone())]);

    /// <summary>Moves the grids of all layers to where the data are; see <see cref="GridUpdate"/>. Changes knots and coefficients in place.</summary>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <returns>One report per layer.</returns>
    public IReadOnlyList<GridUpdateReport> UpdateGrid(Tensor<T> inputs, GridUpdateOptions? options = null) =>
        GridUpdate.Apply(this, inputs, options);

    /// <summary>
    /// A network on finer grids that computes the same: knots are inserted where they are nested (to rounding), else the functions are projected with exact
    /// quadrature; see <see cref="GridRefinement"/>. Given samples, hidden grids also move to the range of their inputs. This network is unchanged.
    /// </summary>
    /// <param name="intervals">Intervals of every grid, at least 1.</param>
    /// <param name="inputs">Samples [..., inputs] for ranges, quantiles and the report; null (default) without.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">An option is out of range, shapes do not fit, or a sample leads to a value that is not finite.</exception>
    public RefineResult<T> Refine(int intervals, Tensor<T>? inputs = null, RefineOptions? options = null) =>
        Refine([.. Enumerable.Repeat(intervals, _layers.Length)], inputs, options);

    /// <summary>The same with a number of intervals for each layer, input first.</summary>
    /// <inheritdoc cref="Refine(int, Tensor{T}?, RefineOptions?)"/>
    public RefineResult<T> Refine(IReadOnlyList<int> intervals, Tensor<T>? inputs = null, RefineOptions? options = null) =>
        NetworkRefinement.Refine(this, intervals, inputs, options ?? new RefineOptions());

    /// <summary>A network of higher degree that computes the same; see <see cref="GridRefinement.Elevate"/>.</summary>
    /// <param name="degree">Degree of all layers, that of the highest one at least.</param>
    /// <param name="simpleKnots">Whether knots stay simple, and the functions change a little. Default false.</param>
    /// <exception cref="ArgumentException">The degree is out of range.</exception>
    public RefineResult<T> Elevate(int degree, bool simpleKnots = false)
    {
        RefinedLayer<T>[] layers = [.. _layers.Select(layer => GridRefinement.Elevate(layer, degree, simpleKnots))];
        return new RefineResult<T>(new KanNetwork<T>([.. layers.Select(layer => layer.Layer)]), layers);
    }

    /// <summary>
    /// A network whose grids have as many intervals as before but reach just past the range of their inputs; the functions are projected onto them. This
    /// network is unchanged.
    /// </summary>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a sample leads to a value that is not finite.</exception>
    public FollowResult<T> FollowRange(Tensor<T> inputs, FollowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        KanNetwork<T> copy = Clone();
        IReadOnlyList<GridUpdateReport> reports = new RangeFollower<T>(options ?? new FollowOptions(), null).Apply(copy, inputs, out NonFiniteInput? failure);
        return failure is { } found
            ? throw new ArgumentException($"Range following: {found.Describe(found.Row)}; grids need finite inputs.", nameof(inputs))
            : new FollowResult<T>(copy, reports);
    }

    /// <summary>A table of the layers: sizes, basis, parameters.</summary>
    public string Summary()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"KAN [{string.Join(", ", Widths)}], {CountParameters()} trainable parameters\n");
        for (int index = 0; index < _layers.Length; index++)
        {
            KanLinear<T> layer = _layers[index];
            KanLinearOptions options = layer.Options;
            text.Append(CultureInfo.InvariantCulture, $"  layer {index}: {layer.Inputs} -> {layer.Outputs}, B-spline of degree {options.Basis.Degree} on {options.Basis.Intervals} intervals");
            text.Append(CultureInfo.InvariantCulture, $", base {(options.BaseActivation is null ? "none" : options.BaseActivation.Name)}");
            text.Append(CultureInfo.InvariantCulture, $"{(options.EdgeScale ? ", edge scale" : "")}{(options.Bias ? ", bias" : "")}{(options.Mask ? ", mask" : "")}");
            text.Append(CultureInfo.InvariantCulture, $", {layer.CountParameters()} parameters\n");
        }

        return text.ToString();
    }

    internal override RowPlan? Plan(int features) => ModuleChain<T>.Plan(_layers, features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        ModuleChain<T>.Evaluate(_layers, rows, x, y, executor);
}
