using KanSharp.Equations;
using KanSharp.Equations.Text;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Text;

public sealed class ConditionTextTests
{
    private static readonly EquationProblem Square = EquationText.Parse("u_xx + u_yy = 0", "x=-1..1, y=0..2");
    private static readonly EquationProblem Heat = EquationText.Parse("u_t = u_xx", "x=-1..1, t=0..1");

    [Theory]
    [InlineData("u=0", "u = 0 on x=-1, x=1, y=0, y=2")]
    [InlineData("u(x=-1)=0; u_x(x=1)=y^2", "u = 0 on x=-1|u_x = y^2 on x=1")]
    [InlineData("u(-1,y) = 0; u(x, 2) = 1", "u = 0 on x=-1|u = 1 on y=2")]
    [InlineData("u(boundary) = 1", "u = 1 on x=-1, x=1, y=0, y=2")]
    [InlineData("u(x,y) = 1", "u = 1 on x=-1, x=1, y=0, y=2")]
    [InlineData("u(x=-1) + 2*u_x(x=-1) = 1", "u + 2*u_x = 1 on x=-1")]
    [InlineData("u(x=1)", "u = 0 on x=1")]
    [InlineData("u(x=0,y=1)=0", "u = 0 on (0, 1)")]
    [InlineData("u(x=-1)=u(x=1)", "periodic between x=-1 and x=1")]
    [InlineData("u(x=1)=u(x=-1); u_x(x=1)=u_x(x=-1)", "periodic between x=1 and x=-1")]
    [InlineData("periodic x, y", "periodic between x=-1 and x=1|periodic between y=0 and y=2")]
    public void Reads_places(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', EquationText.Conditions(text, Square).Select(condition => condition.ToString())));

    [Fact]
    public void Without_a_place_time_is_left_out()
    {
        Assert.Equal(["x=-1", "x=1"], EquationText.Conditions("u=0", Heat)[0].Sides.Select(side => side.Name));
        Assert.Equal(["t=0"], EquationText.Conditions("u=sin(pi*x)", Heat, initial: true)[0].Sides.Select(side => side.Name));
        Assert.Equal(["t=1"], EquationText.Conditions("u(x,1)=0", Heat, initial: true)[0].Sides.Select(side => side.Name));
        EquationProblem ode = EquationText.Parse("y'' = -y", "x=0..3", null, "y=1; y'=0");
        Assert.Equal(["y = 1 on x=0", "y' = 0 on x=0"], ode.Conditions.Select(condition => condition.ToString()));
        Assert.Equal("y' = 0 on (2)", EquationText.Conditions("y'(2)=0", ode)[0].ToString());
        Assert.Equal([2.0], EquationText.Conditions("y'(2)=0", ode)[0].Points!.Span.ToArray());
    }

    [Fact]
    public void The_normal_derivative_is_that_of_the_side()
    {
        IReadOnlyList<Condition> conditions = EquationText.Conditions("u + 2*u_n = 1", Square);
        Assert.Equal(["x=-1", "x=1", "y=0", "y=2"], conditions.Select(condition => condition.Sides.Single().Name));
        Assert.All(conditions, condition => Assert.Equal("u + 2*u_n = 1", condition.Residual!.Text));
        Assert.Equal(Expression.Parse("u - 2*u_x - 1").Simplify(), conditions[0].Residual!.Expression!.Simplify());
        Assert.Equal(Expression.Parse("u + 2*u_y - 1").Simplify(), conditions[3].Residual!.Expression!.Simplify());
        Assert.Equal(Expression.Parse("u_x").Simplify(), EquationText.Conditions("u_n = 0", Heat)[1].Residual!.Expression!.Simplify());

        EquationProblem disc = EquationText.Parse("u_t = u_xx + u_yy", "disc(0,0,1), t=0..1");
        Assert.Equal(Expression.Parse("n_x*u_x + n_y*u_y").Simplify(), EquationText.Conditions("u_n = 0", disc).Single().Residual!.Expression!.Simplify());
        Assert.Single(EquationText.Conditions("n_x*u_x + n_y*u_y = 1", disc));
    }

    [Fact]
    public void Sides_of_polygons_have_names()
    {
        EquationProblem shape = EquationText.Parse("u_xx + u_yy = 0", "polygon(0 0, 1 0, 0.5 1)");
        Assert.Equal("u = 1 on edge 2", EquationText.Conditions("u(edge 2) = 1", shape)[0].ToString());
    }

    [Fact]
    public void Periodicity_holds_for_all_unknowns()
    {
        EquationProblem two = EquationText.Parse("u_xx = v; v_xx = u", "x=0..1");
        Assert.Contains("that of 'v' is not given", Assert.Throws<EquationFormatException>(() => EquationText.Conditions("u(0)=u(1)", two)).Message);
        Assert.True(EquationText.Conditions("u(0)=u(1); v(0)=v(1)", two).Single().IsPeriodic);
    }
}
