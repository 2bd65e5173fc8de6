using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Training;
using KanSharp.Training.LeastSquares;

namespace KanSharp.Equations.Solving;

/// <summary>Minimises the residuals of a system over the parameters of a model and the unknown coefficients, by whatever solver is asked for.</summary>
internal sealed class CollocationTraining(
    CollocationSystem system, SolverModel model, IReadOnlyList<Parameter<double>> coefficients, Tensor<double> inputs, SolveOptions options, Executor executor, SolveClock clock)
{
    private const int LeastSquaresSteps = 100;
    private const int OtherSteps = 2000;

    /// <summary>What least squares are solved with if nothing else is asked for.</summary>
    public static LevenbergMarquardt Default { get; } = new() { Smoothness = 1e-12, Tolerance = 1e-2 };

    /// <summary>The loss that was reached.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Runs the solver.</summary>
    /// <param name="progress">Told of every step.</param>
    /// <returns>Whether it converged within its steps.</returns>
    public bool Run(Action<(double Loss, double Residual)> progress) => (options.Optimizer ?? Default) is LevenbergMarquardt settings
        ? LeastSquares(settings, progress)
        : Minimize(options.Optimizer!, progress);

    private bool LeastSquares(LevenbergMarquardt settings, Action<(double Loss, double Residual)> progress)
    {
        var solver = new LeastSquaresSolver<double>(system, model.Module, settings, null, executor);
        for (int step = 0; step < (options.Steps ?? LeastSquaresSteps); step++)
        {
            clock.Check();
            if (model.Follow(inputs))
                solver.Restart();
            bool accepted = solver.Move(settings.LearningRate);
            Loss = solver.Loss;
            if (solver.Status == SolverStatus.NonFinite)
                throw new NonFiniteResidualException($"A residual or a derivative is not finite: {Describe()}.");
            progress((Loss, system.EquationResidual));
            if (!accepted || solver.Status == SolverStatus.Converged)
                return true;
        }

        return false;
    }

    private bool Minimize(OptimizerOptions settings, Action<(double Loss, double Residual)> progress)
    {
        const string Refusal = "needs samples with targets; equations are solved by lm, ssbroyden, lbfgs and the first-order methods.";
        if (settings is NewtonKaczmarz)
            throw new ArgumentException($"The solver '{settings.Name}' {Refusal}", nameof(settings));
        var all = new Unknowns(model.Module, coefficients);
        var optimizer = settings.Bind(all, executor) as GradientOptimizer<double> ?? throw new ArgumentException($"The solver '{settings.Name}' {Refusal}", nameof(settings));
        var best = new BestParameters([.. all.Parameters().Select(entry => entry.Parameter)]);
        try
        {
            return Steps(optimizer, best, progress);
        }
        finally
        {
            // a step tells the loss before it, so the parameters after the last one are still to be judged
            best.Restore(system.LossAtEnd());
            Loss = Math.Min(Loss, best.Loss);
        }
    }

    private bool Steps(GradientOptimizer<double> optimizer, BestParameters best, Action<(double Loss, double Residual)> progress)
    {
        for (int step = 0; step < (options.Steps ?? OtherSteps); step++)
        {
            clock.Check();
            if (model.Follow(inputs))
            {
                optimizer.Reset();
                best.Forget();
            }

            best.Remember();
            Loss = optimizer.Step(system.Gradient);
            best.Judge(Loss);
            if (!double.IsFinite(Loss))
                throw new NonFiniteResidualException($"A residual or a derivative is not finite: {Describe()}.");
            progress((Loss, system.EquationResidual));
            if (optimizer is FullBatchOptimizer<double> { Status: SolverStatus.Converged })
                return true;
        }

        return false;
    }

    private string Describe()
    {
        for (int index = 0; index < system.Blocks.Count; index++)
        {
            double[] magnitudes = system.Magnitudes(index);
            int row = Array.FindIndex(magnitudes, magnitude => !double.IsFinite(magnitude));
            if (row >= 0)
                return $"{system.Blocks[index].Name} at ({string.Join(", ", system.Blocks[index].Points.Row(row).ToArray().Select(value => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)))})";
        }

        return "all residuals are finite, the gradient is not";
    }

    /// <summary>The network and the coefficients as one module, for solvers that take one.</summary>
    private sealed class Unknowns(Module<double> network, IReadOnlyList<Parameter<double>> coefficients) : Module<double>
    {
        public override IReadOnlyList<Member<double>> Members { get; } =
            [("network", network), .. coefficients.Select((coefficient, index) => (Member<double>)($"coefficient{index}", coefficient))];

        public override Var<double> Forward(Var<double> x) => network.Forward(x);
    }
}
