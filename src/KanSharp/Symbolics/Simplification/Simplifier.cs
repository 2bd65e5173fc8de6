namespace KanSharp.Symbolics.Simplification;

/// <summary>
/// Applies the laws of <see cref="LawTable"/> to every node, leaves first, pass after pass until nothing changes. A law's result is taken only
/// if it is not more complex, so neither is the whole.
/// </summary>
internal static class Simplifier
{
    /// <summary>Nodes up to which the law of expansion is tried.</summary>
    private const int LargestExpansion = 60;

    public static Expression Simplify(Expression expression, SimplificationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumPasses, 1);
        if (expression.NodeCount > options.MaximumNodes)
            return expression;
        Expression current = expression;
        List<Expression> path = [expression];
        for (int pass = 0; pass < options.MaximumPasses; pass++)
        {
            Expression next = current.Transform(node => Expanded(Apply(node)));
            if (next.Equals(current))
                break;
            if (path.IndexOf(next) is int start and >= 0)
                return Best(path, start);
            path.Add(next);
            current = next;
        }

        return Best(path, path.Count - 1);
    }

    /// <summary>
    /// The last of the least complex; where the passes ended in a circle, the first in order of those in it, which does not depend on where the
    /// circle was entered.
    /// </summary>
    private static Expression Best(List<Expression> path, int circle)
    {
        int least = path.Min(e => e.Complexity);
        Expression[] round = [.. path.Skip(circle).Where(e => e.Complexity == least)];
        return round.Length > 0 ? round.Min(ExpressionOrder.Instance)! : path.FindLast(e => e.Complexity == least)!;
    }

    /// <summary>Every law once.</summary>
    private static Expression Apply(Expression node)
    {
        foreach (SimplificationLaw law in LawTable.All)
        {
            Expression next = law.Apply(node);
            if (!ReferenceEquals(next, node) && next.Complexity <= node.Complexity)
                node = next;
        }

        return node;
    }

    /// <summary>The law of expansion: products over sums multiplied out, if that is shorter in the end.</summary>
    private static Expression Expanded(Expression node)
    {
        if (node is not (SumExpression or ProductExpression) || node.NodeCount > LargestExpansion || !Expansion.CanExpand(node))
            return node;
        Expression expanded = Expansion.Of(node);
        for (int pass = 0; pass < 2; pass++)
            expanded = expanded.Transform(Apply);
        return expanded.Complexity < node.Complexity ? expanded : node;
    }
}
