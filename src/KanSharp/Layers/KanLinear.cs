using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// A Kolmogorov-Arnold layer with a learnable function on every edge:
/// y_o = bias_o + Σ_i m_io·( w_io·b(x_i) + s_io·Σ_n C_ino·B_n(x_i) ) (Liu et al., KAN, arXiv 2404.19756, eq. 2.10; the layout of
/// efficient-kan). At any x only k+1 of the B-splines are non-zero and only these are computed, so the cost does not grow with the grid.
/// For an infinite input the spline part is 0 with <see cref="Bases.OutsideGrid.Zero"/> and not finite with
/// <see cref="Bases.OutsideGrid.Linear"/>; NaN gives NaN.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class KanLinear<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EdgeBasis<T> _functions;
    private readonly InputMapping<T>? _mapping;

    /// <summary>Creates a layer from its parts; the tensors become the layer's own.</summary>
    internal KanLinear(int inputs, int outputs, KanLinearOptions options, KanLinearTensors<T> tensors)
    {
        options.Validate();
        tensors.Check(inputs, outputs, options);
        Inputs = inputs;
        Outputs = outputs;
        BasisOptions basis = options.Basis is BSplineOptions spline ? spline with { Intervals = tensors.Coefficients.Shape[1] - spline.Degree } : options.Basis;
        Options = options with { Basis = basis, Mask = tensors.Mask is not null };
        _functions = EdgeBasis<T>.Create(basis, inputs, outputs, tensors.Knots is null ? tensors.Family : [tensors.Knots]);
        _mapping = tensors.Mapping ?? InputMapping<T>.Create(inputs, options.Normalization, options.Squash);
        Coefficients = new Parameter<T>(tensors.Coefficients);
        BaseWeight = tensors.BaseWeight is null ? null : new Parameter<T>(tensors.BaseWeight) { Trainable = options.BaseTrainable };
        EdgeScale = tensors.EdgeScale is null ? null : new Parameter<T>(tensors.EdgeScale) { Trainable = options.EdgeScaleTrainable };
        Bias = tensors.Bias is null ? null : new Parameter<T>(tensors.Bias);
        Mask = tensors.Mask is null ? null : new StateTensor<T>(tensors.Mask);
    }

    /// <summary>Number of input features I.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs O.</summary>
    public int Outputs { get; }

    /// <summary>What the layer is made of. The grid ends are those it started with; see <see cref="Knots"/> for the present ones.</summary>
    public KanLinearOptions Options { get; }

    /// <summary>Extended knots of B-splines, one row per input: [I, G + 2k + 1]. State, never trained.</summary>
    /// <exception cref="InvalidOperationException">The layer has functions of another family.</exception>
    public StateTensor<T> Knots => Spline.Knots;

    /// <summary>The normalisation of the inputs, a <see cref="LayerNorm{T}"/>, <see cref="BatchNorm{T}"/> or <see cref="RangeNorm{T}"/>; null without.</summary>
    public Module<T>? Normalization => _mapping?.Norm;

    /// <summary>Coefficients C, [I, functions, O]; G + k functions for B-splines.</summary>
    public Parameter<T> Coefficients { get; }

    /// <summary>Weights w of the base branch, [I, O]; null without the branch.</summary>
    public Parameter<T>? BaseWeight { get; }

    /// <summary>Spline scale s of every edge, [I, O]; null without.</summary>
    public Parameter<T>? EdgeScale { get; }

    /// <summary>Bias, [O]; null without.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>Mask m of every edge, [I, O]; null without. State, never trained.</summary>
    public StateTensor<T>? Mask { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members
    {
        get
        {
            var members = new List<Member<T>> { ("coefficients", Coefficients) };
            if (BaseWeight is not null)
                members.Add(("base_weight", BaseWeight));
            if (EdgeScale is not null)
                members.Add(("edge_scale", EdgeScale));
            if (Bias is not null)
                members.Add(("bias", Bias));
            members.AddRange(_functions.Members);
            if (Mask is not null)
                members.Add(("mask", Mask));
            if (_mapping?.Norm is { } norm)
                members.Add(("norm", norm));
            return members;
        }
    }

    /// <summary>Whether every edge is masked out and there is no bias: the layer gives 0 and needs not be computed.</summary>
    public bool IsOff => Mask is not null && Bias is null && !Mask.Value.Span.ContainsAnyExcept(T.Zero);

    /// <summary>Whether there is a grid that may follow the layer's inputs: B-splines that see the inputs as they come.</summary>
    internal bool HasFreeGrid => Options.HasFreeGrid;

    /// <summary>The functions on the edges.</summary>
    internal EdgeBasis<T> Functions => _functions;

    /// <summary>What happens to the inputs first; null for nothing.</summary>
    internal InputMapping<T>? Mapping => _mapping;

    /// <summary>The functions compiled, for families with local support.</summary>
    internal LocalBasisTable<T> Table => _functions is LocalEdges<T> local
        ? local.Table
        : throw new InvalidOperationException($"This needs functions with local support; the layer has functions of family '{Options.Basis.Family}'.");

    /// <summary>The functions point by point, for families whose edges share them.</summary>
    /// <exception cref="NotSupportedException">Every edge has a function of its own.</exception>
    internal IPointBasis<T> Points => _functions switch
    {
        LocalEdges<T> local => local.Table,
        GlobalEdges<T> other => other.Points,
        _ => throw new NotSupportedException($"Penalties on values of edges do not go with Levenberg-Marquardt for functions of family '{Options.Basis.Family}'; use the metric Weights, or AdamW."),
    };

    private SplineEdges<T> Spline => _functions as SplineEdges<T>
        ?? throw new InvalidOperationException($"Knots belong to B-splines; the layer has functions of family '{Options.Basis.Family}'.");

    /// <summary>Creates a layer with fresh parameters.</summary>
    /// <param name="inputs">Number of input features, at least 1.</param>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <param name="options">Basis, branches and initialisation.</param>
    /// <param name="random">Source of the initial values.</param>
    /// <exception cref="ArgumentException">A size or an option is out of its range.</exception>
    public static KanLinear<T> Create(int inputs, int outputs, KanLinearOptions options, SplitRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        options.Validate();
        return new KanLinear<T>(inputs, outputs, options, KanLinearInitializer.Draw<T>(inputs, outputs, options, random));
    }

    /// <summary>Computes the layer.</summary>
    /// <param name="x">Inputs [..., I].</param>
    /// <returns>Outputs [..., O].</returns>
    /// <exception cref="ArgumentException">The last axis is not I.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        CheckInput(x);
        Tape<T> tape = x.Tape;
        tape.Observer?.Enter(this, x);
        Var<T> seen = tape.Training && Options.InputNoise > 0 ? NoiseNode<T>.Record(x, Options.InputNoise, tape.NextMask()) : x;
        Node<T> mapped = _mapping is null ? seen.Node : _mapping.Forward(seen).Node;
        Var<T> y = Contract(new Var<T>(mapped), seen);
        tape.Observer?.Leave(this, x, y);
        return y;
    }

    /// <summary>The sums over edges of inputs that have been mapped.</summary>
    /// <param name="mapped">What the functions see, [..., I].</param>
    /// <param name="raw">What the base branch sees with <see cref="KanLinearOptions.BaseOnRawInput"/>.</param>
    internal Var<T> Contract(Var<T> mapped, Var<T> raw)
    {
        Tape<T> tape = mapped.Tape;
        return tape.Training && Options.EdgeDropout > 0
            ? _functions.Drop(mapped, Use(tape, useBias: true), Base, Options.EdgeDropout, tape.NextMask())
            : _functions.Contract(new EdgeInputs<T>(mapped.Node, null, Options.BaseOnRawInput ? raw.Node : mapped.Node, null, 0), Use(tape, useBias: true), Base);
    }

    /// <summary>The same and its derivatives.</summary>
    internal Jet<T> Contract(Jet<T> mapped, Jet<T> raw)
    {
        bool splits = Options.BaseOnRawInput && BaseWeight is not null && _mapping is not null;
        return Jet<T>.ComposeTwo((Layer: this, Mapped: mapped.Value.Node, Raw: splits ? raw.Value.Node : mapped.Value.Node), mapped, splits ? raw : mapped, static (s, order, along, baseAlong) =>
            s.Layer._functions.Contract(
                new EdgeInputs<T>(s.Mapped, along, s.Raw, baseAlong, order), s.Layer.Use(s.Mapped.Tape, useBias: order == 0), s.Layer.Base));
    }

    /// <summary>
    /// Computes the layer and its derivatives: along one direction y' = Σ_i φ'_io(x_i)·x'_i, and higher ones by Faà di Bruno's rule. Nothing is dropped and no
    /// noise added.
    /// </summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        CheckInput(x.Value);
        Tape<T> tape = x.Value.Tape;
        tape.Observer?.Enter(this, x.Value);
        Jet<T> y = Contract(_mapping is null ? x : _mapping.Forward(x), x);
        tape.Observer?.Leave(this, x.Value, y.Value);
        return y;
    }

    /// <summary>
    /// Share of the given inputs that lie outside the grid, per feature: where a spline continues instead of interpolating, and other families leave the range
    /// they are made for.
    /// </summary>
    /// <param name="x">Inputs [..., I].</param>
    /// <returns>I fractions between 0 and 1; NaN counts as outside.</returns>
    public double[] OutsideGrid(Tensor<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || x.Shape.Last != Inputs)
            throw new ArgumentException($"The layer has {Inputs} inputs; the last axis of {x.Shape} must be {Inputs}.", nameof(x));
        var outside = new double[Inputs];
        for (int input = 0; input < Inputs; input++)
        {
            (double low, double high) = EdgeFunctions.Range(this, input);
            int count = 0;
            for (int row = 0; row < x.Shape.Rows; row++)
            {
                double value = double.CreateTruncating(x.Row(row)[input]);
                if (!(value >= low && value <= high))
                    count++;
            }

            outside[input] = x.Shape.Rows == 0 ? 0 : (double)count / x.Shape.Rows;
        }

        return outside;
    }

    private Activation? Base => BaseWeight is null ? null : Options.BaseActivation;

    private void CheckInput(Var<T> x)
    {
        if (x.Shape.Rank == 0 || x.Shape.Last != Inputs)
            throw new ArgumentException($"KanLinear has {Inputs} inputs: its input must have shape [..., {Inputs}], not {x.Shape}.", nameof(x));
    }

    /// <summary>The parameters on a tape.</summary>
    internal LayerNodes<T> Use(Tape<T> tape, bool useBias) => new(
        tape.Use(Coefficients).Node,
        EdgeScale is null ? null : tape.Use(EdgeScale).Node,
        BaseWeight is null ? null : tape.Use(BaseWeight).Node,
        Mask is null ? default : new Buffer<T>(Mask.Value.Array, 0, Mask.Value.Shape.Count),
        useBias && Bias is not null ? tape.Use(Bias).Node : null,
        Outputs);

    /// <summary>Sizes of all edges over samples, [I, O], on the tape.</summary>
    internal Var<T> EdgeSizes(Var<T> x, EdgeSize size)
    {
        CheckInput(x);
        if (Options.BaseOnRawInput && _mapping is not null && BaseWeight is not null)
            throw new NotSupportedException("The base branch of this layer does not see what its functions see, so its edges are no functions of one number and have no size. Set BaseOnRawInput to false.");
        return _functions.Sizes(_mapping is null ? x : _mapping.Forward(x), Use(x.Tape, useBias: false), Base, size);
    }

    /// <summary>Penalty on the coefficients, see <see cref="CoefficientPenaltyNode{T}"/>, on the tape.</summary>
    internal Var<T> CoefficientPenalty(Tape<T> tape, double magnitude, double difference, double smoothness)
    {
        var node = tape.Add<CoefficientPenaltyNode<T>>();
        node.Set(Use(tape, useBias: false), smoothness > 0 ? Knots.Value : null, magnitude, difference, smoothness);
        return new Var<T>(node);
    }
}
