using KanSharp.Autodiff;
using KanSharp.Cli.Fitting;
using KanSharp.Data;
using KanSharp.Equations;
using KanSharp.Equations.Problems;
using KanSharp.Equations.Text;
using KanSharp.Training;

namespace KanSharp.Cli.Solving;

/// <summary>The problem and how it is to be solved.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Options">How.</param>
/// <param name="Truth">The known solution; null for none.</param>
internal sealed record SolveInput(EquationProblem Problem, SolveOptions Options, Func<Tensor<double>, Tensor<double>>? Truth)
{
    /// <summary>Reads the texts, or finds the built-in problem; what can not be read is refused in one line.</summary>
    public static SolveInput Create(SolveSettings settings)
    {
        if (settings.FormulaTime is not null && !settings.Formula)
            throw UserErrorException.Usage("--formula-time is for --formula; give both or none");
        if (settings.Rank is not null && settings.Width is not null)
            throw UserErrorException.Usage("--rank is for products of functions of one variable each, --width for networks of levels; give one of them");
        if (settings.Grids is { } grids && grids.Zip(grids.Skip(1)).Any(pair => pair.Second <= pair.First))
            throw UserErrorException.Usage($"--grid {string.Join(',', grids)}: every grid must be finer than the one before, such as 10,20,40");
        if (!settings.Equations.Contains('=', StringComparison.Ordinal))
            return Named(settings);
        if (settings.Domain is null)
            throw UserErrorException.Usage("--on is missing: where the equations hold, such as --on \"x=-1..1, t=0..1\"");
        EquationProblem problem = Read(settings);
        if (settings.Data is not null)
            problem = problem with { Data = MeasuredData.Of(FitInput.Read(settings.Data, new CsvOptions()), problem) };
        return new SolveInput(problem, OptionsOf(new SolveOptions(), settings), KnownSolution.Of(problem));
    }

    private static SolveInput Named(SolveSettings settings)
    {
        string name = settings.Equations.Trim();
        if (BuiltInProblems.Find(name) is not { } known)
        {
            string? near = BuiltInProblems.All.Select(problem => problem.Name)
                .Where(other => other.StartsWith(name, StringComparison.Ordinal) || UsageErrors.EditDistance(name, other) <= Math.Max(1, name.Length / 3))
                .MinBy(other => UsageErrors.EditDistance(name, other));
            throw UserErrorException.Usage($"'{name}' is neither an equation, which has an equals sign, nor a built-in problem; 'kan solve list' lists those{(near is null ? "" : $"; did you mean '{near}'?")}");
        }

        if (settings.ProblemOption is { } option)
            throw UserErrorException.Usage($"{option} belongs to an equation given as text; '{name}' is a built-in problem");
        EquationProblem problem = known.Create();
        return new SolveInput(problem, OptionsOf(known.Options, settings), known.Truth ?? KnownSolution.Of(problem));
    }

    private static EquationProblem Read(SolveSettings settings)
    {
        try
        {
            EquationProblem problem = EquationText.Parse(
                settings.Equations, settings.Domain!, settings.Boundary, settings.Initial, settings.Reference, settings.Coefficients, settings.Unknowns);
            return problem with { Name = settings.Equations.Trim() };
        }
        catch (EquationFormatException error)
        {
            string option = error.Part switch
            {
                "equations" => "EQUATION",
                "domain" => "--on",
                "coefficients" => "--unknown-coefficient",
                _ => "--" + error.Part,
            };
            string place = error.Text.Length == 0 ? "" : $" '{error.Text}'{(error.Position < 0 ? "" : $", position {error.Position + 1}")}";
            throw UserErrorException.Usage($"{option}{place}: {error.Problem}");
        }
    }

    private static SolveOptions OptionsOf(SolveOptions usual, SolveSettings settings) => usual with
    {
        Shape = settings.Width ?? (settings.Rank is null ? usual.Shape : null),
        Rank = settings.Rank ?? usual.Rank,
        Grids = settings.Grids ?? usual.Grids,
        Degree = settings.Degree ?? usual.Degree,
        Points = settings.Points ?? usual.Points,
        Windows = settings.Windows ?? usual.Windows,
        Optimizer = settings.Solver switch { null => usual.Optimizer, "lm" => null, _ => OptimizerOptions.Parse(settings.Solver) },
        Steps = settings.Steps ?? usual.Steps,
        BuildIn = usual.BuildIn && !settings.Soft,
        TimeLimit = settings.TimeLimit ?? usual.TimeLimit,
        Seed = settings.Seed,
    };
}
