using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Text;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Text;

public sealed class EquationTextTests
{
    [Theory]
    [InlineData("u_xx + u_yy = -2*pi^2*sin(pi*x)*sin(pi*y)", "x=0..1, y=0..1", "u", "u_xx + u_yy + 2*pi^2*sin(pi*x)*sin(pi*y)")]
    [InlineData("u_t = 0.01/pi*u_xx - u*u_x", "x=-1..1, t=0..1", "u", "u_t - 0.01/pi*u_xx + u*u_x")]
    [InlineData("y' = x^2 + y", "x=-4..4", "y", "y_x - x^2 - y")]
    [InlineData("y'' + y = 0;", "x=0..1", "y", "y_xx + y")]
    [InlineData("u''''", "x=0..1", "u", "u_xxxx")]
    [InlineData("1e-3*u_xxyy + 2.5E2*u(x,y) = x", "x=0..1, y=0..1", "u", "0.001*u_xxyy + 250*u - x")]
    [InlineData("x' = y; y' = -sin(x)", "t=0..10", "x,y", "x_t - y")]
    [InlineData("u_xx + u_yy = p_x; v_xx + v_yy = p_y; u_x + v_y = 0", "x=0..1, y=0..1", "u,p,v", "u_xx + u_yy - p_x")]
    [InlineData("w_x1x1 + w_x2x2 = 0", "x1=0..1, x2=0..1", "w", "w_x1x1 + w_x2x2")]
    public void Reads_equations(string text, string domain, string unknowns, string first)
    {
        EquationProblem problem = EquationText.Parse(text, domain);
        Assert.Equal(unknowns, string.Join(',', problem.Unknowns));
        Assert.Equal(Expression.Parse(first).Simplify(), problem.Equations[0].Expression!.Simplify());
    }

    [Fact]
    public void Keeps_the_text_as_it_was_written()
    {
        EquationProblem problem = EquationText.Parse(" y'' + y(x)=0 ; z' = y", "x=0..1", "y(0)=1;  y'( 0 ) = 0; z(1) = 2");
        Assert.Equal(["y'' + y = 0", "z' = y"], problem.Equations.Select(equation => equation.Text));
        Assert.Equal(["y = 1 on x=0", "y' = 0 on x=0", "z = 2 on x=1"], problem.Conditions.Select(condition => condition.ToString()));
    }

    [Theory]
    [InlineData("x' = y; y' = -x", "t=0..5", null, true)]
    [InlineData("y'' = -y", "t=0..5", "y(0)=0; y(5)=1", false)]
    [InlineData("y'' = -y", "t=0..5", "y(0)=0; y'(0)=1", true)]
    [InlineData("u_xx + u_tt = 0", "x=0..1, t=0..1", null, true)]
    [InlineData("u_xx = t", "x=0..1, t=0..1", null, false)]
    [InlineData("u_x = 1", "x=0..1", null, false)]
    public void A_range_of_t_is_time_where_it_is_differentiated(string equations, string domain, string? boundary, bool isTime) =>
        Assert.Equal(isTime, EquationText.Parse(equations, domain, boundary).Domain.Sides.Any(side => side.IsInitial));

    [Fact]
    public void Reads_reference_coefficients_and_unknowns()
    {
        EquationProblem problem = EquationText.Parse(
            "u_t = D*u_xx; v = k*u", "x=0..1, t=0..1", "u=0", "u=sin(pi*x)", "u=exp(-t)*sin(pi*x); v = 2*x", "D=0.5; k", "u,v,u0");
        Assert.Equal(["u", "v", "u0"], problem.Unknowns);
        Assert.Equal([new UnknownCoefficient("D", 0.5), new UnknownCoefficient("k", 1)], problem.Coefficients);
    }

    [Fact]
    public void Reads_a_reference_for_the_only_unknown()
    {
        EquationProblem problem = EquationText.Parse("u_xx = 0", "x=0..1", reference: "1 - x");
        Assert.Equal(0.75, problem.Reference["u"].Evaluate(0.25));
        Assert.IsType<Interval>(problem.Domain);
    }

    [Theory]
    [InlineData("u_xx + = 1", "x=0..1", "equations", 6)]
    [InlineData("u_xx + 2*foo(x) = 1", "x=0..1", "equations", 9)]
    [InlineData("u_xx = 1; v_xz = 2", "x=0..1", "equations", 10)]
    [InlineData("u_xx = k", "x=0..1", "equations", 7)]
    [InlineData("u_xxxxx = 0", "x=0..1", "equations", 0)]
    [InlineData("y''''' = 0", "x=0..1", "equations", 0)]
    [InlineData("u'' = 0", "x=0..1, y=0..1", "equations", 0)]
    [InlineData("u_xx = 1 = 2", "x=0..1", "equations", 10)]
    [InlineData("u_xx = ", "x=0..1", "equations", 6)]
    [InlineData(" ; ", "x=0..1", "equations", 0)]
    [InlineData("x + 1 = 0", "x=0..1", "equations", 0)]
    [InlineData("x_t = 1", "x=0..1, t=0..1", "equations", 0)]
    [InlineData("e_x = 1", "x=0..1", "equations", 0)]
    [InlineData("u_x = u(x-1)", "x=0..1", "equations", 8)]
    [InlineData("u_x = (u", "x=0..1", "equations", 8)]
    public void Explains_what_can_not_be_read(string equations, string domain, string part, int position)
    {
        EquationFormatException error = Assert.Throws<EquationFormatException>(() => EquationText.Parse(equations, domain));
        Assert.Equal((part, position), (error.Part, error.Position));
        Assert.StartsWith($"{part} '{equations}', position {position + 1}: ", error.Message);
    }

    [Theory]
    [InlineData("u_xx = 0", "x=0..1", "v_x = 1", "'v_x' is no variable (x), unknown (u) or derivative of one; did you mean 'u_x'?")]
    [InlineData("u_xx = 0", "x=0..1", "U = 1", "did you mean 'u'?")]
    [InlineData("u_xx = 0", "x=0..1", "u_z = 1", "after the underscore stand variables (x), not 'z'")]
    [InlineData("u_xx = 0", "x=0..1", "u(x=2) = 1", "lies outside the domain x=0..1")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(x=0.5) = 1", "is no side of the domain; sides are x=0, x=1, y=0, y=1")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(z=0) = 1", "'z' is no variable of the domain")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(x=0,x=1) = 1", "'x' is given twice")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(edge) = 1", "'edge' is no side of the domain")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(x=0) = u(y=0)", "a condition holds in one place")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u_x(x=0) = u_x(x=1)", "alone is not joined")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "periodic z", "'z' is no variable with two parallel sides")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "x = 0", "no unknown occurs in this condition")]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=0..1", "u_n(x=0,y=0) = 0", "there is no normal at a point")]
    [InlineData("u_t = 1", "t=0..1", "u = 0", "no boundary but the beginning and end of time")]
    public void Explains_wrong_conditions(string equations, string domain, string boundary, string expected)
    {
        EquationFormatException error = Assert.Throws<EquationFormatException>(() => EquationText.Parse(equations, domain, boundary));
        Assert.Equal("boundary", error.Part);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("u=1; u=2", null, null, "reference", "given twice")]
    [InlineData("w=1", null, null, "reference", "'w' is no unknown")]
    [InlineData("sin(z)", null, null, "reference", "'z' is no variable")]
    [InlineData(null, "D=x", null, "coefficients", "'x' is no number")]
    [InlineData(null, "x=1", null, "coefficients", "'x' is used twice")]
    [InlineData(null, null, "u,x", "unknowns", "'x' is used twice")]
    public void Explains_wrong_values(string? reference, string? coefficients, string? unknowns, string part, string expected)
    {
        EquationFormatException error = Assert.Throws<EquationFormatException>(() => EquationText.Parse("u_x = 1", "x=0..1", null, null, reference, coefficients, unknowns));
        Assert.Equal(part, error.Part);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Explains_a_wrong_domain()
    {
        EquationFormatException error = Assert.Throws<EquationFormatException>(() => EquationText.Parse("u_x = 1", "x=0"));
        Assert.Equal("domain", error.Part);
        Assert.StartsWith("domain 'x=0': 'x=0' is no range", error.Message);
        Assert.Contains("no time", Assert.Throws<EquationFormatException>(() => EquationText.Parse("u_xy = 1", "x=0..1, y=0..1", null, "u=1")).Message);
    }
}
