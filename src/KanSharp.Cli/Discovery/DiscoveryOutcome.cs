using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Interpretation;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Cli.Discovery;

/// <summary>What a search came to.</summary>
internal sealed record DiscoveryOutcome(DiscoverySettings Settings, DiscoveryInput Input, DiscoveryResult Result)
{
    public string Target => Input.Encoding.Target.Columns[0];

    public FormulaCandidate Pick => Result.Pick;

    /// <summary>The pick with all digits.</summary>
    public string Equation => Formulas.Equation(Target, Pick.Formula);

    /// <summary>Which rows chose among the formulas.</summary>
    public string Chosen => ReferenceEquals(Result.Train, Result.Validation)
        ? $"all {Show.Count(Result.Validation.Count)} rows, which the formulas were also fitted to"
        : $"{Show.Count(Result.Validation.Count)} rows that no formula was fitted to";

    /// <summary>Why the search ended, in words.</summary>
    public string Ending => Result.Reason switch
    {
        StopReason.Converged => "nothing better can be found",
        StopReason.TimeLimit => "the time was up (--time-limit)",
        StopReason.Cancelled => "it was cancelled; this is the best so far",
        _ => "everything was tried",
    };

    /// <summary>A hint where the formula is nothing but another column.</summary>
    public string? Copy => Pick.Formula is VariableExpression column
        ? $"'{Target}' repeats column '{column.Name}'; --exclude {column.Name} looks for a formula without it"
        : null;

    /// <summary>What people should know.</summary>
    public IReadOnlyList<string> Notes => Copy is null ? Result.Notes : [.. Result.Notes, Copy];

    /// <summary>The result as members of a JSON object.</summary>
    public void Members(Utf8JsonWriter json)
    {
        json.WriteString("command", "discover");
        json.WriteString("data", Settings.Data);
        json.WriteString("target", Target);
        json.WriteString("formula", Pick.Formula.ToString());
        json.Number("rmse", Result.Rmse);
        json.Number("r2", Result.R2);
        json.WriteNumber("complexity", Pick.Complexity);
        json.Number("seconds", Result.Elapsed.TotalSeconds);
        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(Result.Reason.ToString()));
        json.WriteNumber("seed", Settings.Seed);
        json.WriteStartObject("rows");
        json.WriteNumber("train", Result.Train.Count);
        json.WriteNumber("validation", ReferenceEquals(Result.Train, Result.Validation) ? 0 : Result.Validation.Count);
        json.WriteNumber("dropped", Input.Report.DroppedRows);
        json.WriteEndObject();
        json.Members("hall_of_fame", Result.Hall.Best, Pick);
        json.WriteStartArray("steps");
        foreach (DiscoveryStep step in Result.Steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            json.WriteString("message", step.Message);
            json.Number("rmse", step.Rmse);
            json.Number("seconds", step.Elapsed.TotalSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Texts("notes", Notes);
    }
}
