using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Solving;
using KanSharp.Equations.Text;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Equations.Solving;

/// <summary>What is built into solutions: lifts take all prescribed values, distances vanish where they are prescribed and nowhere else.</summary>
public class ConstructionBuilderTests
{
    [Theory]
    [InlineData("u_xx = 1", "x=0..2", "u(0)=1; u(2)=-3", null, 0)]
    [InlineData("u_xx = u_x", "x=0..2", "u(0)=1; u_x(2)=0", null, 0)]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=-1..1", "u=x^2 - y^2", null, 0)]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=-1..1", "u(x=0)=sin(pi*y); u(x=1)=0; u(y=-1)=0; u(y=1)=0", null, 0)]
    [InlineData("u_xx + u_yy = 0", "x=0..1, y=-1..1", "u(x=0)=sin(pi*y); u_x(x=1)=0; u_y(y=-1)=0; u_y(y=1)=0", null, 0)]
    [InlineData("u_xx + u_yy + u_zz = 0", "x=0..1, y=-1..1, z=2..3", "u=x*y*z + x^2", null, 0)]
    [InlineData("u_t = u_xx", "x=0..1, t=0..2", "u(x=0)=cos(t); u(x=1)=exp(-t)", "u=1", 1)]
    [InlineData("u_t = u_xx", "x=0..1, t=1..2", "u(x=0)=t", "u=1 + x", 1)]
    [InlineData("u_tt = u_xx", "x=0..1, t=0..2", "u(x=0)=sin(t); u(x=1)=t^2", "u=0; u_t=1 - x", 2)]
    [InlineData("u_tt = u_xx", "x=0..1, t=0..2", "periodic x", "u=sin(2*pi*x); u_t=cos(2*pi*x)", 2)]
    [InlineData("u_xx + u_yy = 0", "disc(1,0,2)", "u=x*y", null, 0)]
    [InlineData("u_t = u_xx + u_yy", "disc(1,0,2), t=0..1", "u=3", "u=3 + 4 - (x - 1)^2 - y^2", 1)]
    public void LiftsTakeTheValuesAndDistancesVanish(string equation, string domain, string boundary, string? initial, int orders)
    {
        EquationProblem problem = EquationText.Parse(equation, domain, boundary, initial);
        Construction construction = ConstructionBuilder.Build(problem, buildIn: true);
        Assert.Empty(construction.Notes);
        FieldConstruction field = Assert.Single(construction.Fields);
        Assert.Equal(orders, field.InitialOrders);
        Assert.Equal(problem.Conditions.Count, construction.Soft.Count + construction.BuiltIn.Count);
        Side[] fixedSides = [.. problem.Conditions.Except(construction.Soft).SelectMany(condition => condition.Sides)];
        foreach (Condition condition in problem.Conditions.Except(construction.Soft).Where(condition => !condition.IsPeriodic))
        {
            (FieldDerivative derivative, Expression value) = condition.Fixes(problem.Names)!.Value;
            foreach (Side side in condition.Sides)
            {
                Tensor<double> points = side.Points(50, PointSequence.Sobol, 3);
                double[] expected = value.Compile(problem.Domain.Variables).Evaluate(points.Span);
                double[] lift = field.Lift.Evaluate(derivative.Partial, points.Span) ?? new double[expected.Length];
                for (int row = 0; row < expected.Length; row++)
                    Assert.Equal(expected[row], lift[row], 1e-11);
                if (!side.IsInitial)
                    Assert.All(field.SpaceDistance.Evaluate(PartialDerivative.Value, points.Span)!, distance => Assert.Equal(0, distance, 1e-12));
            }
        }

        double[] inside = field.SpaceDistance.Evaluate(PartialDerivative.Value, problem.Domain.Interior(200, PointSequence.Sobol, 1).Span)!;
        Assert.All(inside, distance => Assert.True(distance > 0));
        foreach (Side side in problem.Domain.Sides.Where(side => !fixedSides.Contains(side) && !side.IsInitial && !side.IsFinal))
            Assert.Contains(field.SpaceDistance.Evaluate(PartialDerivative.Value, side.Points(20, PointSequence.Sobol, 1).Span)!, distance => distance > 0.05);
    }

    [Fact]
    public void PrescribedSlopesLeaveTheDistanceAloneAndStaySoft()
    {
        EquationProblem problem = EquationText.Parse("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(x=0)=y; u(x=1)=0; u_n(y=0)=0; u(y=1)+u_y(y=1)=1");
        Construction construction = ConstructionBuilder.Build(problem, buildIn: true);
        Assert.Equal(2, construction.Soft.Count);
        Assert.Equal(2, construction.BuiltIn.Count);
    }

    [Fact]
    public void ContradictoryCornersAreLeftToTheLossWithANote()
    {
        EquationProblem problem = EquationText.Parse("u_xx + u_yy = 0", "x=0..1, y=0..1", "u(x=0)=0; u(x=1)=0; u(y=0)=0; u(y=1)=1");
        Construction construction = ConstructionBuilder.Build(problem, buildIn: true);
        Assert.Contains("contradict each other where sides meet", Assert.Single(construction.Notes), StringComparison.Ordinal);
        Assert.Equal(problem.Conditions.Count, construction.Soft.Count);
        Assert.Empty(construction.BuiltIn);
        Assert.True(construction.Fields[0].Lift.IsZero && construction.Fields[0].SpaceDistance.IsOne);
    }

    [Fact]
    public void ASlopeWithoutItsValueIsLeftToTheLoss()
    {
        EquationProblem problem = EquationText.Parse("u_tt = u_xx", "x=0..1, t=0..1", "u=0", "u_t=0");
        Construction construction = ConstructionBuilder.Build(problem, buildIn: true);
        Assert.Contains("slope of u is prescribed without its value", Assert.Single(construction.Notes), StringComparison.Ordinal);
        Assert.False(construction.CanMarch(problem, SolvePlan.EquationDerivatives(problem)));
    }

    [Fact]
    public void NothingIsBuiltInWhereThatIsNotWanted()
    {
        EquationProblem problem = EquationText.Parse("u_t + u_x = 0", "x=0..1, t=0..1", "periodic x", "u=sin(2*pi*x)");
        Construction construction = ConstructionBuilder.Build(problem, buildIn: false);
        Assert.Equal([0], construction.PeriodicAxes);
        Assert.Single(construction.Soft);
        Assert.Single(construction.BuiltIn);
    }

    [Fact]
    public void EveryUnknownHasConditionsOfItsOwn()
    {
        EquationProblem problem = EquationText.Parse("x' = y; y' = -x", "t=0..1", null, "x=1; y=0.5");
        Construction construction = ConstructionBuilder.Build(problem, buildIn: true);
        Assert.Equal([1, 1], construction.Fields.Select(field => field.InitialOrders));
        Assert.Equal([1, 0.5], construction.Fields.Select(field => field.Lift.Evaluate(PartialDerivative.Value, [0.3])![0]));
        Assert.True(construction.CanMarch(problem, SolvePlan.EquationDerivatives(problem)));
    }

    /// <summary>At single points of an interval of time: values and slopes are those of its beginning; a weight stays.</summary>
    [Fact]
    public void ConditionsAtTheEndOfAnInterval()
    {
        var time = new Interval("t", 0, 2, isTime: true);
        var start = new Tensor<double>(new Shape(1, 1), [0]);
        Construction construction = ConstructionBuilder.Build(
            new EquationProblem(time, "u") { Equations = ["u_tt + u = 0"], Conditions = [Condition.At(start, "u = 2"), Condition.At(start, "u_t = 3")] }, buildIn: true);
        Assert.Equal(2, construction.Fields[0].InitialOrders);
        Assert.Equal([2.0, 5.0], construction.Fields[0].Lift.Evaluate(PartialDerivative.Value, [0, 1])!);
        Construction alone = ConstructionBuilder.Build(
            new EquationProblem(time, "u") { Equations = ["u_tt + u = 0"], Conditions = [Condition.At(start, "u_t = 3", weight: 7)] }, buildIn: true);
        Assert.Equal(7, Assert.Single(alone.Soft).Weight);
    }

    /// <summary>Twice the same is once; two values at one place contradict.</summary>
    [Theory]
    [InlineData("u = 0", true)]
    [InlineData("2*u = 0", true)]
    [InlineData("u = 1", false)]
    public void ConditionsThatAreGivenTwice(string again, bool agrees)
    {
        var domain = new Interval("x", 0, 1);
        Side[] low = [domain.Sides[0]], high = [domain.Sides[1]];
        Construction construction = ConstructionBuilder.Build(
            new EquationProblem(domain, "u") { Equations = ["u_xx = 1"], Conditions = [Condition.On(low, "u = 0"), Condition.On(low, again), Condition.On(high, "u = 2")] }, buildIn: true);
        Assert.Equal(agrees ? 0 : 1, construction.Notes.Count);
        Assert.Equal(agrees ? 3 : 0, construction.BuiltIn.Count);
        construction = ConstructionBuilder.Build(
            new EquationProblem(domain, "u") { Equations = ["u_x = 1"], Conditions = [Condition.On(low, "u = 0"), Condition.On(low, again)] }, buildIn: true);
        Assert.Equal(agrees ? 2 : 0, construction.BuiltIn.Count);
    }

    [Fact]
    public void KnownPartsStayInTheLift()
    {
        EquationProblem problem = EquationText.Parse("u_xx = 0", "x=0..1", "u(0)=1; u(1)=2") with { KnownParts = new Dictionary<string, Expression> { ["u"] = Expression.Parse("sin(5*x)") } };
        FieldConstruction field = ConstructionBuilder.Build(problem, buildIn: true).Fields[0];
        Assert.Equal([1.0, 2.0], field.Lift.Evaluate(PartialDerivative.Value, [0, 1])!.Select(value => Math.Round(value, 12)));
        Assert.Equal(-25 * Math.Sin(2), field.Lift.Evaluate(PartialDerivative.Of(0, 0), [0.4])![0], 1e-12);
    }
}
