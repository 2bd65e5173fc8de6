using KanSharp.Cli.Output;
using KanSharp.Equations;
using KanSharp.Interpretation;
using KanSharp.Numerics;

namespace KanSharp.Cli.Solving;

/// <summary>Solving from settings to printed result.</summary>
internal static class SolveWork
{
    private static readonly (string Name, string Option)[] Options =
    [
        (nameof(SolveOptions.Degree), "--degree"), (nameof(SolveOptions.Grids), "--grid"), (nameof(SolveOptions.Rank), "--rank"), (nameof(SolveOptions.Windows), "--windows"),
        (nameof(SolveOptions.Points), "--points"), (nameof(SolveOptions.Steps), "--steps"), ("The shape", "--width"),
    ];

    /// <summary>Runs; cancelling ends the work and prints the best so far.</summary>
    public static int Run(SolveSettings settings, bool json, Terminal terminal, CancellationToken cancellation)
    {
        SolveInput input = SolveInput.Create(settings);
        if (settings.Out is not null && File.Exists(settings.Out))
            throw UserErrorException.Usage($"--out {settings.Out} is a file; the name of a folder was expected");
        IReadOnlyList<ProblemIssue> issues = ProblemCheck.Find(input.Problem);
        string[] errors = [.. issues.Where(issue => issue.IsError).Select(issue => issue.Message)];
        if (errors.Length > 0)
            throw UserErrorException.Usage("the problem is not well posed: " + string.Join("\nerror: ", errors));
        string[] warnings = [.. issues.Select(issue => issue.Message)];
        foreach (string warning in warnings)
            terminal.Note($"note: {warning}");
        if (settings.Out is { } wanted)
            Directory.CreateDirectory(wanted); // fails now rather than after the work
        SolveOutcome outcome = Solve(settings, input, warnings, terminal, cancellation);
        foreach (string note in outcome.Report.Notes)
            terminal.Note($"note: {note}");
        if (settings.Out is { } folder)
            outcome = outcome with { Files = SolveFolder.Save(folder, outcome, input.Truth) };
        if (json)
            JsonResult.Write(terminal.Out, outcome.Members);
        else
            SolveText.Write(outcome, terminal);
        return cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Success;
    }

    private static SolveOutcome Solve(SolveSettings settings, SolveInput input, string[] warnings, Terminal terminal, CancellationToken cancellation)
    {
        using Executor? own = settings.Threads > 0 ? new Executor(settings.Threads) : null;
        List<SolveProgress> history = [];
        EquationSolution solution;
        try
        {
            solution = SolveDisplay.Run(terminal, settings.Quiet, settings.TimeLimit, show => EquationSolver.Solve(input.Problem, input.Options with
            {
                Executor = own,
                Cancellation = cancellation,
                Progress = progress =>
                {
                    history.Add(progress);
                    show(progress);
                },
            }));
        }
        catch (ArgumentException wrong) when (Array.Find(Options, option => wrong.Message.StartsWith(option.Name + " ", StringComparison.Ordinal)) is { Name: not null } option)
        {
            throw UserErrorException.Usage(option.Option + Tool.WithoutParameter(wrong)[option.Name.Length..].TrimEnd('.'));
        }

        (double, double)? error = solution.Report.RelativeError is double relative && solution.Report.MaxError is double largest ? (relative, largest)
            : input.Truth is not null ? KnownSolution.Error(solution, input.Truth) : null;
        IReadOnlyList<SolutionFormula> formulas = settings.Formula ? Formulas(settings, solution, own, terminal, cancellation) : [];
        double? left = formulas.Count > 0 ? SolutionFormulas.Residual(solution, formulas) : null;
        return new SolveOutcome(settings, solution, error, formulas, left, warnings, history);
    }

    private static IReadOnlyList<SolutionFormula> Formulas(SolveSettings settings, EquationSolution solution, Executor? executor, Terminal terminal, CancellationToken cancellation)
    {
        var usual = new DiscoveryOptions();
        DiscoveryOptions options = usual with { TimeLimit = settings.FormulaTime ?? usual.TimeLimit, Seed = settings.Seed, Executor = executor };
        return settings.Quiet
            ? SolutionFormulas.Find(solution, options, null, cancellation)
            : FormulaDisplay.Run(terminal, show => SolutionFormulas.Find(
                solution, options, new Reports<DiscoveryProgress>(value => show(value.Step, value.Best, value.Elapsed, value.Elapsed / value.Limit)), cancellation));
    }
}
