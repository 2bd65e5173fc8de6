using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

internal static class InterimSimplify
{
    public static Expression Simplify(this Expression expression) => expression;
}
