using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class LbfgsTests
{
    private static double Quadratic(ParameterBag<double> bag)
    {
        double loss = 0;
        for (int i = 0; i < bag[0].Shape.Count; i++)
        {
            double scale = (i + 1.0) * (i + 1);
            double d = bag[0].Value[i] - 1;
            loss += 0.5 * scale * d * d;
            bag[0].Gradient[i] += scale * d;
        }

        return loss;
    }

    [Fact]
    public void Rosenbrock_is_solved_to_machine_precision()
    {
        var bag = new ParameterBag<double>([-1.2, 1, -0.5, 2]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { MaxIterations = 200, GradientTolerance = 1e-12, ChangeTolerance = 0 }.Bind(bag);
        for (int step = 0; step < 5 && optimizer.Status == SolverStatus.Continues; step++)
            optimizer.Step(() => Objectives.Rosenbrock(bag));
        Assert.Equal(SolverStatus.Converged, optimizer.Status);
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 1e-10));
        Assert.InRange(optimizer.Evaluations, 1, 150);
    }

    [Fact]
    public void Single_precision_reaches_its_own_limit()
    {
        var bag = new ParameterBag<float>([-1.2f, 1]);
        LbfgsOptimizer<float> optimizer = new Lbfgs { MaxIterations = 100 }.Bind(bag);
        for (int step = 0; step < 10 && optimizer.Status == SolverStatus.Continues; step++)
            optimizer.Step(() => Objectives.Rosenbrock(bag));
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 2e-3f));
    }

    [Fact]
    public void An_ill_scaled_quadratic_is_solved()
    {
        var bag = new ParameterBag<double>(new double[40]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { MaxIterations = 300, History = 20, ChangeTolerance = 0, GradientTolerance = 1e-9 }.Bind(bag);
        optimizer.Step(() => Quadratic(bag));
        Assert.Equal(SolverStatus.Converged, optimizer.Status);
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 1e-8));
    }

    [Fact]
    public void Loss_never_rises_and_every_step_reports_its_end()
    {
        var bag = new ParameterBag<double>([-1.2, 1, 3]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { MaxIterations = 3 }.Bind(bag);
        double last = double.PositiveInfinity;
        for (int step = 0; step < 10; step++)
        {
            double start = optimizer.Step(() => Objectives.Rosenbrock(bag));
            Assert.True(start <= last);
            Assert.True(optimizer.Loss <= start);
            last = optimizer.Loss;
            optimizer.ClearGradients();
            Assert.Equal(last, Objectives.Rosenbrock(bag), 1e-15 * Math.Max(1, last));
        }
    }

    [Fact]
    public void Non_finite_trial_points_are_rejected()
    {
        // −log(x) − log(1 − x): infinite outside of (0, 1); the first trial step from near the edge leaves the interval.
        var bag = new ParameterBag<double>([0.002]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { LearningRate = 1000, MaxIterations = 60 }.Bind(bag);
        int outside = 0;
        optimizer.Step(() => Objectives.Barrier(bag, ref outside));
        Assert.True(outside > 0);
        Assert.Equal(0.5, bag[0].Value[0], 1e-6);
    }

    [Fact]
    public void A_non_finite_start_is_reported_and_nothing_moves()
    {
        var bag = new ParameterBag<double>([2.0]);
        LbfgsOptimizer<double> optimizer = new Lbfgs().Bind(bag);
        optimizer.Step(() => double.NaN);
        Assert.Equal(SolverStatus.NonFinite, optimizer.Status);
        Assert.Equal(2.0, bag[0].Value[0]);
    }

    [Fact]
    public void What_is_frozen_later_stays_and_the_rest_finds_its_minimum()
    {
        // (a + b)² + 4(a − 1)² + (b + 2)²: with b held the minimum is at a = (4 − b) / 5
        var bag = new ParameterBag<double>([3.0], [1.0]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { MaxIterations = 3 }.Bind(bag);
        double Evaluate()
        {
            double a = bag[0].Value[0];
            double b = bag[1].Value[0];
            bag[0].Gradient[0] += 2 * (a + b) + 8 * (a - 1);
            bag[1].Gradient[0] += 2 * (a + b) + 2 * (b + 2);
            return (a + b) * (a + b) + 4 * (a - 1) * (a - 1) + (b + 2) * (b + 2);
        }

        optimizer.Step(Evaluate);
        double held = bag[1].Value[0];
        Assert.NotEqual(1, held);
        bag[1].Trainable = false;
        for (int step = 0; step < 10; step++)
            optimizer.Step(Evaluate);
        Assert.Equal(held, bag[1].Value[0]);
        Assert.Equal((4 - held) / 5, bag[0].Value[0], 1e-8);
        bag[1].Trainable = true;
        for (int step = 0; step < 10; step++)
            optimizer.Step(Evaluate);
        Assert.Equal(10.0 / 9, bag[0].Value[0], 1e-8);
        Assert.Equal(-14.0 / 9, bag[1].Value[0], 1e-8);
    }

    [Fact]
    public void A_wrong_gradient_leaves_the_parameters_at_the_best_point()
    {
        var bag = new ParameterBag<double>([2.0]);
        LbfgsOptimizer<double> optimizer = new Lbfgs().Bind(bag);
        optimizer.Step(() =>
        {
            double x = bag[0].Value[0];
            bag[0].Gradient[0] += -2 * x;
            return x * x;
        });
        Assert.Equal(2.0, bag[0].Value[0]);
        Assert.Equal(SolverStatus.Converged, optimizer.Status);
    }

    [Fact]
    public void Negative_curvature_is_not_remembered()
    {
        var history = new CurvatureHistory<double>(2, 3);
        history.Push(1, [1, 0], [0, 0], [-1, 0], 1e-10);
        Assert.Equal(0, history.Count);
        history.Push(1, [1, 0], [0, 0], [2, 0], 1e-10);
        Assert.Equal(1, history.Count);
        var direction = new double[2];
        history.Direction([4, 4], direction);
        Assert.Equal([-2, -2], direction);
        history.Clear();
        Assert.Equal(0, history.Count);
    }

    [Fact]
    public void State_round_trips_bit_for_bit()
    {
        double[] Run(int steps, bool interrupt)
        {
            var bag = new ParameterBag<double>([-1.2, 1, 3, 0.5]);
            LbfgsOptimizer<double> optimizer = new Lbfgs { MaxIterations = 2, History = 3 }.Bind(bag);
            for (int step = 0; step < steps; step++)
            {
                if (interrupt && step == 4)
                {
                    var arrays = new Dictionary<string, double[]>();
                    var counters = new Dictionary<string, long>();
                    optimizer.Save(new StateWriter<double>("", arrays, counters));
                    bag = new ParameterBag<double>(bag[0].Value.Span.ToArray());
                    optimizer = new Lbfgs { MaxIterations = 2, History = 3 }.Bind(bag);
                    optimizer.Load(new StateReader<double>("", arrays, counters));
                }

                optimizer.Step(() => Objectives.Rosenbrock(bag));
            }

            return bag[0].Value.Span.ToArray();
        }

        Assert.Equal(Run(8, false), Run(8, true));
    }

    [Fact]
    public void Without_a_search_the_learning_rate_is_the_step()
    {
        var bag = new ParameterBag<double>([3.0, -2]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { Search = StepSearch.None, LearningRate = 0.5, MaxIterations = 1 }.Bind(bag);
        optimizer.Step(() => Quadratic(bag));

        // gradient (2, −12): the first step is 0.5/(2 + 12) times it, later ones the rate alone
        Assert.Equal(3 - 2 * 0.5 / 14, bag[0].Value[0], 1e-14);
        Assert.Equal(-2 + 12 * 0.5 / 14, bag[0].Value[1], 1e-14);
        for (int step = 0; step < 60; step++)
            optimizer.Step(() => Quadratic(bag));
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 1e-8));
    }

    [Fact]
    public void Without_a_search_a_step_to_nowhere_is_reported_and_taken_back()
    {
        var bag = new ParameterBag<double>([0.5]);
        LbfgsOptimizer<double> optimizer = new Lbfgs { Search = StepSearch.None, LearningRate = 100 }.Bind(bag);
        optimizer.Step(() =>
        {
            bag[0].Gradient[0] += 1 / bag[0].Value[0];
            return Math.Log(bag[0].Value[0]);
        });
        Assert.Equal(SolverStatus.NonFinite, optimizer.Status);
        Assert.Equal(0.5, bag[0].Value[0]);
    }
}
