using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Training.LeastSquares;

/// <summary>Steps of Levenberg-Marquardt in a training run.</summary>
internal sealed class LeastSquaresStepper<T> : IStepper
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LevenbergMarquardtOptimizer<T> _optimizer;
    private readonly ResidualProblem<T> _problem;
    private readonly LeastSquaresSolver<T> _solver;
    private readonly int _samples;
    private readonly Module<T> _module;
    private readonly Tensor<T> _inputs;
    private readonly RangeFollower<T>? _follower;

    public LeastSquaresStepper(StepperContext<T> context, LevenbergMarquardtOptimizer<T> optimizer)
    {
        _optimizer = optimizer;
        TrainingData<T> data = context.Objective.Reader.Data;
        FoldEdgeScales(context.Module);
        _problem = new ResidualProblem<T>(context.Module, data, optimizer.Executor, context.CheckInterruption);
        _solver = new LeastSquaresSolver<T>(_problem, context.Module, optimizer.Options, context.Objective.HasPenalty ? new GeneralPenalty<T>(context) : null, optimizer.Executor);
        _samples = data.Count;
        _module = context.Module;
        _inputs = data.Inputs;
        var follow = new FollowOptions { Follow = optimizer.Options.FollowRange, HeadRoom = optimizer.Options.HeadRoom };
        _follower = follow.Follow == RangeFollowing.None || !_module.Modules().OfType<KanLinear<T>>().Any() ? null : new RangeFollower<T>(follow, optimizer.Executor);
        Weight = context.Objective.Reader.TotalWeight([.. Enumerable.Range(0, data.Count)]);
    }

    public double Loss => _solver.Loss;

    public double Penalty => _solver.Penalty;

    public double Weight { get; }

    public bool Converged => _optimizer.Status == SolverStatus.Converged;

    public double LossWithinStep => _solver.Loss + _solver.Penalty;

    public long Samples => _samples * (2L + _solver.Rejected);

    public SolverTrace? Trace { get; private set; }

    public string? Take(ReadOnlySpan<int> rows, long step, double rateFactor)
    {
        _solver.Damping = _optimizer.Damping;
        _solver.Growth = _optimizer.Growth;
        _solver.SmallSteps = _optimizer.SmallSteps;
        if (Follow() is { } failure)
            return failure;
        bool accepted = _solver.Move(_optimizer.Options.LearningRate * rateFactor);
        _optimizer.Damping = _solver.Damping;
        _optimizer.Growth = _solver.Growth;
        _optimizer.SmallSteps = _solver.SmallSteps;
        _optimizer.Status = _solver.Status;
        _optimizer.Accepted += accepted ? 1 : 0;
        _optimizer.Rejected += _solver.Rejected;
        Trace = new SolverTrace(accepted ? 1 : 0, _solver.Rejected, _solver.Damping, _solver.GainRatio);
        return _solver.Status == SolverStatus.NonFinite ? _problem.DescribeNonFinite() : null;
    }

    /// <summary>Lets grids follow their inputs; null, or where an input is not finite.</summary>
    private string? Follow()
    {
        NonFiniteInput? failure = null;
        if (_follower?.Apply(_module, _inputs, out failure).Any(report => report.Updated > 0) == true)
            _solver.Restart();
        if (failure is not { } found)
            return null;
        // a layer within meets what came from a parameter before it
        return (found.Layer > 0 ? _problem.DescribeOutput() : null) ?? found.Describe(found.Row);
    }

    /// <summary>
    /// Multiplies trainable edge scales into the coefficients: their product is what counts, and two unknowns for one number would only make the equations singular.
    /// </summary>
    private static void FoldEdgeScales(Module<T> module)
    {
        foreach (KanLinear<T> layer in module.Modules().OfType<KanLinear<T>>())
        {
            if (layer.EdgeScale is not { Trainable: true } scale || !layer.Coefficients.Trainable)
                continue;
            Span<T> coefficients = layer.Coefficients.Value.Span;
            int functions = layer.Coefficients.Shape[1];
            for (int index = 0; index < coefficients.Length; index++)
                coefficients[index] *= scale.Value.Span[index / (functions * layer.Outputs) * layer.Outputs + index % layer.Outputs];
            scale.Value.Span.Fill(T.One);
        }
    }
}
