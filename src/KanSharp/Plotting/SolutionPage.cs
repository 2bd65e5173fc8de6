using System.Globalization;
using KanSharp.Equations;

namespace KanSharp.Plotting;

/// <summary>
/// The page about a solved equation: the problem, what was reached, the pictures, how it was solved, the conditions and, if they were looked for, formulas. One file
/// without scripts that needs no network.
/// </summary>
public sealed record SolutionPage
{
    private const int LongestHistory = 400;

    /// <summary>The solution.</summary>
    public required EquationSolution Solution { get; init; }

    /// <summary>Pictures with a sentence about each.</summary>
    public IReadOnlyList<(Scene Scene, string Caption)> Pictures { get; init; } = [];

    /// <summary>Relative L2 error and largest error against the known solution; null (default) for those of the report.</summary>
    public (double Relative, double Largest)? Error { get; init; }

    /// <summary>Formulas for the unknowns; none by default.</summary>
    public IReadOnlyList<SolutionFormula> Formulas { get; init; } = [];

    /// <summary>Where the solver stood, step by step, for the curve of its way; none by default.</summary>
    public IReadOnlyList<SolveProgress> History { get; init; } = [];

    /// <summary>What the reader must know besides the notes of the report; none by default.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The page as HTML.</summary>
    public string Write()
    {
        EquationProblem problem = Solution.Problem;
        SolveReport report = Solution.Report;
        var page = new HtmlReport(problem.Name);
        page.Code(string.Join('\n', problem.Equations.Select(equation => equation.Text)));
        page.KeyValues(
        [
            ("domain", problem.Domain.ToString()!),
            ("unknowns", string.Join(", ", problem.Unknowns)),
            .. problem.Conditions.Select(condition => ("condition", condition.ToString())),
            .. problem.Data.Select(data => ("data", string.Create(CultureInfo.InvariantCulture, $"{data.Values.Count} values of {data.Unknown}"))),
        ]);
        page.Heading("Result");
        page.KeyValues([.. Result(report)]);
        foreach (string note in report.Notes.Concat(Notes).Distinct())
            page.Paragraph("Note: " + note);
        foreach ((Scene scene, string caption) in Pictures)
            page.Figure(scene, caption);
        AddFormulas(page);
        AddConditions(page, report);
        AddWay(page, report);
        return page.Write();
    }

    private IEnumerable<(string Key, string Value)> Result(SolveReport report)
    {
        foreach ((string name, double value) in Solution.Coefficients)
            yield return (name, value.ToString("G8", CultureInfo.InvariantCulture));
        yield return ("residual, root mean square", PlotNumber.Short(report.Residual));
        yield return ("largest residual", PlotNumber.Short(report.MaxResidual));
        if ((Error?.Relative ?? report.RelativeError) is double relative)
            yield return ("relative L2 error", PlotNumber.Short(relative));
        if ((Error?.Largest ?? report.MaxError) is double largest)
            yield return ("largest error", PlotNumber.Short(largest));
        if (report.ErrorEstimate is double estimate)
            yield return ("estimate of the relative error", PlotNumber.Short(estimate));
        yield return ("parameters", report.Parameters.ToString("#,0", CultureInfo.InvariantCulture));
        yield return ("steps", report.Iterations.ToString("#,0", CultureInfo.InvariantCulture));
        yield return ("seconds", PlotNumber.Short(report.Seconds, 3));
    }

    private void AddFormulas(HtmlReport page)
    {
        if (Formulas.Count == 0)
            return;
        page.Heading("Formulas");
        foreach (SolutionFormula formula in Formulas)
        {
            page.Code($"{formula.Unknown} = {formula.Formula}");
            page.Paragraph($"Relative error against the solution: {PlotNumber.Short(formula.RelativeError)}.");
        }
    }

    private static void AddConditions(HtmlReport page, SolveReport report)
    {
        page.Heading("Conditions");
        string[][] rows =
        [
            .. report.BuiltIn.Select(condition => (string[])[condition, "holds by construction", "0"]),
            .. report.Conditions.Select(condition => (string[])[condition.Key, "in the loss", PlotNumber.Short(condition.Value)]),
        ];
        if (rows.Length == 0)
            page.Paragraph("There are none.");
        else
            page.Table(["condition", "how", "root mean square"], rows);
    }

    private void AddWay(HtmlReport page, SolveReport report)
    {
        page.Heading("The way");
        page.Table(
            ["window", "intervals", "parameters", "steps", "loss", "residual", "relative error", "seconds"],
            [
                .. report.Stages.Select(stage => (string[])
                [
                    Whole(stage.Window), Whole(stage.Intervals), Whole(stage.Parameters), Whole(stage.Iterations), PlotNumber.Short(stage.Loss), PlotNumber.Short(stage.Residual),
                    stage.RelativeError is double error ? PlotNumber.Short(error) : "", PlotNumber.Short(stage.Seconds, 3),
                ]),
            ]);
        if (History.Count < 2)
            return;
        int every = (History.Count + LongestHistory - 1) / LongestHistory;
        SolveProgress[] shown = [.. History.Where((_, index) => index % every == 0 || index == History.Count - 1)];
        double[] steps = [.. shown.Select(step => (double)step.Iteration)];
        List<ChartSeries> series = [new() { Name = "residual", X = steps, Y = [.. shown.Select(step => step.Residual)] }];
        if (shown.Any(step => step.RelativeError is not null))
            series.Add(new() { Name = "relative error", X = steps, Y = [.. shown.Select(step => step.RelativeError ?? double.NaN)] });
        page.Figure(new Chart { Title = "Convergence", X = new() { Label = "step" }, Y = new() { Scale = AxisScale.Log }, Series = series }.Draw(), "Where the solver stood after each step; every stage of grids begins anew.");
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
