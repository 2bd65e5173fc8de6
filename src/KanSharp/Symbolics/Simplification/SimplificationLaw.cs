namespace KanSharp.Symbolics.Simplification;

/// <summary>A law of simplification with an example that shows what it does.</summary>
/// <param name="Number">Its number in the table.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Before">An expression to which it applies.</param>
/// <param name="After">What becomes of that expression.</param>
/// <param name="Apply">The node after the law; the same object where it does not apply.</param>
internal sealed record SimplificationLaw(int Number, string Statement, string Before, string After, Func<Expression, Expression> Apply);
