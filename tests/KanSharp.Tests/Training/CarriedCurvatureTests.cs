using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>What solvers know is carried over to a refined network.</summary>
public class CarriedCurvatureTests
{
    [Theory]
    [InlineData(KnotPlacement.Nested)]
    [InlineData(KnotPlacement.Uniform)]
    public void A_dense_inverse_Hessian_goes_on(KnotPlacement placement)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1], new BSplineOptions { Intervals = 3 }, 1);
        var options = new SelfScaledQuasiNewton();
        SelfScaledOptimizer<double> before = options.Bind(network);
        Bowl(network, before);
        RefineResult<double> refined = network.Refine(7, null, new RefineOptions { Placement = placement });
        var transfer = new ParameterTransfer<double>(refined);
        SelfScaledOptimizer<double> after = options.Bind(refined.Network);
        after.CarryFrom(before, transfer);
        double[,] old = Matrix(before, network.CountParameters()), carried = Matrix(after, refined.Network.CountParameters());
        var random = new Random(3);

        // a gradient that the old grid has leads to the old direction
        double[] gradient = Numbers(random, old.GetLength(0));
        double[] expected = Carry(network, refined, transfer, StateRole.Step, Product(old, gradient));
        double[] direction = Product(carried, Carry(network, refined, transfer, StateRole.Gradient, gradient));
        double size = expected.Max(Math.Abs);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], direction[index], 1e-9 * size);

        // and any other one still to a direction of descent
        for (int trial = 0; trial < 20; trial++)
        {
            double[] any = Numbers(random, carried.GetLength(0));
            Assert.True(Dot(any, Product(carried, any)) > 0);
        }
    }

    [Fact]
    public void An_optimiser_that_has_learned_nothing_carries_nothing()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], new BSplineOptions { Intervals = 3 }, 1);
        RefineResult<double> refined = network.Refine(6);
        SelfScaledOptimizer<double> after = new SelfScaledQuasiNewton().Bind(refined.Network);
        after.CarryFrom(new SelfScaledQuasiNewton().Bind(network), new ParameterTransfer<double>(refined));
        var counters = new Dictionary<string, long>();
        after.Save(new StateWriter<double>("", new Dictionary<string, double[]>(), counters));
        Assert.Equal(0, counters["learned"]);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(1e-9, 1e-3)]
    public void Levenberg_Marquardt_keeps_its_damping_within_reason(double before, double after)
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], new BSplineOptions { Intervals = 3 }, 1);
        RefineResult<double> refined = network.Refine(6);
        LevenbergMarquardtOptimizer<double> old = new LevenbergMarquardt().Bind(network), next = new LevenbergMarquardt().Bind(refined.Network);
        old.Damping = before;
        next.CarryFrom(old, new ParameterTransfer<double>(refined));
        Assert.Equal(after, next.Damping, 1e-15);
    }

    [Fact]
    public void A_failed_search_does_not_spoil_the_damping()
    {
        TrainingData<double> data = TrainingSamples.Wave<double>(60);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1], new BSplineOptions { Intervals = 3 }, 1);
        FitResult<double> result = Trainer.Fit(network, data, new FitOptions { Optimizer = new LevenbergMarquardt { Tolerance = 0 }, Epochs = 100 });
        Assert.Equal(StopReason.Converged, result.Reason);
        SolverTrace last = result.History[^1].Solver!;
        Assert.Equal((0, true), (last.Accepted, last.Rejected > 0));
        Assert.Equal(result.History[^2].Solver!.Damping, last.Damping);
    }

    /// <summary>Some iterations on a bowl that is steeper in some parameters than in others.</summary>
    private static void Bowl(KanNetwork<double> network, SelfScaledOptimizer<double> optimizer) => optimizer.Step(() =>
    {
        double loss = 0;
        int number = 0;
        foreach ((string _, Parameter<double> parameter) in network.Parameters())
        {
            for (int index = 0; index < parameter.Shape.Count; index++)
            {
                double steepness = 1 + number++ % 7, value = parameter.Value.Span[index] - 0.3;
                loss += steepness * value * value / 2;
                parameter.Gradient[index] += steepness * value;
            }
        }

        return loss;
    });

    private static double[,] Matrix(SelfScaledOptimizer<double> optimizer, long size)
    {
        var arrays = new Dictionary<string, double[]>();
        optimizer.Save(new StateWriter<double>("", arrays, new Dictionary<string, long>()));
        double[] triangle = arrays["inverse_hessian"];
        var matrix = new double[size, size];
        int next = 0;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
                matrix[row, column] = matrix[column, row] = triangle[next++];
        }

        return matrix;
    }

    private static double[] Carry(KanNetwork<double> network, RefineResult<double> refined, ParameterTransfer<double> transfer, StateRole role, double[] source)
    {
        var target = new double[refined.Network.CountParameters()];
        int from = 0, to = 0;
        foreach (((string Path, Parameter<double> Parameter) old, (string Path, Parameter<double> Parameter) next) in network.Parameters().Zip(refined.Network.Parameters()))
        {
            transfer.Carry(role, old.Path, source.AsSpan(from, old.Parameter.Shape.Count), target.AsSpan(to, next.Parameter.Shape.Count));
            from += old.Parameter.Shape.Count;
            to += next.Parameter.Shape.Count;
        }

        return target;
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private static double[] Product(double[,] matrix, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(row => Enumerable.Range(0, x.Length).Sum(column => matrix[row, column] * x[column]))];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
