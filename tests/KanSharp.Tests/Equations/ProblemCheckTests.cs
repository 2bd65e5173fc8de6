using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Problems;
using KanSharp.Equations.Text;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations;

public sealed class ProblemCheckTests
{
    private const string Square = "x=0..1, y=0..1", Line = "x=0..1, t=0..1", Laplace = "u_xx + u_yy = 0", Heat = "u_t = u_xx", Wave = "u_tt = u_xx";

    public static TheoryData<string> BuiltIn => [.. BuiltInProblems.All.Select(problem => problem.Name)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Built_in_problems_have_no_errors(string name) =>
        Assert.DoesNotContain(ProblemCheck.Find(BuiltInProblems.Find(name)!.Create()), issue => issue.IsError);

    [Theory]
    [InlineData(Laplace, Square, "u=0", null)]
    [InlineData(Laplace, Square, "u(x=0)=0; u_x(x=1)=0; periodic y", null)]
    [InlineData(Heat, Line, "u=0", "u=sin(pi*x)")]
    [InlineData(Heat, Line, "periodic x", "u=sin(2*pi*x)")]
    [InlineData(Wave, Line, "u=0", "u=sin(pi*x); u_t=0")]
    [InlineData("u_t + 2*u_x = 0", Line, "u(x=0)=0", "u=0")]
    [InlineData("u_t + u*u_x + u_xxx = 0", Line, "periodic x", "u=sin(2*pi*x)")]
    [InlineData("u_tt + u_xxxx = 0", Line, "u=0; u_xx=0", "u=sin(pi*x); u_t=0")]
    [InlineData("u_xx + u_yy = 1", "disc(0,0,1)", "u=0", null)]
    [InlineData("u_xx + u_yy = 1", "lshape", "u=0", null)]
    [InlineData("y' = x^2 + y", "x=-2..2", "y(0)=1", null)]
    [InlineData("x' = y; y' = -x", "t=0..1", null, "x=1; y=0")]
    [InlineData("q = u_x; q_x = 1", "x=0..1", "u(0)=0; u(1)=0", null)]
    [InlineData("y'' + k*y = 0", "x=0..1", "y(0)=0; y(1)=0; y'(0)=1", null)]
    [InlineData("u_xy = 1", Square, "u(x=0)=y; u(y=0)=x", null)]
    public void Finds_nothing_in_a_well_posed_problem(string equations, string domain, string? boundary, string? initial) =>
        Assert.Empty(ProblemCheck.Find(EquationText.Parse(equations, domain, boundary, initial, coefficients: equations.Contains("k*") ? "k=10" : null, unknowns: equations.StartsWith('q') ? "u,q" : null)));

    [Theory]
    [InlineData(Laplace, Square, null, null, "no boundary or initial condition and no data")]
    [InlineData(Laplace, Square, "u(x=0)=0", null, "'u_xx' asks for 2 conditions on the sides x=0 and x=1 together; there is 1")]
    [InlineData(Laplace, Square, "u(x=0)=0; u(x=1)=0", null, "'u_yy' asks for 2 conditions on the sides y=0 and y=1 together; there is none")]
    [InlineData(Heat, Line, "u=0", null, "the order of 'u' in t is 1, which asks for 1 condition at t=0 (u=...); there is none")]
    [InlineData(Wave, Line, "u=0", "u=0", "asks for 2 conditions at t=0 (u=... and u_t=...); there is 1")]
    [InlineData("u_t = u_xx; v_t = v_xx + u", Line, "u=0; v=0", "u=1", "the order of 'v' in t is 1")]
    [InlineData("u_t + 2*u_x = 0", Line, null, "u=0", "'u_x' asks for 1 condition")]
    [InlineData("u_xx + u_yy = 1", "lshape", "u(edge 1)=0", null, "on the side edge 2 there is none")]
    [InlineData("y'' + y = 0", "x=0..1", "y(0)=0", null, "an equation of order 2 needs 2 conditions, and there is 1")]
    [InlineData("x' = y; y' = -x", "t=0..1", null, "x=1", "a system of order 2 needs 2 conditions, and there is 1")]
    [InlineData("y'' + k*y = 0", "x=0..1", "y(0)=0; y(1)=0", null, "with 1 unknown coefficient and no data needs 3 conditions, and there are 2")]
    [InlineData(Laplace, Square, "u=0; u(x=0)=1", null, "contradict each other: at x=0, y=")]
    [InlineData("y'' + y = 0", "x=0..1", "y(0)=0; y(0)=1", null, "contradict each other: at x=0 'y' would be 0 and 1")]
    [InlineData("u_xx + u_yy = v_x", Square, "u=0; v=0", null, "1 equation for 2 unknowns (u, v)")]
    [InlineData("y'' + y'/x + y = 0", "x=-1..1", "y(1)=1; y(-1)=1", null, "not finite at x=0, inside the domain")]
    [InlineData("y'' + y/(x - 0.3217) = 0", "x=0..1", "y(0)=1; y(1)=1", null, "not finite at x=0.3217, inside the domain")]
    [InlineData("y'' = sqrt(x)", "x=-1..1", "y=0", null, "-sqrt(x) is not finite at x=-0.99167, inside the domain")]
    [InlineData("u_xx + u_yy = 1/(x - y)", Square, "u=0", null, "inside the domain")]
    [InlineData(Laplace, Square, "u(x=0)=log(y - 0.5); u(x=1)=0; u(y=0)=0; u(y=1)=0", null, "is not finite at x=0, y=")]
    [InlineData(Laplace, Square, "u_xx=0", null, "it follows from the equation or contradicts it")]
    public void Finds_errors(string equations, string domain, string? boundary, string? initial, string expected)
    {
        IReadOnlyList<ProblemIssue> issues = ProblemCheck.Find(EquationText.Parse(equations, domain, boundary, initial, coefficients: equations.Contains("k*") ? "k=10" : null));
        Assert.Contains(issues, issue => issue.IsError && issue.Message.Contains(expected));
    }

    [Theory]
    [InlineData(Laplace, Square, "u=0; u(x=0)=0", null, "say the same of 'u'")]
    [InlineData(Laplace, Square, "u(x=0)=1; u(x=1)=0; u(y=0)=0; u(y=1)=0", null, "do not agree where x=0 and y=0 meet: at x=0, y=0 'u' would be 1 and 0")]
    [InlineData(Heat, Line, "u=0", "u=1", "do not agree where")]
    [InlineData(Heat, Line, "periodic x", "u=x", "is not periodic: 0 at")]
    [InlineData(Heat, Line, "u=0; u(t=1)=0", "u=0", "stands at the end of time")]
    [InlineData(Heat, Line, "u=0", "u=0; u_t=0", "it follows from the equation or contradicts it")]
    [InlineData(Laplace, Square, "u_n=0", null, "only derivatives of 'u' occur, so that 'u' is determined up to a constant; a value at one point, such as u(x=0.5,y=0.5)=0")]
    [InlineData("u_xx = 1", Square, "u(x=0)=0; u(x=1)=0", null, "the variable 'y' occurs in no equation")]
    [InlineData("y'' + 2/x*y' + y = 0", "x=0..1", "y(0)=1; y'(0)=0", null, "not finite at x=0, on the boundary")]
    [InlineData("y' = y", "x=0..1", "y(0)=1; y(1)=2", null, "1 more than determine it")]
    [InlineData("u_t = k*u_xx", Line, "u=0", "u=0", "no data to identify k")]
    [InlineData("x*u_xx + u_yy = 0", Square, "u(y=0)=0; u(y=1)=0", null, "'u_xx' asks for 2 conditions")]
    public void Finds_what_is_unusual(string equations, string domain, string? boundary, string? initial, string expected)
    {
        IReadOnlyList<ProblemIssue> issues = ProblemCheck.Find(EquationText.Parse(equations, domain, boundary, initial, coefficients: equations.Contains("k*") ? "k=10" : null));
        Assert.DoesNotContain(issues, issue => issue.IsError);
        Assert.Contains(issues, issue => issue.Message.Contains(expected));
    }

    [Fact]
    public void Finds_wrong_names_of_problems_from_code()
    {
        EquationProblem problem = EquationText.Parse(Laplace, Square, "u=0") with { Equations = ["u_xz = k", Residual.Of("code", at => at["w"])] };
        string[] errors = [.. ProblemCheck.Find(problem).Select(issue => issue.Message)];
        Assert.Equal(3, errors.Length);
        Assert.Contains("'k' is no variable", errors[0]);
        Assert.Contains("equation 'code': 'w' is no variable", errors[2]);
        Assert.Contains("not well posed: equation 'u_xz = k'", Assert.Throws<ArgumentException>(() => ProblemCheck.Require(problem)).Message);
    }

    [Fact]
    public void Finds_points_outside_and_names_without_use()
    {
        EquationProblem problem = EquationText.Parse(Heat, Line, "u=0", "u=0") with
        {
            Coefficients = [new UnknownCoefficient("D")],
            Data = [new Observations("u", new Tensor<double>(new Shape(2, 2), [0.5, 0.5, 1.5, 0.5]), [0, double.NaN])],
            Reference = new Dictionary<string, Expression> { ["u"] = Expression.Zero },
        };
        string[] errors = [.. ProblemCheck.Find(problem).Where(issue => issue.IsError).Select(issue => issue.Message)];
        Assert.Contains("the unknown coefficient 'D' occurs in no equation and no condition", errors);
        Assert.Contains("the data of 'u' hold values that are not finite", errors);
        Assert.Contains("the data of 'u': 1 of 2 points lie outside the domain x=0..1, t=0..1, the first at x=1.5, t=0.5", errors);
        Assert.Contains(ProblemCheck.Find(problem with { Reference = new Dictionary<string, Expression> { ["w"] = Expression.Zero } }), issue => issue.Message.Contains("'w', which is no unknown"));
    }

    [Fact]
    public void Data_stand_in_for_conditions() =>
        Assert.Empty(ProblemCheck.Find(EquationText.Parse(Heat, Line) with { Data = [new Observations("u", new Tensor<double>(new Shape(1, 2), [0.5, 0.5]), [1])] }));
}
