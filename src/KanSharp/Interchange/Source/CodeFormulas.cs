using KanSharp.Symbolics;
using KanSharp.Symbolics.Functions;
using KanSharp.Symbolics.Printing;

namespace KanSharp.Interchange.Source;

/// <summary>Expressions in C# and C: computed in double precision, functions that the language lacks written along.</summary>
internal static class CodeFormulas
{
    /// <summary>Prints an expression as a number of the file's precision.</summary>
    /// <param name="context">The file.</param>
    /// <param name="formula">The expression.</param>
    /// <param name="names">Local variables, identifiers of the language, by name of the variable.</param>
    public static string Print(CodeContext context, Expression formula, IReadOnlyDictionary<string, string> names)
    {
        CodeStyle s = context.Style;
        HashSet<FunctionKind> used = [];
        Collect(formula, used);
        if (used.Contains(FunctionKind.Erf) && s.IsSharp)
            CodeFunctions.Erf(context);
        if (used.Contains(FunctionKind.BesselJ0) || used.Contains(FunctionKind.BesselJ1))
            CodeFunctions.Bessel(context);
        Expression renamed = formula.Transform(node => node is VariableExpression variable && names.TryGetValue(variable.Name, out string? other) ? Expression.Variable(other) : node);
        var dialect = new CodeDialect(s.IsSharp, renamed.Variables, s.Id);
        return s.FromDouble(new InfixPrinter(dialect, PrintOptions.Default).Print(renamed).Text);
    }

    private static void Collect(Expression node, HashSet<FunctionKind> used)
    {
        if (node is FunctionExpression call)
            used.Add(call.Function.Kind);
        foreach (Expression child in node.Children)
            Collect(child, used);
    }
}
