using KanSharp.Autodiff;
using KanSharp.Equations.Residuals;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>
/// What a residual is computed from: the values of variables, unknowns, their derivatives and coefficients at a set of points, as columns [N, 1] on a tape. Names are
/// those of <see cref="ProblemNames"/>.
/// </summary>
public sealed class PointValues
{
    private readonly Dictionary<FieldDerivative, Var<double>> _derivatives = [];
    private readonly HashSet<FieldDerivative>? _asked;
    private readonly Func<FieldDerivative, Var<double>> _find;
    private readonly IReadOnlyList<Var<double>> _coefficients;
    private readonly Dictionary<Expression, CompiledResidual> _compiled;
    private readonly ReadOnlyMemory<double> _points;
    private readonly ReadOnlyMemory<double> _normals;

    internal PointValues(
        ProblemNames names, Tape<double> tape, ReadOnlyMemory<double> points, ReadOnlyMemory<double> normals, IReadOnlyList<Var<double>> coefficients,
        Func<FieldDerivative, Var<double>> find, Dictionary<Expression, CompiledResidual> compiled, HashSet<FieldDerivative>? asked = null, int start = 0)
    {
        Start = start;
        (Names, Tape, _points, _normals, _coefficients, _find, _compiled, _asked) = (names, tape, points, normals, coefficients, find, compiled, asked);
        Count = points.Length / names.Variables.Count;
    }

    /// <summary>The names.</summary>
    public ProblemNames Names { get; }

    /// <summary>The tape.</summary>
    public Tape<double> Tape { get; }

    /// <summary>Number of the first of these points among all points of their block: residuals are computed in passes.</summary>
    public int Start { get; }

    /// <summary>Number of points N.</summary>
    public int Count { get; }

    /// <summary>A variable, unknown, derivative, coefficient or component of the normal by name: <c>at["u_xx"]</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">Nothing has that name.</exception>
    public Var<double> this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            if (Names.Axis(name) is >= 0 and var axis)
                return Column(_points, axis);
            if (Names.Coefficient(name) is >= 0 and var coefficient)
                return _coefficients[coefficient];
            if (Names.Explain(name, out FieldDerivative derivative) is not { } problem)
                return this[derivative];
            if (Names.NormalAxis(name) is >= 0 and var normal)
                return !_normals.IsEmpty ? Column(_normals, normal) : throw new ArgumentException($"'{name}' is a component of the normal, which only points on the boundary have.", nameof(name));
            throw new ArgumentException(problem + ".", nameof(name));
        }
    }

    /// <summary>An unknown or a derivative of one.</summary>
    public Var<double> this[FieldDerivative derivative]
    {
        get
        {
            _asked?.Add(derivative);
            if (!_derivatives.TryGetValue(derivative, out Var<double> value))
                _derivatives[derivative] = value = _find(derivative);
            return value;
        }
    }

    /// <summary>A given function of the variables as a constant column.</summary>
    /// <param name="function">The function of a point, whose coordinates come in the order of the domain's variables.</param>
    public Var<double> Function(Func<ReadOnlyMemory<double>, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        int dimension = Names.Variables.Count;
        var values = new double[Count];
        for (int row = 0; row < Count; row++)
            values[row] = function(_points.Slice(row * dimension, dimension));
        return Tape.Constant(values, new Shape(Count, 1));
    }

    /// <summary>An expression of variables, unknowns, derivatives and coefficients; its derivatives with respect to them are exact.</summary>
    /// <param name="expression">The expression.</param>
    /// <exception cref="ArgumentException">It contains a name without meaning.</exception>
    public Var<double> Expression(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        if (!_compiled.TryGetValue(expression, out CompiledResidual? compiled))
            _compiled[expression] = compiled = new CompiledResidual(expression);
        var columns = new Node<double>[compiled.Variables.Count];
        for (int index = 0; index < columns.Length; index++)
            columns[index] = this[compiled.Variables[index]].Node;
        return ExpressionNode.Record(compiled, columns, Tape, Count);
    }

    private Var<double> Column(ReadOnlyMemory<double> rows, int axis)
    {
        int dimension = Names.Variables.Count;
        var column = new double[Count];
        for (int row = 0; row < Count; row++)
            column[row] = rows.Span[row * dimension + axis];
        return Tape.Constant(column, new Shape(Count, 1));
    }
}
