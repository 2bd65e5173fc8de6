using KanSharp.Cli.Output;
using KanSharp.Equations.Problems;

namespace KanSharp.Cli.Solving;

/// <summary>The built-in problems.</summary>
internal static class SolveListing
{
    /// <summary>What stands in place of an equation.</summary>
    public const string Word = "list";

    public static int Write(bool asJson, Terminal terminal)
    {
        if (!asJson)
        {
            ResultTable.Pairs(terminal, [.. BuiltInProblems.All.Select(problem => (problem.Name, problem.Description))]);
            return ExitCode.Success;
        }

        JsonResult.Write(terminal.Out, json =>
        {
            json.WriteString("command", "solve list");
            json.WriteStartArray("problems");
            foreach (BuiltInProblem problem in BuiltInProblems.All)
            {
                json.WriteStartObject();
                json.WriteString("name", problem.Name);
                json.WriteString("description", problem.Description);
                json.WriteBoolean("solution_known", problem.Truth is not null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return ExitCode.Success;
    }
}
