using KanSharp.Symbolics;
using KanSharp.Symbolics.Simplification;

namespace KanSharp.Tests.Docs;

/// <summary>The C# block and the tables of docs/expressions.md.</summary>
public sealed class ExpressionSnippets : SnippetTestBase
{
    [Fact]
    public void Expressions()
    {
        // begin snippet: expressions
        Expression mass = Expression.Parse("m_0/sqrt(1 - v^2/c^2)");
        Console.WriteLine(mass.Differentiate("v").Simplify());
        Console.WriteLine(mass.Print(ExpressionFormat.Latex));
        double[] y = mass.Compile(["m_0", "v", "c"]).Evaluate([1, 0.6, 1, 2, 0.8, 1]); // two rows of three columns
        ConstantModel model = new(Expression.Parse("1.9*exp(-0.5*v^2)"), ["v"]);
        double[] values = new double[2], slopes = new double[2 * model.Count];
        model.Evaluate([0.1, 0.2], [2, -0.5], values, slopes); // values and derivatives with respect to both constants
        FunctionCatalog catalog = FunctionCatalog.Standard.With("bump", "exp(-x^2)*cos(3*x)", complexity: 6);
        // end snippet
        Assert.Equal(1.25, y[0], 1e-14);
        Assert.Equal(2 * 2 / 1.2, y[1], 1e-14);
        Assert.Equal(Math.Exp(-0.005), slopes[0], 1e-15);
        Assert.Equal(1, catalog["bump"].Evaluate(0));
        Assert.Equal("m_0*v/(c^2*(1 - (v/c)^2)^(3/2))" + Environment.NewLine + @"\frac{m_{0}}{\sqrt{1 - \frac{v^{2}}{c^{2}}}}" + Environment.NewLine, Printed);
    }

    [Fact]
    public void The_tables_are_those_of_the_library()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Workplace.Root, "docs", "expressions.md"));
        Assert.Equal([.. FunctionCatalog.Standard.Select(Row)], lines.Where(l => l.StartsWith("| `", StringComparison.Ordinal)));
        Assert.Equal([.. LawTable.All.Select(l => $"| {l.Number} | {l.Statement} | `{l.Before}` | `{l.After}` |".Replace("|u|", "\\|u\\|", StringComparison.Ordinal)
            .Replace("|c*u|", "\\|c*u\\|", StringComparison.Ordinal).Replace("|c|", "\\|c\\|", StringComparison.Ordinal))],
            lines.Where(l => l.Length > 2 && l[0] == '|' && char.IsAsciiDigit(l[2])));
    }

    private static string Row(CatalogFunction f) =>
        $"| `{f.Name}` | {string.Join(", ", f.Aliases.Select(a => $"`{a}`"))} | {f.Complexity} | {(f.Family == f.Name ? "" : f.Family)} | {f.Domain.Text.Replace("|", "\\|", StringComparison.Ordinal)} | `{f.Apply(Expression.Variable("x"), 1.7)}` |";
}
