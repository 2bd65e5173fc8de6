using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interchange.Lowering;

/// <summary>One step of a lowered model: columns of a row to columns.</summary>
/// <param name="Inputs">Columns that it takes.</param>
/// <param name="Outputs">Columns that it gives.</param>
internal abstract record LoweredStep(int Inputs, int Outputs);

/// <summary>Some columns in another order.</summary>
internal sealed record SelectStep(int Width, IReadOnlyList<int> Columns) : LoweredStep(Width, Columns.Count);

/// <summary>y_i = (x_i − Center_i)·Factor_i + Shift_i.</summary>
internal sealed record AffineStep(double[] Center, double[] Factor, double[] Shift) : LoweredStep(Center.Length, Center.Length);

/// <summary>The row to mean 0 and variance 1 (over n, not n − 1), then times Weight plus Bias: y = (x − mean)/√(var + Epsilon)·Weight + Bias.</summary>
internal sealed record RowNormStep(double Epsilon, double[] Weight, double[] Bias) : LoweredStep(Weight.Length, Weight.Length);

/// <summary>A function of every column.</summary>
internal sealed record ActivationStep(int Width, Activation Function) : LoweredStep(Width, Width);

/// <summary>
/// Sums over edges, y_o = Bias_o + Σ_i ( BaseWeight_io·b(x_i) + Σ_n Coefficients_ino·φ_n(p(x)_i) ) + Σ over symbolic edges. Where <see cref="BaseOnRawInput"/> is false,
/// the base branch sees p(x), too.
/// </summary>
internal sealed record EdgeStep(int Inputs, int Outputs) : LoweredStep(Inputs, Outputs)
{
    /// <summary>p: what is done to the inputs first, steps that keep the number of columns; usually none.</summary>
    public IReadOnlyList<LoweredStep> Mapping { get; init; } = [];

    /// <summary>The functions φ; null if there are no numeric edges.</summary>
    public LoweredBasis? Basis { get; init; }

    /// <summary>[I, N, O], row-major; empty without numeric edges. For wavelets N = 1.</summary>
    public double[] Coefficients { get; init; } = [];

    /// <summary>b; null without a base branch.</summary>
    public Activation? BaseActivation { get; init; }

    /// <summary>[I, O], row-major; empty without a base branch.</summary>
    public double[] BaseWeight { get; init; } = [];

    /// <summary>Whether the base branch sees the inputs as they come.</summary>
    public bool BaseOnRawInput { get; init; }

    /// <summary>[O], zeros without a bias.</summary>
    public required double[] Bias { get; init; }

    /// <summary>Edges that are formulas; they see the inputs as they come. None if empty.</summary>
    public IReadOnlyList<LoweredEdge> Symbolic { get; init; } = [];
}

/// <summary>A symbolic edge.</summary>
/// <param name="Input">Column that it reads.</param>
/// <param name="Output">Sum that it is added to.</param>
/// <param name="Function">Its function of the variable <see cref="Variable"/>, constants written out.</param>
internal sealed record LoweredEdge(int Input, int Output, Expression Function)
{
    /// <summary>Name of the variable of <see cref="Function"/>.</summary>
    public const string Variable = "x";
}

/// <summary>Sub-nodes to nodes: u = SubnodeScale·x + SubnodeBias; the first Sums of u are nodes, each further node is the product of as many consecutive u as its arity says; y = NodeScale·node + NodeBias.</summary>
internal sealed record NodeStep(int Sums, IReadOnlyList<int> Arities, double[] SubnodeScale, double[] SubnodeBias, double[] NodeScale, double[] NodeBias)
    : LoweredStep(SubnodeScale.Length, NodeScale.Length);

/// <summary>y = x·Wᵀ + b with W [O, I], row-major, and b [O].</summary>
internal sealed record DenseStep(int Inputs, int Outputs, double[] Weight, double[] Bias) : LoweredStep(Inputs, Outputs);

/// <summary>Logits to probabilities: softmax over the columns, or, from one column z, the pair σ(−z), σ(z).</summary>
internal sealed record ProbabilityStep(int Logits) : LoweredStep(Logits, Logits == 1 ? 2 : Logits)
{
    /// <summary>Whether there is one logit for two classes.</summary>
    public bool IsBinary => Logits == 1;
}

/// <summary>Formulas of the columns.</summary>
/// <param name="Variables">Names of the columns in the formulas, in their order.</param>
/// <param name="Results">One formula for each result.</param>
internal sealed record FormulaStep(IReadOnlyList<string> Variables, IReadOnlyList<Expression> Results) : LoweredStep(Variables.Count, Results.Count);
