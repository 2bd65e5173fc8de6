using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Equations.Domains;

public sealed class DomainTextTests
{
    [Fact]
    public void Ranges_are_boxes()
    {
        Box box = Assert.IsType<Box>(DomainText.Parse(" x = -1 .. 1 ,y=0..2*pi,  z=-sqrt(4)...5 "));
        Assert.Equal(["x", "y", "z"], box.Variables);
        Assert.Equal([(-1.0, 1.0), (0, 2 * Math.PI), (-2, 0.5)], box.Bounds);
        Interval interval = Assert.IsType<Interval>(DomainText.Parse("x=1e-3..pow(2,3)"));
        Assert.Equal((1e-3, 8.0), (interval.Low, interval.High));
    }

    [Fact]
    public void Time_is_told_apart_by_an_initial_condition()
    {
        Assert.IsType<Box>(DomainText.Parse("x=-1..1, t=0..1"));
        TimeDomain domain = Assert.IsType<TimeDomain>(DomainText.Parse("x=-1..1, t=0..1", hasInitialCondition: true));
        Assert.IsType<Interval>(domain.Space);
        Assert.Equal(1, domain.TimeAxis);
        Assert.Equal("t=0", domain.Initial.Name);
        TimeDomain first = Assert.IsType<TimeDomain>(DomainText.Parse("tau=1..2, x=-1..1, y=0..1", true, "tau"));
        Assert.Equal((0, "tau=1", "x=-1..1, y=0..1"), (first.TimeAxis, first.Initial.Name, first.Space.ToString()));
        Interval alone = Assert.IsType<Interval>(DomainText.Parse("t=0..5", true));
        Assert.True(alone.Sides[0].IsInitial && alone.Sides[1].IsFinal);
        Assert.False(DomainText.Parse("t=0..5").Sides[0].IsInitial);
    }

    [Fact]
    public void Shapes_are_read()
    {
        Disc disc = Assert.IsType<Disc>(DomainText.Parse("disc(0, -1/2, sqrt(2))"));
        Assert.Equal(((0.0, -0.5), Math.Sqrt(2)), (disc.Centre, disc.Radius));
        Assert.Equal(["u", "v"], DomainText.Parse("u , v in disc(0,0,1)").Variables);
        Assert.Equal(Polygon.LShape().Corners, Assert.IsType<Polygon>(DomainText.Parse("lshape")).Corners);
        Polygon triangle = Assert.IsType<Polygon>(DomainText.Parse("polygon(0 0, 1  0,0.5 sqrt(3)/2)"));
        Assert.Equal(Math.Sqrt(3) / 4, triangle.Measure, 1e-15);
        TimeDomain timed = Assert.IsType<TimeDomain>(DomainText.Parse("a,b in lshape, t=0..2", true));
        Assert.Equal(["a", "b", "t"], timed.Variables);
        Assert.Equal(["t", "x", "y"], DomainText.Parse("t=0..1, x, y in disc(0,0,1)").Variables);
    }

    [Theory]
    [InlineData("", "there is no range")]
    [InlineData("  ", "there is no range")]
    [InlineData("x", "'x' is neither a range nor a shape")]
    [InlineData("x=0..1,", "'' is neither")]
    [InlineData("x=1..0", "the range x=1..0 is reversed; write x=0..1")]
    [InlineData("x=2..2", "no length")]
    [InlineData("x=0..1, x=0..2", "'x' occurs twice")]
    [InlineData("x=0..1/0", "'1/0' in x is not finite")]
    [InlineData("x=0..1e999", "is no number")]
    [InlineData("x=0..inf", "it has the variable 'inf'")]
    [InlineData("x=0..y", "it has the variable 'y'")]
    [InlineData("x=0..", "'' in x is no number")]
    [InlineData("x=0", "two dots between its ends")]
    [InlineData("x=0..1..2", "is no number")]
    [InlineData("pi=0..1", "'pi' is a constant")]
    [InlineData("e=0..1", "'e' is a constant")]
    [InlineData("tanh=0..1", "'tanh' is a function")]
    [InlineData("pow=0..1", "'pow' is a function")]
    [InlineData("2=0..1", "'2' is not a name")]
    [InlineData("=0..1", "'' is not a name")]
    [InlineData("x y=0..1", "'x y' is not a name")]
    [InlineData("disc(0,0)", "three numbers, disc(x,y,radius), not 2")]
    [InlineData("disc(0,0,-1)", "above 0, not -1")]
    [InlineData("disc(0,0,1", "not closed")]
    [InlineData("disc(0,0,1))", "not opened")]
    [InlineData("disc", "is no shape")]
    [InlineData("ball(0,0,1)", "neither a range nor a shape")]
    [InlineData("x in disc(0,0,1)", "write x,y in disc(0,0,1)")]
    [InlineData("x,y,z in disc(0,0,1)", "write x,y in disc(0,0,1)")]
    [InlineData("x,x in lshape", "'x' occurs twice")]
    [InlineData("x,pi in lshape", "'pi' is a constant")]
    [InlineData("lshape, z=0..1", "only a range of the time 't'")]
    [InlineData("lshape, x=0..1", "'x' occurs twice")]
    [InlineData("lshape, disc(0,0,1)", "two shapes")]
    [InlineData("lshape(2)", "is no shape")]
    [InlineData("polygon(0 0, 1 0, 1)", "'1' is no corner")]
    [InlineData("polygon()", "'' is no corner")]
    public void What_is_no_domain_is_refused_with_a_reason(string text, string reason)
    {
        string message = Assert.Throws<FormatException>(() => DomainText.Parse(text)).Message;
        Assert.Contains(reason, message);
        Assert.StartsWith($"Domain '{text.Trim()}': ", message);
    }

    [Fact]
    public void Initial_conditions_need_a_time()
    {
        Assert.Contains("needs a range of the time 't', such as t=0..1; variables are x, y", Assert.Throws<FormatException>(() => DomainText.Parse("x=0..1, y=0..1", true)).Message);
        Assert.Contains("needs a range of the time 't'", Assert.Throws<FormatException>(() => DomainText.Parse("disc(0,0,1)", true)).Message);
    }
}
