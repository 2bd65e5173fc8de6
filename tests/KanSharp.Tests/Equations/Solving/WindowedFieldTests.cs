using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Equations;
using KanSharp.Equations.Domains;
using KanSharp.Equations.Solving;
using KanSharp.Equations.Text;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Tests.Equations.Solving;

/// <summary>Solutions in windows of time, each with any network: continuous, with exact derivatives, and all that is built in holds in every window.</summary>
public class WindowedFieldTests
{
    private const int Windows = 3;
    private static readonly JetShape Second = JetShape.Full(2, 2);

    [Theory]
    [InlineData("u_t = u_xx", "u=sin(pi*x)", 1)]
    [InlineData("u_tt = u_xx", "u=sin(pi*x); u_t=x*(1 - x)", 2)]
    public void ValuesAndSlopesAreContinuous(string equation, string initial, int orders)
    {
        WindowedField field = Create(EquationText.Parse(equation, "x=0..1, t=0..3", "u=0", initial));
        JetShape shape = JetShape.Of(PartialDerivative.Of(0, 0), PartialDerivative.Of(0, 1), PartialDerivative.Of(1, 1));
        for (int window = 1; window < Windows; window++)
        {
            double[]?[] before = field.Evaluate(At(window), shape)[0], after = field.Evaluate(At(Math.BitIncrement((double)window)), shape)[0];
            foreach (PartialDerivative component in shape.Components)
            {
                double jump = before[shape.IndexOf(component)]!.Zip(after[shape.IndexOf(component)]!, (left, right) => Math.Abs(left - right)).Max();
                if (component.Count(1) < orders)
                    Assert.True(jump < 1e-9, $"{component} jumps by {jump}");
                else
                    Assert.True(jump > 1e-3, $"{component} of any networks jumps");
            }
        }
    }

    [Theory]
    [InlineData("u_t = u_xx", "u=sin(pi*x)")]
    [InlineData("u_tt = u_xx", "u=sin(pi*x); u_t=x*(1 - x)")]
    public void WhatIsBuiltInHoldsInEveryWindow(string equation, string initial)
    {
        WindowedField field = Create(EquationText.Parse(equation, "x=0..1, t=0..3", "u=0", initial));
        JetShape shape = JetShape.Of(PartialDerivative.Of(1));
        double[]?[] start = field.Evaluate(At(0), shape)[0];
        for (int row = 0; row < start[0]!.Length; row++)
        {
            double x = At(0)[row, 0];
            Assert.Equal(Math.Sin(Math.PI * x), start[0]![row], 1e-13);
            if (equation.StartsWith("u_tt", StringComparison.Ordinal))
                Assert.Equal(x * (1 - x), start[1]![row], 1e-13);
        }

        foreach (double end in (double[])[0, 1])
        {
            var side = new Tensor<double>(new Shape(30, 2));
            for (int row = 0; row < 30; row++)
                (side[row, 0], side[row, 1]) = (end, 0.1 * row);
            Assert.All(field.Evaluate(side, shape)[0].SelectMany(part => part!), value => Assert.Equal(0, value, 1e-12));
        }
    }

    [Theory]
    [InlineData("u_t = u_xx", "u=sin(pi*x)")]
    [InlineData("u_tt = u_xx", "u=sin(pi*x); u_t=x*(1 - x)")]
    public void DerivativesAreThoseOfTheValues(string equation, string initial)
    {
        WindowedField field = Create(EquationText.Parse(equation, "x=0..1, t=0..3", "u=0", initial));
        JetShape third = JetShape.Full(2, 3);
        var points = new Tensor<double>(new Shape(12, 2));
        for (int row = 0; row < 12; row++)
            (points[row, 0], points[row, 1]) = (0.07 + 0.077 * row, 0.12 + 0.24 * row);
        double[]?[] exact = field.Evaluate(points, third)[0];
        const double Step = 1e-4;
        for (int axis = 0; axis < 2; axis++)
        {
            double[]?[] high = field.Evaluate(Moved(points, axis, Step), third)[0], low = field.Evaluate(Moved(points, axis, -Step), third)[0];
            foreach (PartialDerivative component in third.Components.Where(component => component.Order < 3))
            {
                int below = third.IndexOf(component);
                for (int row = 0; row < 12; row++)
                {
                    double numeric = (high[below]![row] - low[below]![row]) / (2 * Step), value = exact[third.IndexOf(component.Then(axis))]![row];
                    Assert.True(Math.Abs(numeric - value) <= 2e-5 * (1 + Math.Abs(value)), $"{component.Then(axis)} at row {row}: {value}, differences {numeric}");
                }
            }
        }
    }

    [Fact]
    public void EvaluationAcrossWindowsIsThatOfEveryWindow()
    {
        WindowedField field = Create(EquationText.Parse("u_tt = u_xx", "x=0..1, t=0..3", "u=0", "u=sin(pi*x); u_t=0"));
        Tensor<double> points = new Box([("x", 0, 1), ("t", 0, 3)]).Interior(60, PointSequence.Sobol, 2);
        double[]?[] all = field.Evaluate(points, Second)[0];
        for (int row = 0; row < 60; row++)
        {
            var single = new Tensor<double>(new Shape(1, 2), points.Row(row).ToArray());
            int window = Math.Min(Windows - 1, (int)Math.Floor(points[row, 1]));
            var tape = new Tape<double>();
            Jet<double> y = field.Windows[window].Module.Forward(Jet<double>.Seed(tape.Constant(single), Second));
            Jet<double> u = field.Parts(window, single, Second)[0].Of(y, 0, 1);
            foreach (PartialDerivative component in Second.Components)
            {
                double value = all[Second.IndexOf(component)]![row];
                Assert.Equal(value, u[component].Values[0], 1e-10 * (1 + Math.Abs(value)));
            }
        }
    }

    [Fact]
    public void SystemsOfSeveralUnknowns()
    {
        EquationProblem problem = EquationText.Parse("x' = y; y' = -x", "t=0..3", null, "x=1; y=0.5");
        var field = new WindowedField(problem.Domain, ConstructionBuilder.Build(problem, true), new NetworkInputs(problem));
        for (int window = 0; window < Windows; window++)
            field.Add(SeparableKan<double>.Create(2, 2, [Splines(window, window + 1)], (ulong)window), window, window + 1);
        for (int unknown = 0; unknown < 2; unknown++)
        {
            for (int window = 1; window < Windows; window++)
            {
                var ends = new Tensor<double>(new Shape(2, 1), [window, Math.BitIncrement((double)window)]);
                double[] values = field.Evaluate(ends, JetShape.Of())[unknown][0]!;
                Assert.Equal(values[0], values[1], 1e-12);
            }

            Assert.Equal(unknown == 0 ? 1 : 0.5, field.Evaluate(new Tensor<double>(new Shape(1, 1), [0]), JetShape.Of())[unknown][0]![0], 1e-14);
        }
    }

    [Fact]
    public void FourthDerivativesOfSlopesAreRefused()
    {
        WindowedField field = Create(EquationText.Parse("u_tt + u_xxxx = 0", "x=0..1, t=0..3", "u=0; u_xx=0", "u=sin(pi*x); u_t=0"));
        JetShape fourth = JetShape.Of(PartialDerivative.Of(0, 0, 0, 0));
        Assert.All(field.Evaluate(At(0.5), fourth)[0], values => Assert.All(values!, value => Assert.True(double.IsFinite(value))));
        Assert.Contains("one window", Assert.Throws<NotSupportedException>(() => field.Evaluate(At(1.5), fourth)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SidesAndPointsOfWindows()
    {
        var domain = new TimeDomain(new Interval("x", 0, 1), 0, 3);
        Domain middle = TimeAxis.Between(domain, 1, 2), last = TimeAxis.Between(domain, 2, 3), first = TimeAxis.Between(domain, 0, 1);
        Assert.Equal([4, 3, 2, 3], new[] { domain, first, middle, last }.Select(window => new WindowPart(domain, window).Sides(domain.Sides).Length));
        var points = new Tensor<double>(new Shape(4, 2), [0.1, 0, 0.2, 1, 0.3, 1.5, 0.4, 3]);
        Assert.Equal([4, 2, 1, 1], new[] { domain, first, middle, last }.Select(window => new WindowPart(domain, window).Points(points)!.Shape[0]));
        Assert.Null(new WindowPart(domain, last).Points(new Tensor<double>(new Shape(1, 2), [0.5, 0.5])));
    }

    private static WindowedField Create(EquationProblem problem)
    {
        var field = new WindowedField(problem.Domain, ConstructionBuilder.Build(problem, true), new NetworkInputs(problem));
        for (int window = 0; window < Windows; window++)
            field.Add(SeparableKan<double>.Create(1, 3, [Splines(0, 1), Splines(window, window + 1)], (ulong)window + 5), window, window + 1);
        return field;
    }

    private static KanLinearOptions Splines(double low, double high) =>
        KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 7, Intervals = 2, Low = low, High = high } };

    private static Tensor<double> At(double time)
    {
        var points = new Tensor<double>(new Shape(9, 2));
        for (int row = 0; row < 9; row++)
            (points[row, 0], points[row, 1]) = (0.1 + 0.09 * row, time);
        return points;
    }

    private static Tensor<double> Moved(Tensor<double> points, int axis, double step)
    {
        Tensor<double> moved = points.Clone();
        for (int row = 0; row < moved.Shape[0]; row++)
            moved[row, axis] += step;
        return moved;
    }
}
