namespace KanSharp.Symbolics;

/// <summary>A sum of two or more terms, none of them a sum. Equality includes the order.</summary>
public sealed record SumExpression : Expression
{
    internal SumExpression(Expression[] terms)
        : this(terms, Measure(5, terms))
    {
    }

    private SumExpression(Expression[] terms, (int Hash, int Nodes, int Depth) measure)
        : base(measure.Hash, measure.Nodes, measure.Depth) => Terms = terms;

    /// <summary>The terms, in order.</summary>
    public IReadOnlyList<Expression> Terms { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => Terms;

    /// <inheritdoc/>
    public bool Equals(SumExpression? other) => ReferenceEquals(this, other) || (base.Equals(other) && Terms.SequenceEqual(other.Terms));

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => Sum(children);
}
