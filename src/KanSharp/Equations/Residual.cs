using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>
/// An expression in variables, unknowns, derivatives and coefficients that is to be zero at points: the left less the right side of an equation. Written as text
/// (<c>u_t - 0.01*u_xx</c>, or with an equals sign) or as C# over values on a tape.
/// </summary>
public sealed class Residual
{
    private readonly Expression? _expression;
    private readonly Func<PointValues, Var<double>>? _code;

    private Residual(string text, Expression? expression, Func<PointValues, Var<double>>? code) => (Text, _expression, _code) = (text, expression, code);

    /// <summary>How the residual was written; the given name for code.</summary>
    public string Text { get; }

    /// <summary>The residual as an expression; null for code.</summary>
    public Expression? Expression => _expression;

    /// <summary>A residual from an expression, whose exact derivatives are taken symbolically.</summary>
    /// <param name="expression">Left less right side.</param>
    /// <param name="text">How it is shown; the expression by default.</param>
    public static Residual Of(Expression expression, string? text = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return new Residual(text ?? $"{expression} = 0", expression, null);
    }

    /// <summary>A residual from code: operations on the values at points, [N, 1].</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="code">Computes the residual, for example <c>at => at["u_xx"] + at["u_yy"] - at.Function(p => ...)</c>; always from the same derivatives.</param>
    public static Residual Of(string name, Func<PointValues, Var<double>> code)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(code);
        return new Residual(name, null, code);
    }

    /// <summary>A residual from text: <c>u_t = 0.1*u_xx</c>, or an expression that is to be zero.</summary>
    /// <param name="text">The text; primes are not understood here, write y_x or y_xx.</param>
    /// <exception cref="ExpressionFormatException">The text can not be read.</exception>
    public static Residual Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        string[] sides = text.Split('=');
        return sides.Length switch
        {
            1 => Of(Expression.Parse(text), text.Trim()),
            2 => Of(Expression.Parse(sides[0]) - Expression.Parse(sides[1]), text.Trim()),
            _ => throw new ArgumentException($"'{text}' has {sides.Length - 1} equals signs; an equation has one.", nameof(text)),
        };
    }

    /// <summary>Reads an equation from text.</summary>
    public static implicit operator Residual(string text) => Parse(text);

    /// <summary>Records the residual.</summary>
    /// <returns>[N, 1].</returns>
    internal Var<double> Record(PointValues values) => _code is not null ? _code(values) : values.Expression(_expression!);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
