using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class SelfScaledTests
{
    public static TheoryData<SelfScaledVariant> Variants => [SelfScaledVariant.Bfgs, SelfScaledVariant.Broyden];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Rosenbrock_is_solved_to_machine_precision(SelfScaledVariant variant)
    {
        var bag = new ParameterBag<double>([-1.2, 1, -0.5, 2, 0.3, 1.7]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 200, GradientTolerance = 1e-11, ChangeTolerance = 0 }.Bind(bag);
        for (int step = 0; step < 5 && optimizer.Status == SolverStatus.Continues; step++)
            optimizer.Step(() => Objectives.Rosenbrock(bag));
        Assert.Equal(SolverStatus.Converged, optimizer.Status);
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 1e-10));
        Assert.InRange(optimizer.Evaluations, 1, 250);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Single_precision_reaches_its_own_limit(SelfScaledVariant variant)
    {
        var bag = new ParameterBag<float>([-1.2f, 1]);
        SelfScaledOptimizer<float> optimizer = new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 100 }.Bind(bag);
        for (int step = 0; step < 10 && optimizer.Status == SolverStatus.Continues; step++)
            optimizer.Step(() => Objectives.Rosenbrock(bag));
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 2e-3f));
    }

    /// <summary>
    /// With exact line searches every member of Broyden's family ends on a quadratic of n variables after n steps; a search to c₂ = 10⁻⁴ is not exact, and
    /// an ill-conditioned quadratic shows it.
    /// </summary>
    [Theory]
    [InlineData(SelfScaledVariant.Bfgs, 1e2, 9)]
    [InlineData(SelfScaledVariant.Bfgs, 1e4, 16)]
    [InlineData(SelfScaledVariant.Broyden, 1e2, 9)]
    [InlineData(SelfScaledVariant.Broyden, 1e4, 16)]
    public void A_quadratic_ends_after_about_as_many_steps_as_variables(SelfScaledVariant variant, double condition, int steps)
    {
        var bag = new ParameterBag<double>(new double[8]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton
        {
            Variant = variant,
            MaxIterations = steps,
            MaxEvaluations = 1000,
            WolfeCurvature = 1.1e-4,
            ChangeTolerance = 0,
            GradientTolerance = 1e-30,
        }.Bind(bag);
        double start = optimizer.Step(() => Objectives.Quadratic(bag, condition));
        Assert.InRange(optimizer.Loss / start, 0, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void An_ill_conditioned_quadratic_is_solved(SelfScaledVariant variant)
    {
        var bag = new ParameterBag<double>(new double[40]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 400, ChangeTolerance = 0, GradientTolerance = 1e-8 }.Bind(bag);
        optimizer.Step(() => Objectives.Quadratic(bag, 1e6));
        Assert.Equal(SolverStatus.Converged, optimizer.Status);
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 1e-7));
        Assert.InRange(optimizer.Evaluations, 1, 300);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_step_fulfils_the_strong_Wolfe_conditions(SelfScaledVariant variant)
    {
        var bag = new ParameterBag<double>([-1.2, 1, 3]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 1, MaxEvaluations = 100 }.Bind(bag);
        (double Loss, double[] X, double[] G) before = Point();
        for (int step = 0; step < 25; step++)
        {
            optimizer.Step(() => Objectives.Rosenbrock(bag));
            (double Loss, double[] X, double[] G) after = Point();
            double[] s = [.. after.X.Zip(before.X, (a, b) => a - b)];
            double first = s.Zip(before.G, (a, b) => a * b).Sum(), last = s.Zip(after.G, (a, b) => a * b).Sum();
            Assert.True(after.Loss <= before.Loss + 1e-4 * first);
            Assert.True(Math.Abs(last) <= 0.9 * Math.Abs(first) * (1 + 1e-9));
            before = after;
        }

        (double Loss, double[] X, double[] G) Point()
        {
            bag[0].ClearGradient();
            double loss = Objectives.Rosenbrock(bag);
            return (loss, bag[0].Value.Span.ToArray(), bag[0].Gradient.ToArray());
        }
    }

    [Theory]
    [InlineData(LossTransform.SquareRoot)]
    [InlineData(LossTransform.Logarithm)]
    public void A_transformed_loss_has_the_same_minimum(LossTransform transform)
    {
        var bag = new ParameterBag<double>([-1.2, 1]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { MaxIterations = 300, Transform = transform }.Bind(bag);
        double start = optimizer.Step(() => Objectives.Rosenbrock(bag));
        bag[0].ClearGradient();
        Assert.Equal(24.2, start, 1e-10);
        Assert.Equal(Objectives.Rosenbrock(bag), optimizer.Loss);
        Assert.All(bag[0].Value.Span.ToArray(), value => Assert.Equal(1, value, 1e-6));
    }

    [Fact]
    public void A_negative_loss_has_no_root()
    {
        var bag = new ParameterBag<double>([2.0]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { Transform = LossTransform.SquareRoot }.Bind(bag);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Step(() => -1));
        Assert.Contains("-1", error.Message);
        Assert.Contains("LossTransform.None", error.Message);
    }

    [Fact]
    public void Non_finite_trial_points_are_rejected()
    {
        // −log(x) − log(1 − x): infinite outside of (0, 1)
        var bag = new ParameterBag<double>([0.002]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { LearningRate = 1000, MaxIterations = 60 }.Bind(bag);
        int outside = 0;
        optimizer.Step(() => Objectives.Barrier(bag, ref outside));
        Assert.True(outside > 0);
        Assert.Equal(0.5, bag[0].Value[0], 1e-6);
    }

    [Fact]
    public void What_is_frozen_later_stays()
    {
        var bag = new ParameterBag<double>([-1.2, 1, 2], [5.0]);
        SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { MaxIterations = 5 }.Bind(bag);
        double Evaluate()
        {
            double d = bag[1].Value[0] - bag[0].Value[0];
            bag[1].Gradient[0] += 2 * d;
            bag[0].Gradient[0] -= 2 * d;
            return Objectives.Rosenbrock(bag) + d * d;
        }

        optimizer.Step(Evaluate);
        bag[1].Trainable = false;
        double held = bag[1].Value[0];
        for (int step = 0; step < 60; step++)
            optimizer.Step(Evaluate);
        Assert.Equal(held, bag[1].Value[0]);
        bag[0].ClearGradient();
        Evaluate();
        Assert.All(bag[0].Gradient.ToArray(), element => Assert.Equal(0, element, 1e-6));
    }

    [Fact]
    public void Too_many_parameters_are_refused_with_a_way_out()
    {
        var bag = new ParameterBag<float>(new float[101]);
        var error = Assert.Throws<ArgumentException>(() => new SelfScaledQuasiNewton { MaxParameters = 100 }.Bind(bag));
        Assert.Contains("101", error.Message);
        Assert.Contains("MaxParameters = 100", error.Message);
        Assert.Contains("Lbfgs", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SelfScaledQuasiNewton { MaxParameters = 65001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SelfScaledQuasiNewton { WolfeCurvature = 1 });
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void State_round_trips_bit_for_bit(SelfScaledVariant variant)
    {
        double[] Run(bool interrupt)
        {
            var bag = new ParameterBag<double>([-1.2, 1, 3, 0.5]);
            SelfScaledOptimizer<double> optimizer = new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 2 }.Bind(bag);
            for (int step = 0; step < 9; step++)
            {
                if (interrupt && step is 0 or 4)
                {
                    var arrays = new Dictionary<string, double[]>();
                    var counters = new Dictionary<string, long>();
                    optimizer.Save(new StateWriter<double>("", arrays, counters));
                    bag = new ParameterBag<double>(bag[0].Value.Span.ToArray());
                    optimizer = new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 2 }.Bind(bag);
                    optimizer.Load(new StateReader<double>("", arrays, counters));
                }

                optimizer.Step(() => Objectives.Rosenbrock(bag));
            }

            return bag[0].Value.Span.ToArray();
        }

        Assert.Equal(Run(false), Run(true));
    }

    [Fact]
    public void Threads_do_not_change_a_bit_of_a_fit()
    {
        double[] Fit(int threads)
        {
            using var executor = new Executor(threads);
            KanNetwork<double> network = Network();
            Trainer.Fit(network, TrainingSamples.Wave<double>(300), new FitOptions { Optimizer = new SelfScaledQuasiNewton(), Epochs = 2, EvaluationBatch = 64, Executor = executor });
            return [.. network.Parameters().SelectMany(entry => entry.Parameter.Value.Span.ToArray())];
        }

        Assert.Equal(Fit(1), Fit(3));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_small_KAN_ends_lower_than_with_limited_memory(SelfScaledVariant variant)
    {
        double Fit(OptimizerOptions optimizer)
        {
            KanNetwork<double> network = Network();
            FitResult<double> result = Trainer.Fit(network, TrainingSamples.Wave<double>(200), new FitOptions { Optimizer = optimizer, Epochs = 1 });
            return result.BestLoss;
        }

        double limited = Fit(new Lbfgs { MaxIterations = 10000, MaxEvaluations = 400 });
        double dense = Fit(new SelfScaledQuasiNewton { Variant = variant, MaxIterations = 10000, MaxEvaluations = 400 });
        Assert.True(dense < 0.5 * limited, $"{dense} against {limited}");
    }

    [Fact]
    public void Grid_updates_start_the_curvature_anew()
    {
        KanNetwork<double> network = Network();
        FitResult<double> result = Trainer.Fit(network, TrainingSamples.Wave<double>(200), new FitOptions
        {
            Optimizer = new SelfScaledQuasiNewton(),
            Epochs = 12,
            GridUpdates = new GridUpdateSchedule { Every = 4, Until = 9 },
        });
        Assert.NotEqual(StopReason.Diverged, result.Reason);
        Assert.True(result.BestLoss < 0.1 * result.History[0].TrainingLoss);
    }

    private static KanNetwork<double> Network() =>
        KanNetwork<double>.Create([2, 4, 1], new KanLinearOptions { Basis = new BSplineOptions { Intervals = 5 } }, seed: 2);
}
