namespace KanSharp.Symbolics;

/// <summary>
/// A formula: an immutable tree with structural equality. Nodes are numbers, the constants π and e, variables, sums, products, powers and
/// functions of the catalogue. A difference is a sum with a factor −1, a quotient a product with a negative power, a root a power of 1/2.
/// </summary>
/// <remarks>
/// The operators keep a light normal form: sums and products are flat, numbers in them are collected (exactly where they are rational),
/// 0 and 1 vanish, and the factors of a product stand as number, numerator, denominator. Everything beyond that is
/// <see cref="Simplify"/>. <see cref="object.ToString"/> is the infix text, which <see cref="Parse"/> reads back.
/// </remarks>
public abstract partial record Expression
{
    /// <summary>Deepest nesting of an expression.</summary>
    public const int MaximumDepth = 1000;

    private readonly int _hash;
    private int _complexity;

    private protected Expression(int hash, int nodeCount, int depth)
    {
        if (depth > MaximumDepth)
            throw new InvalidOperationException($"The expression is nested {depth} deep, allowed are {MaximumDepth}. Split it into parts.");
        _hash = hash;
        NodeCount = nodeCount;
        Depth = depth;
    }

    /// <summary>Number of nodes of the tree, 1 for a leaf.</summary>
    public int NodeCount { get; }

    /// <summary>Length of the longest path to a leaf, 1 for a leaf.</summary>
    public int Depth { get; }

    /// <summary>The nodes directly below, in order; empty for a leaf.</summary>
    public abstract IReadOnlyList<Expression> Children { get; }

    /// <summary>Names of the variables in it, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Variables
    {
        get
        {
            SortedSet<string> names = new(StringComparer.Ordinal);
            HashSet<Expression> seen = [];
            Collect(this);
            return [.. names];

            void Collect(Expression node)
            {
                if (node is VariableExpression variable)
                    names.Add(variable.Name);
                else if (node.Children.Count > 0 && seen.Add(node))
                    foreach (Expression child in node.Children)
                        Collect(child);
            }
        }
    }

    /// <summary>
    /// Size for tables of formulas. A variable, number or constant counts 1, each operator (+ − · / ^) 1, a function its
    /// <see cref="CatalogFunction.Complexity"/>, at least 1; √ counts 2. A leading minus counts 1, a quotient without numerator 2.
    /// </summary>
    public int Complexity
    {
        get
        {
            // computed at first; two threads may both do so, with the same result
            if (_complexity == 0)
                _complexity = ExpressionComplexity.Of(this);
            return _complexity;
        }
    }

    /// <summary>True if the trees are equal node by node.</summary>
    public virtual bool Equals(Expression? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && NodeCount == other.NodeCount && EqualityContract == other.EqualityContract);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The infix text of <see cref="ExpressionFormat.Text"/>.</summary>
    public sealed override string ToString() => Print(ExpressionFormat.Text);

    /// <summary>The same node over other children.</summary>
    internal abstract Expression Rebuild(IReadOnlyList<Expression> children);

    /// <summary>Every node of the tree, children before parents, each after what <paramref name="change"/> made of those below.</summary>
    internal Expression Transform(Func<Expression, Expression> change)
    {
        Dictionary<Expression, Expression> done = [];
        return Visit(this);

        Expression Visit(Expression node)
        {
            if (node.Children.Count == 0)
                return change(node);
            if (done.TryGetValue(node, out Expression? known))
                return known;
            Expression[] children = new Expression[node.Children.Count];
            bool same = true;
            for (int i = 0; i < children.Length; i++)
            {
                children[i] = Visit(node.Children[i]);
                same &= ReferenceEquals(children[i], node.Children[i]);
            }

            Expression result = change(same ? node : node.Rebuild(children));
            done.Add(node, result);
            return result;
        }
    }

    private protected static (int Hash, int Nodes, int Depth) Measure(int kind, IReadOnlyList<Expression> children)
    {
        HashCode hash = default;
        hash.Add(kind);
        int nodes = 1, depth = 0;
        foreach (Expression child in children)
        {
            hash.Add(child._hash);
            nodes = (int)Math.Min(int.MaxValue, (long)nodes + child.NodeCount);
            depth = Math.Max(depth, child.Depth);
        }

        return (hash.ToHashCode(), nodes, depth + 1);
    }
}
