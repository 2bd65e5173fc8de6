using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Equations;
using KanSharp.Training;

namespace KanSharp.Cli.Solving;

/// <summary>What solving came to.</summary>
/// <param name="Settings">What was asked for.</param>
/// <param name="Solution">The solution.</param>
/// <param name="Error">Relative L2 and largest error against the known solution; null without.</param>
/// <param name="Formulas">Formulas, where they were looked for.</param>
/// <param name="FormulaResidual">What the equations leave with the formulas in them.</param>
/// <param name="Warnings">What is unusual about the problem.</param>
/// <param name="History">Where the solver stood, step by step.</param>
internal sealed record SolveOutcome(
    SolveSettings Settings, EquationSolution Solution, (double Relative, double Largest)? Error, IReadOnlyList<SolutionFormula> Formulas, double? FormulaResidual,
    IReadOnlyList<string> Warnings, IReadOnlyList<SolveProgress> History)
{
    /// <summary>Files that were written.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public SolveReport Report => Solution.Report;

    /// <summary>What people should know.</summary>
    public IReadOnlyList<string> Notes => [.. Warnings, .. Report.Notes];

    /// <summary>Why the work ended, in words.</summary>
    public string Ending => Report.StopReason switch
    {
        StopReason.Converged => "no step lowers the residual any more",
        StopReason.TimeLimit => "the time was up (--time-limit); this is the best so far",
        StopReason.Cancelled => "it was cancelled; this is the best so far",
        StopReason.Diverged => "a residual was not finite; this is the best before",
        _ => "all stages were done",
    };

    /// <summary>The result as members of a JSON object.</summary>
    public void Members(Utf8JsonWriter json)
    {
        EquationProblem problem = Solution.Problem;
        json.WriteString("command", "solve");
        json.WriteString("problem", problem.Name);
        json.Texts("equations", problem.Equations.Select(equation => equation.Text));
        json.WriteString("domain", problem.Domain.ToString());
        json.Texts("unknowns", problem.Unknowns);
        json.Number("residual", Report.Residual);
        json.Number("max_residual", Report.MaxResidual);
        json.Number("relative_l2_error", Error?.Relative);
        json.Number("max_error", Error?.Largest);
        json.Number("error_estimate", Report.ErrorEstimate);
        json.WriteNumber("parameters", Report.Parameters);
        json.WriteNumber("points", Report.Points);
        json.WriteNumber("iterations", Report.Iterations);
        json.Number("seconds", Report.Seconds);
        json.WriteString("stop_reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(Report.StopReason.ToString()));
        json.WriteNumber("seed", Settings.Seed);
        json.WriteStartObject("coefficients");
        foreach ((string name, double value) in Solution.Coefficients)
            json.Number(name, value);
        json.WriteEndObject();
        json.WriteStartArray("conditions");
        foreach ((string condition, double? value) in Report.BuiltIn.Select(text => (text, (double?)null)).Concat(Report.Conditions.Select(pair => (pair.Key, (double?)pair.Value))))
        {
            json.WriteStartObject();
            json.WriteString("condition", condition);
            json.WriteBoolean("built_in", value is null);
            json.Number("rms", value ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFormulas(json);
        json.Texts("notes", Notes);
        json.Texts("files", Files);
    }

    private void WriteFormulas(Utf8JsonWriter json)
    {
        json.WriteStartArray("formulas");
        foreach (SolutionFormula formula in Formulas)
        {
            json.WriteStartObject();
            json.WriteString("unknown", formula.Unknown);
            json.WriteString("formula", formula.Formula.ToString());
            json.Number("rmse", formula.Rmse);
            json.Number("relative_error", formula.RelativeError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (Formulas.Count > 0)
            json.Number("formula_residual", FormulaResidual);
    }
}
