using System.Globalization;
using KanSharp.Cli.Output;
using KanSharp.Equations;

namespace KanSharp.Cli.Solving;

/// <summary>Prints the result of solving.</summary>
internal static class SolveText
{
    public static void Write(SolveOutcome outcome, Terminal terminal)
    {
        SolveReport report = outcome.Report;
        var pairs = new List<(string, string)>
        {
            ("equation", string.Join('\n', outcome.Solution.Problem.Equations.Select(equation => equation.Text))),
            ("domain", outcome.Solution.Problem.Domain.ToString()!),
        };
        foreach ((string name, double value) in outcome.Solution.Coefficients)
            pairs.Add((name, value.ToString("G6", CultureInfo.InvariantCulture)));
        pairs.Add(("residual", $"{Show.Value(report.Residual)} root mean square, {Show.Value(report.MaxResidual)} at most"));
        if (outcome.Error is (double relative, double largest))
            pairs.Add(("error", $"{Show.Value(relative)} relative to the known solution, {Show.Value(largest)} at most"));
        if (report.ErrorEstimate is double estimate)
            pairs.Add(("estimate", $"{Show.Value(estimate)} relative error, by the last two grids"));
        if (report.BuiltIn.Count > 0)
            pairs.Add(("built in", string.Join('\n', report.BuiltIn)));
        if (report.Conditions.Count > 0)
            pairs.Add(("in the loss", string.Join('\n', report.Conditions.Select(condition => $"{condition.Key}: {Show.Value(condition.Value)} root mean square"))));
        foreach (SolutionFormula formula in outcome.Formulas)
            pairs.Add(("formula", $"{Formulas.Equation(formula.Unknown, formula.Formula)}\nrelative error {Show.Value(formula.RelativeError)}"));
        if (outcome.FormulaResidual is double left)
            pairs.Add(("", $"with {(outcome.Formulas.Count == 1 ? "it" : "them")} the equations leave {Show.Value(left)}"));
        pairs.Add(("network", $"{Show.Count(report.Parameters)} parameters, {Show.Count(report.Points)} points, {Show.Count(report.Iterations)} steps"));
        pairs.Add(("time", $"{Show.Time(report.Seconds)}; {outcome.Ending}"));
        if (outcome.Settings.Out is { } folder)
            pairs.Add(("report", Path.Combine(folder, SolveFolder.Page)));
        ResultTable.Pairs(terminal, pairs);
    }
}
