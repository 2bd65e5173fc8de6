namespace KanSharp.Symbolics;

/// <summary>A power; with exponent 1/2 a square root, with a negative number as exponent a quotient.</summary>
public sealed record PowerExpression : Expression
{
    private readonly Expression[] _children;

    internal PowerExpression(Expression @base, Expression exponent)
        : this([@base, exponent], Measure(7, [@base, exponent]))
    {
    }

    private PowerExpression(Expression[] children, (int Hash, int Nodes, int Depth) measure)
        : base(measure.Hash, measure.Nodes, measure.Depth) => _children = children;

    /// <summary>The base.</summary>
    public Expression Base => _children[0];

    /// <summary>The exponent.</summary>
    public Expression Exponent => _children[1];

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => _children;

    /// <inheritdoc/>
    public bool Equals(PowerExpression? other) => base.Equals(other) && Base.Equals(other.Base) && Exponent.Equals(other.Exponent);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => Power(children[0], children[1]);
}
