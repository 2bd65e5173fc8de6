namespace KanSharp.Symbolics;

/// <summary>A named mathematical constant: π (<see cref="Expression.Pi"/>) or e (<see cref="Expression.E"/>).</summary>
public sealed record ConstantExpression : Expression
{
    internal ConstantExpression(string name, double value)
        : base(HashCode.Combine(2, value), 1, 1)
    {
        Name = name;
        Value = value;
    }

    /// <summary><c>pi</c> or <c>e</c>, as in the infix text.</summary>
    public string Name { get; }

    /// <summary>The value as a double.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [];

    /// <inheritdoc/>
    public bool Equals(ConstantExpression? other) => base.Equals(other) && Value.Equals(other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => this;
}
