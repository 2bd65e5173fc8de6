namespace KanSharp.Symbolics;

/// <summary>A product of two or more factors, none of them a product: at most one number, which stands first, then the numerator, then powers with negative number exponents. Equality includes the order.</summary>
public sealed record ProductExpression : Expression
{
    internal ProductExpression(Expression[] factors)
        : this(factors, Measure(6, factors))
    {
    }

    private ProductExpression(Expression[] factors, (int Hash, int Nodes, int Depth) measure)
        : base(measure.Hash, measure.Nodes, measure.Depth) => Factors = factors;

    /// <summary>The factors, in order.</summary>
    public IReadOnlyList<Expression> Factors { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Factors;

    /// <inheritdoc/>
    public bool Equals(ProductExpression? other) => ReferenceEquals(this, other) || (base.Equals(other) && Factors.SequenceEqual(other.Factors));

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => Product(children);
}
