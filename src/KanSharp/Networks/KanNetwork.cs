using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Networks;

/// <summary>
/// Kolmogorov-Arnold layers in order, y = (Φ_{L−1} ∘ … ∘ Φ_0)(x) (Liu et al., KAN, arXiv 2404.19756, eq. 2.7), whose edges may be symbolic and whose nodes may be
/// products (KAN 2.0, arXiv 2408.10205, section 2). The structure never changes: edits return a new network; training changes parameter values.
/// </summary>
/// <remarks>
/// An edge is named (layer, input, output), all from 0: the node below and the sub-node above. Without product nodes a sub-node is a node. Mask, coefficients and
/// curves have the same order, [input, output].
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class KanNetwork<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanStage<T>[] _stages;
    private readonly KanLinear<T>[] _layers;
    private readonly Module<T>[] _chain;
    private readonly ColumnSelection<T>? _selection;

    /// <summary>Puts layers in order.</summary>
    /// <param name="layers">At least one; each takes as many inputs as the one before has outputs.</param>
    /// <exception cref="ArgumentException">No layers, or two that do not fit.</exception>
    public KanNetwork(params IReadOnlyList<KanLinear<T>> layers)
        : this(Plain(layers))
    {
    }

    /// <summary>Puts stages in order.</summary>
    /// <param name="stages">At least one; each takes as many inputs as the one before has nodes.</param>
    /// <param name="features">Width of the rows that the network is given; null (default) for the inputs of the first stage.</param>
    /// <param name="inputSelection">The columns of a row that are the inputs of the first stage, in their order; null (default) for all.</param>
    /// <exception cref="ArgumentException">No stages, two that do not fit, or columns that do not fit the first one.</exception>
    public KanNetwork(IReadOnlyList<KanStage<T>> stages, int? features = null, IReadOnlyList<int>? inputSelection = null)
    {
        ArgumentNullException.ThrowIfNull(stages);
        if (stages.Count == 0)
            throw new ArgumentException("A network has at least one layer.", nameof(stages));
        for (int index = 1; index < stages.Count; index++)
        {
            if (stages[index].Inputs != stages[index - 1].Outputs)
                throw new ArgumentException($"Layer {index} takes {stages[index].Inputs} inputs, but layer {index - 1} has {stages[index - 1].Outputs} outputs.", nameof(stages));
        }

        _stages = [.. stages];
        _layers = [.. stages.Select(stage => stage.Numeric)];
        Features = features ?? _layers[0].Inputs;
        if ((inputSelection?.Count ?? Features) != _layers[0].Inputs)
            throw new ArgumentException($"{inputSelection?.Count ?? Features} columns are chosen, but layer 0 takes {_layers[0].Inputs} inputs.", nameof(inputSelection));
        if (inputSelection is not null && !(inputSelection.Count == Features && inputSelection.SequenceEqual(Enumerable.Range(0, Features))))
            _selection = new ColumnSelection<T>(Features, inputSelection);
        IEnumerable<Module<T>> chain = _stages.Select(stage => stage.IsPlain ? (Module<T>)stage.Numeric : stage);
        _chain = _selection is null ? [.. chain] : [_selection, .. chain];
    }

    /// <summary>The numeric edges of every layer, input first: inputs × sub-nodes.</summary>
    public IReadOnlyList<KanLinear<T>> Layers => _layers;

    /// <summary>Numeric edges, symbolic edges and nodes of every layer, input first.</summary>
    public IReadOnlyList<KanStage<T>> Stages => _stages;

    /// <summary>Nodes per level, inputs first: [2, 5, 1]. The inputs are the chosen ones.</summary>
    public IReadOnlyList<int> Widths => [_layers[0].Inputs, .. _stages.Select(stage => stage.Outputs)];

    /// <summary>The nodes with their kinds.</summary>
    public NetworkShape Shape => NetworkShape.Of(_stages);

    /// <summary>Width of the rows that the network takes; more than <see cref="Widths"/> says where columns were chosen.</summary>
    public int Features { get; }

    /// <summary>The columns of a row that are the inputs of the first layer; all, 0 to <see cref="Features"/> − 1, where none were chosen.</summary>
    public IReadOnlyList<int> InputSelection => _selection?.Columns ?? [.. Enumerable.Range(0, Features)];

    /// <summary>Whether the network reads some columns of its rows only, or in another order.</summary>
    public bool SelectsInputs => _selection is not null;

    /// <summary>Whether the network has numeric layers and nothing else: no symbolic edge, no product, no node scale or bias, no choice of inputs.</summary>
    public bool IsPlain => _selection is null && Array.TrueForAll(_stages, stage => stage.IsPlain);

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members
    {
        get
        {
            var members = new List<Member<T>>();
            for (int index = 0; index < _stages.Length; index++)
                members.Add((Name("layers", index), _stages[index].Numeric));
            for (int index = 0; index < _stages.Length; index++)
            {
                if (_stages[index].Symbolic is { } symbolic)
                    members.Add((Name("symbolic", index), symbolic));
            }

            for (int index = 0; index < _stages.Length; index++)
            {
                if (_stages[index].Nodes is { } nodes)
                    members.Add((Name("nodes", index), nodes));
            }

            return members;

            static string Name(string part, int index) => $"{part}.{index.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>Creates a network with fresh parameters.</summary>
    /// <param name="widths">Nodes per level, inputs first, at least two: [2, 5, 1] has two layers.</param>
    /// <param name="options">Options of every layer; the defaults if null. A <see cref="Bases.BSplineOptions"/> is accepted directly.</param>
    /// <param name="seed">Seed of the initial values; the same seed gives the same network. Default 0.</param>
    /// <exception cref="ArgumentException">Fewer than two widths, a width below 1, or an option out of range.</exception>
    public static KanNetwork<T> Create(IReadOnlyList<int> widths, KanLinearOptions? options = null, ulong seed = 0) =>
        Create(NetworkShape.FromWidths(widths), options, seed);

    /// <summary>Creates a network with fresh parameters whose nodes may be products.</summary>
    /// <param name="shape">Nodes per level: <c>NetworkShape.Parse("2,[4,1],1")</c>.</param>
    /// <param name="options">Options of every layer; the defaults if null.</param>
    /// <param name="seed">Seed of the initial values; the same seed gives the same network. Default 0.</param>
    /// <param name="trainNodes">Whether scales and biases of sub-nodes and nodes are trained (pykan: <c>affine_trainable</c>). Default false: they stay 1 and 0.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static KanNetwork<T> Create(NetworkShape shape, KanLinearOptions? options = null, ulong seed = 0, bool trainNodes = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Create(shape, [.. Enumerable.Repeat(options ?? new KanLinearOptions(), shape.Levels.Count - 1)], seed, trainNodes);
    }

    /// <summary>Creates a network with fresh parameters and options for each layer: grids and degrees of its own.</summary>
    /// <param name="shape">Nodes per level.</param>
    /// <param name="options">One for each layer, input first.</param>
    /// <param name="seed">Seed of the initial values; the same seed gives the same network. Default 0.</param>
    /// <param name="trainNodes">Whether scales and biases of sub-nodes and nodes are trained. Default false: they stay 1 and 0.</param>
    /// <exception cref="ArgumentException">Another number of options than of layers, or an option out of range.</exception>
    public static KanNetwork<T> Create(NetworkShape shape, IReadOnlyList<KanLinearOptions> options, ulong seed = 0, bool trainNodes = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Count != shape.Levels.Count - 1)
            throw new ArgumentException($"{options.Count} options were given for {shape.Levels.Count - 1} layers ({shape}); there is one for each.", nameof(options));
        var random = new SplitRandom(seed);
        var stages = new KanStage<T>[options.Count];
        for (int index = 0; index < stages.Length; index++)
        {
            LevelShape above = shape.Levels[index + 1];
            KanLinear<T> layer = KanLinear<T>.Create(
                shape.Levels[index].Nodes, above.Subnodes, options[index], random.Split($"layers.{index.ToString(CultureInfo.InvariantCulture)}"));
            stages[index] = new KanStage<T>(layer, null, trainNodes || above.Arities.Count > 0 ? new NodeStage<T>(above.Sums, above.Arities, trainNodes) : null);
        }

        return new KanNetwork<T>(stages);
    }

    /// <summary>Computes the network: [..., features] to [..., outputs].</summary>
    public override Var<T> Forward(Var<T> x)
    {
        foreach (Module<T> part in _chain)
            x = part.Forward(x);
        return x;
    }

    /// <summary>Computes the network and its derivative along the input's direction.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        foreach (Module<T> part in _chain)
            x = part.Forward(x);
        return x;
    }

    /// <summary>What the first layer takes of full rows: the chosen columns, or the rows themselves.</summary>
    /// <param name="x">Rows [..., features].</param>
    /// <exception cref="ArgumentException">The last axis is not <see cref="Features"/>.</exception>
    public Tensor<T> SelectInputs(Tensor<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || x.Shape.Last != Features)
            throw new ArgumentException($"The network has {Features} inputs; the last axis of {x.Shape} must be {Features}.", nameof(x));
        return _selection is null ? x : _selection.Predict(x);
    }

    /// <summary>
    /// Predicts rows without a tape and, in steady state, without allocating. Several threads may predict with one network at once, as long
    /// as none changes it.
    /// </summary>
    /// <param name="x">Inputs, row-major [rows, features].</param>
    /// <param name="y">Receives the outputs, row-major [rows, outputs]; must not overlap <paramref name="x"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, Executor? executor = null) => PredictRows(x, y, Features, executor);

    /// <summary>Copies the network with its parameters and state, so that one copy can be trained and the other kept.</summary>
    public KanNetwork<T> Clone() => With([.. _stages.Select(stage => stage.Clone())]);

    /// <summary>A table of the layers: sizes, basis, parameters.</summary>
    public string Summary() => NetworkSummary.Of(this);

    /// <summary>A network of other stages for the same rows.</summary>
    internal KanNetwork<T> With(IReadOnlyList<KanStage<T>> stages) => new(stages, Features, _selection?.Columns);

    /// <summary>A network with other numeric edges, which become its own; all else is copied.</summary>
    internal KanNetwork<T> With(IReadOnlyList<KanLinear<T>> layers) => With([.. _stages.Zip(layers, (stage, layer) => stage.With(layer))]);

    internal override RowPlan? Plan(int features) => ModuleChain<T>.Plan(_chain, features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) =>
        ModuleChain<T>.Evaluate(_chain, rows, x, y, executor);

    private static KanStage<T>[] Plain(IReadOnlyList<KanLinear<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return [.. layers.Select(layer => new KanStage<T>(layer))];
    }
}
