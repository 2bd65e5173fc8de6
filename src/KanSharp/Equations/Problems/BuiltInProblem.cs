using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>A problem that the library knows by name, with options that solve it and its solution where that can be written down.</summary>
/// <param name="Name">The name, as <c>kan solve</c> and the benchmark take it.</param>
/// <param name="Description">Equation, domain and conditions in a line.</param>
/// <param name="Create">Makes the problem.</param>
/// <param name="Options">How it is solved.</param>
/// <param name="Truth">From points [N, d] to the unknowns [N, unknowns]; null where only tables or numerical solutions are known.</param>
public sealed record BuiltInProblem(
    string Name, string Description, Func<EquationProblem> Create, SolveOptions Options, Func<Tensor<double>, Tensor<double>>? Truth)
{
    /// <summary>Solves the problem with its own options.</summary>
    /// <param name="change">Changes them; null for none.</param>
    public EquationSolution Solve(Func<SolveOptions, SolveOptions>? change = null) => EquationSolver.Solve(Create(), change is null ? Options : change(Options));

    /// <summary>A problem whose solution, or its absence, is told by <see cref="EquationProblem.Reference"/>.</summary>
    internal static BuiltInProblem Of(string name, string description, Func<EquationProblem> create, SolveOptions? options = null, bool known = true) =>
        new(name, description, () => create() with { Name = name }, options ?? new SolveOptions(), known ? points => Exact(create(), points) : null);

    private static Tensor<double> Exact(EquationProblem problem, Tensor<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        int rows = points.Shape.Rows, fields = problem.Unknowns.Count;
        var values = new Tensor<double>(new Shape(rows, fields));
        for (int field = 0; field < fields; field++)
        {
            CompiledExpression exact = problem.Reference[problem.Unknowns[field]].Compile(problem.Domain.Variables);
            double[] column = exact.Evaluate(points.Span);
            for (int row = 0; row < rows; row++)
                values[row, field] = column[row];
        }

        return values;
    }
}
