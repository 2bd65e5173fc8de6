using KanSharp.Autodiff;
using KanSharp.Equations.Solving;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Equations.Solving;

/// <summary>What a solver does to its models between rounds: they stay the function that they are, as far as they promise.</summary>
public class SolverModelTests
{
    private static readonly (double Low, double High)[] Bounds = [(0, 2), (-1, 1)];
    private static readonly HashSet<int> None = [];
    private static readonly HashSet<int> First = [0];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnExpansionOfSplinesIsANetworkWithProducts(int unknowns)
    {
        SeparableModel model = Separable(SeparableModel.Create(Bounds, unknowns, 3, 6, 7, 1, 2, None, 4));
        Same(model.Module, model.ToNetwork(), 1e-12);
        SolverModel moved = model.MoveKnots(Points());
        Same(moved.Module, moved.ToNetwork(), 1e-12);
        SolverModel later = model.Shift(1, (-1, 1), (-1, 1.5));
        Same(later.Module, later.ToNetwork(), 1e-12);
    }

    [Fact]
    public void AnExpansionOfOneVariableIsANetwork()
    {
        SeparableModel model = Separable(SeparableModel.Create([(0, 2)], 2, 1, 5, 9, -1, 0, None, 4));
        Tensor<double> points = Check.Sample<double>(new Shape(200, 1), 5, 0, 2);
        Near(model.Module.Predict(points), model.ToNetwork().Predict(points), 1e-12);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(80)]
    public void WavesBecomeSplinesThatInterpolateThem(int intervals)
    {
        SeparableModel model = Separable(SeparableModel.Create(Bounds, 1, 3, 6, intervals, -1, 0, First, 4));
        Assert.Equal(intervals, model.Intervals);
        Same(model.Module, model.ToNetwork(), 1e-7);
    }

    [Fact]
    public void RefinedExpansionsAreTheSameFunction()
    {
        foreach (HashSet<int> periodic in (HashSet<int>[])[None, First])
        {
            SeparableModel model = Separable(SeparableModel.Create(Bounds, 2, 3, 6, 8, 1, 2, periodic, 4));
            SolverModel finer = model.Refine(20);
            Assert.Equal(20, finer.Intervals);
            Same(model.Module, finer.Module, 1e-12);
            // the grid of marched time stays
            Assert.Equal(2, ((SeparableKan<double>)finer.Module).Factors[1].Options.Spline.Intervals);
            SeparableModel wider = model.Grow(6, 3);
            Assert.Equal(6, wider.Rank);
            Same(model.Module, wider.Module, 1e-12);
        }
    }

    [Fact]
    public void MovedKnotsKeepTheFunctionNearly()
    {
        SeparableModel model = Separable(SeparableModel.Create(Bounds, 1, 2, 7, 40, -1, 0, None, 4), smooth: true);
        SolverModel moved = model.MoveKnots(Points());
        Assert.Equal(model.Intervals, moved.Intervals);
        Assert.NotEqual(((SeparableKan<double>)model.Module).Factors[0].Knots.Value.Span.ToArray(), ((SeparableKan<double>)moved.Module).Factors[0].Knots.Value.Span.ToArray());
        Same(model.Module, moved.Module, 1e-4);
    }

    [Fact]
    public void AShiftedExpansionIsTheSameFunctionOfALaterTime()
    {
        SeparableModel model = Separable(SeparableModel.Create(Bounds, 2, 3, 6, 5, 1, 3, None, 4));
        IsShifted(model.Module, model.Shift(1, (-1, 1), (1, 2)).Module);
        NetworkModel network = Lively(NetworkModel.Create(NetworkShape.Parse("2,4,2"), Bounds, 2, 5, 6, None, 1, Executor.Default));
        IsShifted(network.Module, network.Shift(1, (-1, 1), (1, 2)).Module);
        NetworkModel periodic = Lively(NetworkModel.Create(NetworkShape.Parse("2,4,2"), Bounds, 2, 5, 6, First, 1, Executor.Default));
        IsShifted(periodic.Module, periodic.Shift(1, (-1, 1), (1, 2)).Module);

        static void IsShifted(Module<double> before, Module<double> after)
        {
            Tensor<double> points = Points(), later = points.Clone();
            for (int row = 0; row < later.Shape[0]; row++)
                later[row, 1] = 1 + (points[row, 1] + 1) / 2;
            Near(before.Predict(points), after.Predict(later), 1e-12);
        }
    }

    [Fact]
    public void ClonesHaveParametersOfTheirOwn()
    {
        foreach (SolverModel model in (SolverModel[])[Separable(SeparableModel.Create(Bounds, 1, 2, 5, 5, -1, 0, First, 4)), Lively(NetworkModel.Create(NetworkShape.Parse("2,3,1"), Bounds, 1, 5, 6, First, 1, Executor.Default))])
        {
            SolverModel clone = model.Clone();
            Same(model.Module, clone.Module, 0);
            Tensor<double> before = model.Module.Predict(Points());
            foreach ((_, Parameter<double> parameter) in clone.Module.Parameters())
                parameter.Value.Span.Fill(0.3);
            Near(before, model.Module.Predict(Points()), 0);
            Assert.Equal(model.Module.CountParameters(), model.Parameters);
        }
    }

    [Fact]
    public void APeriodicNetworkIsPeriodicWithAllDerivatives()
    {
        NetworkModel model = Lively(NetworkModel.Create(NetworkShape.Parse("2,4,1"), Bounds, 1, 6, 6, First, 1, Executor.Default));
        JetShape shape = JetShape.Full(2, 3);
        Tensor<double> points = Points(), turned = points.Clone();
        for (int row = 0; row < turned.Shape[0]; row++)
            turned[row, 0] += 2;
        var tape = new Tape<double>();
        Jet<double> here = model.Module.Forward(Jet<double>.Seed(tape.Constant(points), shape)), there = model.Module.Forward(Jet<double>.Seed(tape.Constant(turned), shape));
        foreach (PartialDerivative component in shape.Components)
        {
            double largest = 1 + here[component].Values.ToArray().Max(Math.Abs);
            for (int row = 0; row < points.Shape[0]; row++)
                Assert.Equal(here[component].Values[row], there[component].Values[row], 1e-9 * largest);
        }
    }

    [Fact]
    public void ANetworkIsRefinedAndFollowsItsInputs()
    {
        NetworkModel model = Lively(NetworkModel.Create(NetworkShape.Parse("2,4,1"), Bounds, 1, 5, 6, None, 1, Executor.Default));
        Assert.Equal(Bounds.Select(range => range.Low), Enumerable.Range(0, 2).Select(axis => Math.Round(model.ToNetwork().Layers[0].Knots.Value.Row(axis)[5], 12)));
        // inner nodes are within their grids after following, so that refining keeps the function
        model.Follow(Points());
        SolverModel finer = model.Refine(12);
        Assert.Equal(12, finer.Intervals);
        Same(model.Module, finer.Module, 1e-9);
        Assert.Contains("problem has 3 variables", Assert.Throws<ArgumentException>(() =>
            NetworkModel.Create(NetworkShape.Parse("2,4,1"), [(0, 1), (0, 1), (0, 1)], 1, 5, 6, None, 1, Executor.Default)).Message, StringComparison.Ordinal);
    }

    private static SeparableModel Separable(SeparableModel model, bool smooth = false)
    {
        foreach (KanLinear<double> factor in ((SeparableKan<double>)model.Module).Factors)
        {
            if (smooth)
            {
                // coefficients near those of sin(k·x + o): a smooth function
                for (int function = 0; function < factor.Coefficients.Shape[1]; function++)
                {
                    for (int output = 0; output < factor.Outputs; output++)
                        factor.Coefficients.Value[0, function, output] = Math.Sin(0.2 * function + output);
                }
            }
            else
            {
                // waves of high frequencies are small, as those of smooth functions
                for (int function = 0; function < factor.Coefficients.Shape[1]; function++)
                {
                    for (int output = 0; output < factor.Outputs; output++)
                        factor.Coefficients.Value[0, function, output] = Math.Sin(3 * function + 5 * output + 1) / (factor.Options.IsSpline ? 1 : 1 + function % (factor.Coefficients.Shape[1] / 2));
                }
            }

            if (factor.Bias is not null)
                Check.Sample<double>(factor.Bias.Shape, 7).Span.CopyTo(factor.Bias.Value.Span);
        }

        return model;
    }

    private static NetworkModel Lively(NetworkModel model)
    {
        int seed = 3;
        foreach ((_, Parameter<double> parameter) in model.Module.Parameters())
            Check.Sample<double>(parameter.Shape, seed++, -0.5, 0.5).Span.CopyTo(parameter.Value.Span);
        return model;
    }

    private static Tensor<double> Points()
    {
        Tensor<double> points = Check.Sample<double>(new Shape(300, 2), 5, -1, 1);
        for (int row = 0; row < points.Shape[0]; row++)
            points[row, 0] += 1;
        return points;
    }

    private static void Same(Module<double> expected, Module<double> actual, double tolerance) => Near(expected.Predict(Points()), actual.Predict(Points()), tolerance);

    private static void Near(Tensor<double> expected, Tensor<double> actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double largest = Math.Max(1, expected.Span.ToArray().Max(Math.Abs)), error = expected.Span.ToArray().Zip(actual.Span.ToArray(), (left, right) => Math.Abs(left - right)).Max();
        Assert.True(error <= tolerance * largest, $"error {error:G3} of values up to {largest:G3}");
    }
}
