namespace KanSharp.Symbolics;

/// <summary>A variable. Its name may be any text, such as the name of a column with a unit; the infix text quotes it where needed.</summary>
public sealed record VariableExpression : Expression
{
    internal VariableExpression(string name)
        : base(HashCode.Combine(3, name), 1, 1) => Name = name;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children => [];

    /// <inheritdoc/>
    public bool Equals(VariableExpression? other) => base.Equals(other) && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => this;
}
