using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
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
public sealed class KanLinear<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private CompiledBasis? _compiled;

    /// <summary>Creates a layer from its parts; the tensors become the layer's own.</summary>
    internal KanLinear(int inputs, int outputs, KanLinearOptions options, KanLinearTensors<T> tensors)
    {
        options.Validate();
        tensors.Check(inputs, outputs, options);
        Inputs = inputs;
        Outputs = outputs;
        Options = options with { Basis = options.Basis with { Intervals = tensors.Coefficients.Shape[1] - options.Basis.Degree }, Mask = tensors.Mask is not null };
        Knots = new StateTensor<T>(tensors.Knots);
        Coefficients = new Parameter<T>(tensors.Coefficients);
        BaseWeight = tensors.BaseWeight is null ? null : new Parameter<T>(tensors.BaseWeight) { Trainable = options.BaseTrainable };
        EdgeScale = tensors.EdgeScale is null ? null : new Parameter<T>(tensors.EdgeScale) { Trainable = options.EdgeScaleTrainable };
        Bias = tensors.Bias is null ? null : new Parameter<T>(tensors.Bias);
        Mask = tensors.Mask is null ? null : new StateTensor<T>(tensors.Mask);
        BSplineTable.Validate<T>(Knots.Value.Span, inputs, options.Basis.Degree);
    }

    /// <summary>Number of input features I.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs O.</summary>
    public int Outputs { get; }

    /// <summary>What the layer is made of. The grid ends are those it started with; see <see cref="Knots"/> for the present ones.</summary>
    public KanLinearOptions Options { get; }

    /// <summary>Extended knots, one row per input: [I, G + 2k + 1]. State, never trained.</summary>
    public StateTensor<T> Knots { get; }

    /// <summary>Spline coefficients C, [I, G + k, O].</summary>
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
            members.Add(("knots", Knots));
            if (Mask is not null)
                members.Add(("mask", Mask));
            return members;
        }
    }

    /// <summary>Whether every edge is masked out and there is no bias: the layer gives 0 and needs not be computed.</summary>
    public bool IsOff => Mask is not null && Bias is null && !Mask.Value.Span.ContainsAnyExcept(T.Zero);

    /// <summary>The basis compiled for the present knots, when it is first needed: a loaded layer takes no more memory than its numbers.</summary>
    internal LocalBasisTable<T> Table
    {
        get
        {
            CompiledBasis? compiled = _compiled;
            if (compiled is null || !MemoryMarshal.AsBytes(compiled.Knots.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(Knots.Value.Span)))
            {
                T[] knots = Knots.Value.Span.ToArray();
                _compiled = compiled = new CompiledBasis(knots, BSplineTable.Build<T>(knots, Inputs, Options.Basis.Degree, Options.Basis.Outside));
            }

            return compiled.Table;
        }
    }

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
        x.Tape.Observer?.Enter(this, x);
        Var<T> y = Contract(x, Use(x.Tape, useBias: true), order: 0, multiplier: null);
        x.Tape.Observer?.Leave(this, x, y);
        return y;
    }

    /// <summary>Computes the layer and its derivative along the input's direction: y' = Σ_i φ'_io(x_i)·x'_i.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        CheckInput(x.Value);
        ITapeObserver<T>? observer = x.Value.Tape.Observer;
        observer?.Enter(this, x.Value);
        Var<T> y = Contract(x.Value, Use(x.Value.Tape, useBias: true), order: 0, multiplier: null);
        Var<T> derivative = Contract(x.Value, Use(x.Value.Tape, useBias: false), order: 1, multiplier: x.Derivative.Node);
        observer?.Leave(this, x.Value, y);
        return new Jet<T>(y, derivative);
    }

    /// <summary>
    /// Predicts rows without a tape and, in steady state, without allocating. Several threads may predict with one layer at once, as long as
    /// none changes it.
    /// </summary>
    /// <param name="x">Inputs, row-major [rows, I].</param>
    /// <param name="y">Receives the outputs, row-major [rows, O]; must not overlap <paramref name="x"/>.</param>
    /// <param name="executor">Where many rows run; the process-wide executor by default. Few rows stay on the calling thread.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the spans overlap.</exception>
    public void Predict(ReadOnlySpan<T> x, Span<T> y, Executor? executor = null) => PredictRows(x, y, Inputs, executor);

    /// <summary>Copies the layer with its parameters and state.</summary>
    public KanLinear<T> Clone() => WithGrid(Options, Knots.Value.Clone(), Coefficients.Value.Clone());

    /// <summary>The same layer with other knots and coefficients, which become its own; all else is copied, frozen parameters stay frozen.</summary>
    internal KanLinear<T> WithGrid(KanLinearOptions options, Tensor<T> knots, Tensor<T> coefficients)
    {
        var copy = new KanLinear<T>(Inputs, Outputs, options, new KanLinearTensors<T>(
            knots, coefficients, BaseWeight?.Value.Clone(), EdgeScale?.Value.Clone(), Bias?.Value.Clone(), Mask?.Value.Clone()));
        foreach (((_, Parameter<T> source), (_, Parameter<T> target)) in Parameters().Zip(copy.Parameters()))
            target.Trainable = source.Trainable;
        return copy;
    }

    /// <summary>Share of the given inputs that lie outside the grid, per feature: where the spline continues instead of interpolating.</summary>
    /// <param name="x">Inputs [..., I].</param>
    /// <returns>I fractions between 0 and 1; NaN counts as outside.</returns>
    public double[] OutsideGrid(Tensor<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank == 0 || x.Shape.Last != Inputs)
            throw new ArgumentException($"The layer has {Inputs} inputs; the last axis of {x.Shape} must be {Inputs}.", nameof(x));
        int degree = Options.Basis.Degree;
        var outside = new double[Inputs];
        for (int input = 0; input < Inputs; input++)
        {
            ReadOnlySpan<T> knots = Knots.Value.Row(input);
            int count = 0;
            for (int row = 0; row < x.Shape.Rows; row++)
            {
                T value = x.Row(row)[input];
                if (!(value >= knots[degree] && value <= knots[^(degree + 1)]))
                    count++;
            }

            outside[input] = x.Shape.Rows == 0 ? 0 : (double)count / x.Shape.Rows;
        }

        return outside;
    }

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("KanLinear", features, Inputs);
        return new RowPlan(Outputs, (long)Inputs * (Outputs * (Options.Basis.Degree + 3L) + 2 * Activation.Cost));
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        if (rows < BatchPrediction<T>.FewestRows)
            EdgeSums<T>.Run(this, rows, x, y, executor);
        else
            BatchPrediction<T>.Run(this, rows, x, y, executor);
    }

    private void CheckInput(Var<T> x)
    {
        if (x.Shape.Rank == 0 || x.Shape.Last != Inputs)
            throw new ArgumentException($"KanLinear has {Inputs} inputs: its input must have shape [..., {Inputs}], not {x.Shape}.", nameof(x));
    }

    private LayerNodes<T> Use(Tape<T> tape, bool useBias) => new(
        tape.Use(Coefficients).Node,
        EdgeScale is null ? null : tape.Use(EdgeScale).Node,
        BaseWeight is null ? null : tape.Use(BaseWeight).Node,
        Mask is null ? default : new Buffer<T>(Mask.Value.Array, 0, Mask.Value.Shape.Count),
        useBias && Bias is not null ? tape.Use(Bias).Node : null,
        Outputs);

    private Var<T> Contract(Var<T> x, in LayerNodes<T> parts, int order, Node<T>? multiplier)
    {
        var node = x.Tape.Add<ContractionNode<T>>();
        node.Set(Table, BaseWeight is null ? null : Options.BaseActivation, x.Node, parts, order, multiplier);
        return new Var<T>(node);
    }

    /// <summary>Sizes of all edges over samples, [I, O], on the tape.</summary>
    internal Var<T> EdgeSizes(Var<T> x, EdgeSize size)
    {
        CheckInput(x);
        var node = x.Tape.Add<EdgeSizeNode<T>>();
        node.Set(Table, BaseWeight is null ? null : Options.BaseActivation, x.Node, Use(x.Tape, useBias: false), size);
        return new Var<T>(node);
    }

    /// <summary>Penalty on the coefficients, see <see cref="CoefficientPenaltyNode{T}"/>, on the tape.</summary>
    internal Var<T> CoefficientPenalty(Tape<T> tape, double magnitude, double difference, double smoothness)
    {
        var node = tape.Add<CoefficientPenaltyNode<T>>();
        node.Set(Use(tape, useBias: false), Knots.Value, magnitude, difference, smoothness);
        return new Var<T>(node);
    }

    private sealed record CompiledBasis(T[] Knots, LocalBasisTable<T> Table);
}
