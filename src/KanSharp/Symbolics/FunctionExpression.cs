namespace KanSharp.Symbolics;

/// <summary>An elementary function of the catalogue applied to an argument.</summary>
public sealed record FunctionExpression : Expression
{
    private readonly Expression[] _children;

    internal FunctionExpression(CatalogFunction function, Expression argument)
        : this(function, [argument], Measure(HashCode.Combine(8, function.Name), [argument]))
    {
    }

    private FunctionExpression(CatalogFunction function, Expression[] children, (int Hash, int Nodes, int Depth) measure)
        : base(measure.Hash, measure.Nodes, measure.Depth)
    {
        Function = function;
        _children = children;
    }

    /// <summary>The function.</summary>
    public CatalogFunction Function { get; }

    /// <summary>What it is applied to.</summary>
    public Expression Argument => _children[0];

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => _children;

    /// <inheritdoc/>
    public bool Equals(FunctionExpression? other) =>
        base.Equals(other) && Function.Name == other.Function.Name && Argument.Equals(other.Argument);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => new FunctionExpression(Function, children[0]);
}
