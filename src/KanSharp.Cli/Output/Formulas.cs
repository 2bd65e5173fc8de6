using System.Text.Json;
using KanSharp.Interpretation;
using KanSharp.Symbolics;

namespace KanSharp.Cli.Output;

/// <summary>Formulas as lines, rows of a table and members of a JSON object.</summary>
internal static class Formulas
{
    private const int ShortDigits = 5, OtherColumns = 48, Narrowest = 24;

    /// <summary>Infix text with numbers rounded for reading.</summary>
    public static string Short(Expression formula, int digits = ShortDigits) => formula.Print(ExpressionFormat.Text, new PrintOptions { Digits = digits });

    /// <summary>Infix text that fits into a table whose other columns take <paramref name="others"/> characters.</summary>
    public static string Cell(Terminal terminal, Expression formula, int others) => ResultTable.Cut(Short(formula), Math.Max(Narrowest, terminal.Width - others));

    /// <summary>name = formula, with all digits.</summary>
    public static string Equation(string name, Expression formula) => $"{Expression.Variable(name)} = {formula}";

    /// <summary>The formulas that no simpler one beats, and the pick, which has a mark.</summary>
    public static void Table(Terminal terminal, IReadOnlyList<FormulaCandidate> candidates, FormulaCandidate? pick)
    {
        ResultTable.Write(
            terminal,
            ["formula", "complexity", "RMSE", "R²", ""],
            [
                .. Front(candidates).Concat(pick is null ? [] : [pick]).Distinct().OrderBy(candidate => candidate.Complexity).Select(candidate => (string[])
                [
                    Cell(terminal, candidate.Formula, OtherColumns), Show.Count(candidate.Complexity), Show.Value(candidate.Rmse), Show.Share(candidate.R2), ReferenceEquals(candidate, pick) ? "<- pick" : "",
                ]),
            ]);
    }

    /// <summary>All formulas, as an array.</summary>
    public static void Members(this Utf8JsonWriter json, string name, IReadOnlyList<FormulaCandidate> candidates, FormulaCandidate? pick)
    {
        json.WriteStartArray(name);
        foreach (FormulaCandidate candidate in candidates)
        {
            json.WriteStartObject();
            json.WriteString("formula", candidate.Formula.ToString());
            json.WriteNumber("complexity", candidate.Complexity);
            json.Number("rmse", candidate.Rmse);
            json.Number("r2", candidate.R2);
            json.WriteString("origin", candidate.Origin);
            json.WriteBoolean("pick", ReferenceEquals(candidate, pick));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Those that none before, all of them as simple, equals in error.</summary>
    private static List<FormulaCandidate> Front(IReadOnlyList<FormulaCandidate> candidates)
    {
        var front = new List<FormulaCandidate>();
        foreach (FormulaCandidate candidate in candidates.OrderBy(candidate => candidate.Complexity).ThenBy(candidate => candidate.Rmse))
        {
            if (front.Count == 0 || candidate.Rmse < front[^1].Rmse)
                front.Add(candidate);
        }

        return front;
    }
}
