namespace KanSharp.Symbolics;

/// <summary>The place of a free constant in an expression that is being fitted; see <see cref="ConstantModel"/>.</summary>
internal sealed record ParameterExpression : Expression
{
    public ParameterExpression(int index)
        : base(HashCode.Combine(4, index), 1, 1) => Index = index;

    public int Index { get; }

    public override IReadOnlyList<Expression> Children => [];

    public bool Equals(ParameterExpression? other) => base.Equals(other) && Index == other.Index;

    public override int GetHashCode() => base.GetHashCode();

    internal override Expression Rebuild(IReadOnlyList<Expression> children) => this;
}
