using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Equations.Solving;

/// <summary>The choices that options leave open, made from the problem.</summary>
/// <param name="Shape">Nodes per level; null for separated variables.</param>
/// <param name="Rank">Products for each unknown.</param>
/// <param name="Degree">Degree of the splines.</param>
/// <param name="Grids">Intervals, stage by stage.</param>
/// <param name="Windows">Windows of time.</param>
/// <param name="Rounds">Rounds at every stage.</param>
/// <param name="GrowsGrid">Whether the grids of windows get finer as long as that helps.</param>
/// <param name="GrowsRank">Whether the rank grows as long as that helps.</param>
internal sealed record SolvePlan(NetworkShape? Shape, int Rank, int Degree, IReadOnlyList<int> Grids, int Windows, int Rounds, bool GrowsRank, bool GrowsGrid)
{
    private const int NonlinearWindows = 10;

    /// <param name="problem">The problem.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="construction">What is built in.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static SolvePlan Create(EquationProblem problem, SolveOptions options, Construction construction)
    {
        int order = Order(problem);
        int degree = options.Degree ?? Math.Min(order + 5, 10);
        Require(degree is >= 1 and <= 10 && degree > order, nameof(SolveOptions.Degree), degree, $"{order + 1} to 10, more than the order {order} of the equations");
        bool marches = construction.CanMarch(problem, EquationDerivatives(problem)) && !NeedsFifthDerivatives(problem, construction);
        bool linear = problem.Equations.All(equation => IsLinear(problem, equation));
        int windows = options.Windows ?? (marches && !linear && problem.Data.Count + problem.Coefficients.Count == 0 ? NonlinearWindows : 1);
        Require(windows is >= 1 and <= 1000, nameof(SolveOptions.Windows), windows, "1 to 1000");
        if (windows > 1 && !marches)
            throw new ArgumentException($"{nameof(SolveOptions.Windows)} is {windows}, but time can be marched only where the beginning of every unknown, as far as its equations need it, is prescribed and built in and nothing is prescribed at the end, and not with initial slopes and fourth derivatives in space, which need derivatives of order 5 where windows meet.");
        if (windows > 1 && problem.Data.Count + problem.Coefficients.Count > 0)
            throw new ArgumentException($"{nameof(SolveOptions.Windows)} is {windows}, but data and coefficients belong to all of time; use 1.");
        IReadOnlyList<int> grids = options.Grids ?? (problem.Domain.Dimension == 1 ? [20, 40] : windows > 1 ? [60] : [10, 20, 40]);
        Require(grids.Count > 0 && grids[0] >= 1 && grids[^1] <= 2000 && grids.Zip(grids.Skip(1)).All(pair => pair.First < pair.Second), nameof(SolveOptions.Grids), string.Join(", ", grids), "numbers from 1 to 2000, each larger than the one before");
        int inputs = problem.Domain.Dimension + problem.Features.Count;
        int rank = options.Rank ?? (inputs == 1 ? 1 : 4);
        Require(rank is >= 1 and <= 200, nameof(SolveOptions.Rank), rank, "1 to 200");
        int rounds = options.Rounds ?? (windows > 1 || !linear ? 3 : 1);
        Require(rounds is >= 1 and <= 100, nameof(SolveOptions.Rounds), rounds, "1 to 100");
        Require(options.Points is null or (>= 1 and <= 10_000_000), nameof(SolveOptions.Points), options.Points ?? 0, "1 to 10,000,000");
        Require(options.AdaptiveShare is >= 0 and <= 0.9, nameof(SolveOptions.AdaptiveShare), options.AdaptiveShare, "0 to 0.9");
        Require(options.WindowIntervals is >= 1 and <= 200, nameof(SolveOptions.WindowIntervals), options.WindowIntervals, "1 to 200");
        Require(options.Steps is null or >= 1, nameof(SolveOptions.Steps), options.Steps ?? 0, "1 or more");
        Require(options.TimeLimit is null || options.TimeLimit > TimeSpan.Zero, nameof(SolveOptions.TimeLimit), options.TimeLimit ?? TimeSpan.Zero, "more than 0");
        return new SolvePlan(options.Shape, rank, degree, grids, windows, rounds, options.Rank is null && options.Shape is null && windows == 1 && inputs > 1,
            options.Grids is null && windows > 1 && problem.Domain.Dimension > 1);
    }

    /// <summary>Highest order of a derivative in equations and conditions.</summary>
    private static int Order(EquationProblem problem) => Shapes(problem).Max(shape => shape.Order);

    /// <summary>Whether marching differentiates an initial slope four times in space.</summary>
    private static bool NeedsFifthDerivatives(EquationProblem problem, Construction construction)
    {
        int time = TimeAxis.Of(problem.Domain);
        return construction.Fields.Any(field => field.InitialOrders > 1)
            && Shapes(problem).Any(shape => shape.Components.Any(component => component.Order == PartialDerivative.MaxOrder && component.Count(time) == 0));
    }

    /// <summary>What the equations and conditions need, with the value at least.</summary>
    private static IEnumerable<JetShape> Shapes(EquationProblem problem) =>
        problem.Equations.Concat(problem.Conditions.Select(condition => condition.Residual).OfType<Residual>()).Select(residual => Probe(problem, residual).Shape);

    /// <summary>What occurs in the equations.</summary>
    internal static IEnumerable<FieldDerivative> EquationDerivatives(EquationProblem problem) => problem.Equations.SelectMany(equation => Probe(problem, equation).Derivatives);

    private static CollocationBlock Probe(EquationProblem problem, Residual residual)
    {
        var point = new Tensor<double>(new Shape(1, problem.Domain.Dimension));
        return new CollocationBlock("", problem.Names, [residual], point, point, (_, _) => [], 1);
    }

    /// <summary>Whether an equation depends linearly on unknowns and derivatives; false for code.</summary>
    private static bool IsLinear(EquationProblem problem, Residual residual)
    {
        if (residual.Expression is not { } expression || problem.Coefficients.Count > 0)
            return false;
        string[] unknown = [.. expression.Variables.Where(name => problem.Names.TryDerivative(name, out _))];
        return unknown.All(first => expression.Differentiate(first).Simplify().Variables.All(name => !unknown.Contains(name)));
    }

    private static void Require<TValue>(bool holds, string name, TValue value, string allowed)
    {
        if (!holds)
            throw new ArgumentException($"{name} is {value}; allowed are {allowed}.");
    }
}
