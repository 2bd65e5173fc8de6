using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Training of networks with symbolic edges and product nodes.</summary>
public class SymbolicTrainingTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Standard;

    [Fact]
    public void LevenbergMarquardt_finds_the_constants_of_a_formula()
    {
        KanNetwork<double> truth = MixedNetworks.Formula<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(300, 2), 7, -1, 1);
        KanNetwork<double> start = truth.Clone();
        foreach ((_, Parameter<double> parameter) in start.Parameters().Where(entry => entry.Parameter.Trainable))
            Disturb(parameter, 0.15);
        FitResult<double> result = Fit(start, x, truth.Predict(x), 100);
        Assert.True(result.BestLoss < 1e-24, $"loss {result.BestLoss:E2}");
        Tensor<double> fresh = Check.Sample<double>(new Shape(200, 2), 8, -1, 1);
        Check.Close<double>(truth.Predict(fresh).Span, Network(result).Predict(fresh).Span, 1e-11);

        // what the formula determines: the frequency of the sine and the curvature of the square
        EdgeFormula sine = Network(result).Formula(0, 0, 0)!, square = Network(result).Formula(0, 1, 0)!, exponential = Network(result).Formula(1, 0, 0)!;
        Assert.Equal(1.5, sine.A, 1e-12);
        Assert.Equal(0.8, square.C * square.A * square.A * exponential.A, 1e-12);
        Assert.Equal(1, sine.C * exponential.A, 1e-12);
    }

    [Fact]
    public void LevenbergMarquardt_finds_an_exponent()
    {
        KanNetwork<double> truth = KanNetwork<double>.Create([1, 1]).WithSymbolicEdge(0, 0, 0, Catalog["x^p"], 1, 0, 2.5, 0.5, exponent: 1.37);
        Tensor<double> x = Check.Sample<double>(new Shape(100, 1), 7, 0.2, 3);
        KanNetwork<double> start = KanNetwork<double>.Create([1, 1]).WithSymbolicEdge(0, 0, 0, Catalog["x^p"], 1, 0, 1, 0, exponent: 1);
        FitResult<double> result = Fit(start, x, truth.Predict(x), 100);
        Assert.True(result.BestLoss < 1e-24, $"loss {result.BestLoss:E2}");
        Assert.Equal(1.37, Network(result).Formula(0, 0, 0)!.Exponent, 1e-9);
    }

    [Fact]
    public void Product_nodes_learn_a_product()
    {
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("2,[0,1],1"), KanLinearOptions.SplinesOnly, seed: 2);
        Tensor<double> x = Check.Sample<double>(new Shape(400, 2), 7, -1, 1);
        var y = new Tensor<double>(new Shape(400, 1));
        for (int row = 0; row < 400; row++)
            y[row, 0] = x[row, 0] * x[row, 1];
        FitResult<double> result = Fit(network, x, y, 100);
        Assert.True(result.BestLoss < 1e-20, $"loss {result.BestLoss:E2}");
    }

    [Fact]
    public void Numeric_and_symbolic_parts_are_trained_together_with_penalties_and_moving_grids()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>();
        Tensor<double> x = MixedNetworks.Inputs<double>(200, 3);
        var y = new Tensor<double>(new Shape(200, 2));
        for (int row = 0; row < 200; row++)
            (y[row, 0], y[row, 1]) = (Math.Sin(x[row, 0]) + x[row, 1], x[row, 2] * x[row, 0]);
        foreach (OptimizerOptions optimizer in (OptimizerOptions[])[new LevenbergMarquardt(), new Lbfgs(), new Adam()])
        {
            FitResult<double> result = Trainer.Fit(network.Clone(), new TrainingData<double>(x, y), new FitOptions
            {
                Optimizer = optimizer,
                Epochs = 10,
                Regularization = new Regularization { Lambda = 1e-4 },
            });
            Assert.NotEqual(StopReason.Diverged, result.Reason);
            Assert.True(result.BestLoss < result.History[0].TrainingLoss || result.History.Count == 1, $"{optimizer}: {result.Reason}, {result.BestLoss}");
        }

        FitResult<double> staged = Trainer.Fit(network, new TrainingData<double>(x, y), new FitOptions
        {
            Optimizer = new LevenbergMarquardt(),
            Epochs = 10,
            GridSchedule = new GridSchedule([3, 6]),
        });
        Assert.Equal(network.Shape, Network(staged).Shape);
        Assert.Equal("sin", Network(staged).Formula(0, 0, 0)!.Function.Name);
    }

    [Fact]
    public void Several_starts_are_trained()
    {
        Tensor<double> x = Check.Sample<double>(new Shape(100, 2), 7, -1, 1);
        var y = new Tensor<double>(new Shape(100, 1));
        for (int row = 0; row < 100; row++)
            y[row, 0] = x[row, 0] * x[row, 1] + Math.Sin(x[row, 0]);
        MultiStartResult<double> result = MultiStart.Fit(
            seed => KanNetwork<double>.Create(NetworkShape.Parse("2,[1,1],1"), KanLinearOptions.SplinesOnly, seed).WithSymbolicEdge(0, 0, 0, Catalog["sin"]),
            new TrainingData<double>(x, y),
            new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 20, GridSchedule = new GridSchedule([3, 5]) },
            new MultiStartOptions { Starts = 3, Epochs = 4 });
        Assert.Equal("2,[1,1],1", Network(result.Fit).Shape.ToString());
        Assert.True(result.Fit.BestLoss < 1e-6);
    }

    private static KanNetwork<double> Network(FitResult<double> result) => (KanNetwork<double>)result.Module;

    private static FitResult<double> Fit(KanNetwork<double> network, Tensor<double> x, Tensor<double> y, int epochs) => Trainer.Fit(
        network, new TrainingData<double>(x, y), new FitOptions { Optimizer = new LevenbergMarquardt { Smoothness = 0, FollowRange = RangeFollowing.None }, Epochs = epochs });

    private static void Disturb(Parameter<double> parameter, double size)
    {
        Tensor<double> shift = Check.Sample<double>(parameter.Shape, 11, -size, size);
        for (int index = 0; index < shift.Shape.Count; index++)
            parameter.Value.Span[index] += shift.Span[index];
    }
}
