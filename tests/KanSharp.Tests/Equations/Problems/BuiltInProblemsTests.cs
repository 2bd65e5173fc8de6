using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Problems;

namespace KanSharp.Tests.Equations.Problems;

public sealed class BuiltInProblemsTests
{
    private static readonly IReadOnlyDictionary<string, double> s_coefficients = new Dictionary<string, double> { ["D"] = 0.3 };

    public static TheoryData<string> Names => [.. BuiltInProblems.All.Select(problem => problem.Name)];

    public static TheoryData<string> Known => [.. BuiltInProblems.All.Where(problem => problem.Create().Reference.Count > 0).Select(problem => problem.Name)];

    [Fact]
    public void Names_are_unique_and_find_their_problem()
    {
        Assert.Equal(BuiltInProblems.All.Count, BuiltInProblems.All.Select(problem => problem.Name).Distinct().Count());
        Assert.All(BuiltInProblems.All, problem => Assert.Same(problem, BuiltInProblems.Find(problem.Name)));
        Assert.Null(BuiltInProblems.Find("poison"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_in_a_problem_has_a_meaning(string name)
    {
        EquationProblem problem = BuiltInProblems.Find(name)!.Create();
        Assert.Equal(name, problem.Name);
        Assert.Equal(problem.Unknowns.Count, problem.Equations.Count);
        Assert.NotEmpty(problem.Conditions);
        Assert.All(problem.Conditions.SelectMany(condition => condition.Sides), side => Assert.Equal(problem.Domain.Dimension, side.Coordinates));
        foreach (Residual residual in problem.Equations.Concat(problem.Conditions.Where(condition => !condition.IsPeriodic).Select(condition => condition.Residual!)))
        {
            foreach (string variable in residual.Expression!.Variables)
            {
                bool known = problem.Names.Axis(variable) >= 0 || problem.Names.Coefficient(variable) >= 0 || problem.Names.NormalAxis(variable) >= 0
                    || problem.Names.TryDerivative(variable, out _);
                Assert.True(known, $"'{variable}' in '{residual}'");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void The_known_solution_satisfies_equations_and_conditions(string name)
    {
        EquationProblem problem = BuiltInProblems.Find(name)!.Create();
        var check = new ProblemCheck(problem, s_coefficients);
        Assert.InRange(check.Equations(problem.Domain.Interior(200, PointSequence.Random, 5)), 0, 1e-11);
        Assert.All(problem.Conditions, condition => Assert.InRange(check.Condition(condition), 0, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Truth_is_the_reference_at_points(string name)
    {
        BuiltInProblem entry = BuiltInProblems.Find(name)!;
        EquationProblem problem = entry.Create();
        Tensor<double> points = problem.Domain.Interior(20, PointSequence.Random, 7), values = entry.Truth!(points);
        Assert.Equal(new Shape(20, problem.Unknowns.Count), values.Shape);
        for (int row = 0; row < 20; row++)
        {
            for (int field = 0; field < problem.Unknowns.Count; field++)
                Assert.Equal(problem.Reference[problem.Unknowns[field]].Compile(problem.Domain.Variables).Evaluate(points.Row(row))[0], values[row, field], 1e-14);
        }
    }

    [Fact]
    public void A_wrong_solution_is_noticed()
    {
        EquationProblem problem = BuiltInProblems.Find("klein-gordon")!.Create();
        var check = new ProblemCheck(problem with { Reference = new Dictionary<string, KanSharp.Symbolics.Expression> { ["u"] = KanSharp.Symbolics.Expression.Parse("x*cos(5*pi*t) + x^3*t^2") } }, s_coefficients);
        Assert.True(check.Equations(problem.Domain.Interior(200, PointSequence.Random, 5)) > 1e-3);
        Assert.Contains(problem.Conditions, condition => check.Condition(condition) > 1e-3);
    }

    [Fact]
    public void Measurements_have_one_percent_of_noise_and_another_seed_gives_others()
    {
        EquationProblem problem = BuiltInProblems.Find("diffusion-inverse")!.Create();
        Observations data = Assert.Single(problem.Data);
        double[] exact = problem.Reference["u"].Compile(problem.Domain.Variables).Evaluate(data.Points.Span);
        double noise = Math.Sqrt(exact.Zip(data.Values, (a, b) => (a - b) * (a - b)).Average() / exact.Select(value => value * value).Average());
        Assert.Equal(200, data.Values.Count);
        Assert.InRange(noise, 0.0085, 0.0115);
        Assert.NotEqual(data.Values[0], InverseProblems.Diffusion(1).Data[0].Values[0]);
        Assert.Equal(data.Values, InverseProblems.Diffusion(0).Data[0].Values);
    }
}
