namespace KanSharp.Symbolics.Printing;

/// <summary>From a format to its printer.</summary>
internal static class ExpressionPrinter
{
    public static string Print(Expression expression, ExpressionFormat format, PrintOptions options) =>
        Of(options.Names is { Count: > 0 } names ? Renamed(expression, names) : expression, format, options);

    private static string Of(Expression expression, ExpressionFormat format, PrintOptions options) => format switch
    {
        ExpressionFormat.Text => Infix(new TextDialect(), expression, options),
        ExpressionFormat.Latex => new MathPrinter(new LatexDialect(), options).Print(expression).Text,
        ExpressionFormat.MathML => MathMLDialect.Document(new MathPrinter(new MathMLDialect(), options).Print(expression).Text),
        ExpressionFormat.CSharp => Infix(new CodeDialect(sharp: true, expression.Variables), expression, options),
        ExpressionFormat.C => Infix(new CodeDialect(sharp: false, expression.Variables), expression, options),
        ExpressionFormat.Python => Infix(new PythonDialect(expression.Variables), expression, options),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"The formats are {string.Join(", ", Enum.GetNames<ExpressionFormat>())}."),
    };

    private static Expression Renamed(Expression expression, IReadOnlyDictionary<string, string> names) => expression.Transform(
        node => node is VariableExpression variable && names.TryGetValue(variable.Name, out string? other) ? Expression.Variable(other) : node);

    private static string Infix(InfixDialect dialect, Expression expression, PrintOptions options) =>
        new InfixPrinter(dialect, options).Print(expression).Text;
}
