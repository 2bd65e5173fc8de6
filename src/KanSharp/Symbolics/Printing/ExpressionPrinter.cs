namespace KanSharp.Symbolics.Printing;

/// <summary>From a format to its printer.</summary>
internal static class ExpressionPrinter
{
    public static string Print(Expression expression, ExpressionFormat format, PrintOptions options) => format switch
    {
        ExpressionFormat.Text => Infix(new TextDialect(), expression, options),
        ExpressionFormat.CSharp => Infix(new CodeDialect(sharp: true, expression.Variables), expression, options),
        ExpressionFormat.C => Infix(new CodeDialect(sharp: false, expression.Variables), expression, options),
        ExpressionFormat.Python => Infix(new PythonDialect(expression.Variables), expression, options),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"The formats are {string.Join(", ", Enum.GetNames<ExpressionFormat>())}."),
    };

    private static string Infix(InfixDialect dialect, Expression expression, PrintOptions options) =>
        new InfixPrinter(dialect, options).Print(expression).Text;
}
