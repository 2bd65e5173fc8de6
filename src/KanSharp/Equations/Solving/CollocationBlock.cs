using KanSharp.Autodiff;
using KanSharp.Equations.Residuals;
using KanSharp.Layers;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Solving;

/// <summary>Points at which the same residuals are to vanish, with the derivatives that they need and the factors that their values are multiplied by.</summary>
internal sealed class CollocationBlock
{
    private readonly ProblemNames _names;
    private readonly Residual[] _residuals;
    private readonly FieldParts[] _fields;
    private readonly NetworkInputs? _inputs;
    private readonly double[]?[][]? _features;
    private readonly Dictionary<Expression, CompiledResidual> _compiled;

    /// <param name="name">What messages call it.</param>
    /// <param name="names">Meaning of names.</param>
    /// <param name="residuals">What is to vanish.</param>
    /// <param name="points">[N, d].</param>
    /// <param name="normals">Outward normals [N, d]; null inside.</param>
    /// <param name="fields">How unknowns are made at points with the derivatives of a shape.</param>
    /// <param name="weight">Weight of the mean square of every residual.</param>
    /// <param name="inputs">What the network sees of a point; the variables if null.</param>
    /// <param name="compiled">Compiled expressions of the run, to be used again; null for the block's own.</param>
    public CollocationBlock(
        string name, ProblemNames names, IReadOnlyList<Residual> residuals, Tensor<double> points, Tensor<double>? normals,
        Func<Tensor<double>, JetShape, FieldParts[]> fields, double weight, NetworkInputs? inputs = null,
        Dictionary<Expression, CompiledResidual>? compiled = null)
    {
        _compiled = compiled ?? [];
        (Name, _names, _residuals, Points, Normals) = (name, names, [.. residuals], points, normals);
        Derivatives = Needs();
        Shape = JetShape.Of(Derivatives.Select(derivative => derivative.Partial));
        Factors = new double[points.Shape[0]];
        Weight = weight;
        _fields = fields(points, Shape);
        _inputs = inputs;
        _features = inputs?.Prepare(points, Shape);
    }

    public string Name { get; }

    public Tensor<double> Points { get; }

    public Tensor<double>? Normals { get; }

    /// <summary>Derivatives of the unknowns that occur in the residuals.</summary>
    public IReadOnlySet<FieldDerivative> Derivatives { get; }

    /// <summary>These and all below them.</summary>
    public JetShape Shape { get; }

    public int Count => Points.Shape[0];

    public int ResidualCount => _residuals.Length;

    public IReadOnlyList<Residual> Residuals => _residuals;

    /// <summary>Factor of the residuals of every point: the root of its share of the loss.</summary>
    public double[] Factors { get; }

    /// <summary>Weight of the mean square of every residual.</summary>
    public double Weight
    {
        get;
        set
        {
            field = value;
            Array.Fill(Factors, Math.Sqrt(value / Factors.Length));
        }
    }

    /// <summary>Records the residuals of some of the points.</summary>
    /// <param name="tape">The tape, empty.</param>
    /// <param name="module">From points [N, d] to as many outputs as unknowns.</param>
    /// <param name="coefficients">The unknown coefficients.</param>
    /// <param name="start">First point.</param>
    /// <param name="count">Number of points.</param>
    /// <param name="residuals">Receives one column [count, 1] for each residual.</param>
    public void Record(Tape<double> tape, Module<double> module, IReadOnlyList<Parameter<double>> coefficients, int start, int count, Span<Var<double>> residuals)
    {
        var numbers = new Var<double>[coefficients.Count];
        for (int index = 0; index < numbers.Length; index++)
            numbers[index] = CoefficientNode.Record(tape, coefficients[index], count);
        int dimension = Points.Shape[1];
        Jet<double> x = _inputs is null
            ? Jet<double>.Seed(tape.Constant(Points.Span.Slice(start * dimension, count * dimension), new Shape(count, dimension)), Shape)
            : _inputs.Record(tape, Points, _features, Shape, start, count);
        Jet<double> y = module.Forward(x);
        if (y.Value.Shape.Last != _fields.Length)
            throw new ArgumentException($"The network has {y.Value.Shape.Last} outputs; the problem has {_fields.Length} unknowns ({string.Join(", ", _names.Unknowns)}).", nameof(module));
        var fields = new Jet<double>?[_fields.Length];
        PointValues values = Values(tape, start, count, numbers, derivative => (fields[derivative.Field] ??= Field(y, derivative.Field, start, count))[derivative.Partial], null);
        for (int index = 0; index < _residuals.Length; index++)
        {
            Var<double> residual = _residuals[index].Record(values);
            residuals[index] = residual.Shape.Count == count
                ? residual
                : throw new ArgumentException($"The residual '{_residuals[index]}' has shape {residual.Shape} for {count} points; it must be a column [{count}, 1].");
        }
    }

    /// <summary>The derivatives that the residuals ask for, found by computing them at one point with zeros.</summary>
    private HashSet<FieldDerivative> Needs()
    {
        var asked = new HashSet<FieldDerivative>();
        var tape = new Tape<double> { RecordsGradients = false };
        Var<double> zero = tape.Constant([0.0], new Shape(1, 1));
        PointValues values = Values(tape, 0, 1, [.. _names.Coefficients.Select(_ => zero)], _ => zero, asked);
        foreach (Residual residual in _residuals)
            residual.Record(values);
        return asked;
    }

    private PointValues Values(Tape<double> tape, int start, int count, Var<double>[] coefficients, Func<FieldDerivative, Var<double>> find, HashSet<FieldDerivative>? asked)
    {
        int dimension = Points.Shape[1];
        return new PointValues(
            _names, tape, Points.Array.AsMemory(start * dimension, count * dimension),
            Normals is null ? default : Normals.Array.AsMemory(start * dimension, count * dimension), coefficients, find, _compiled, asked, start);
    }

    /// <summary>An unknown with its derivatives.</summary>
    private Jet<double> Field(Jet<double> y, int field, int start, int count) =>
        _fields[field].Of(_fields.Length == 1 ? y : y.Slice(-1, field, 1), start, count);
}
