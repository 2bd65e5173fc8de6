using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Equations.Solving;

/// <summary>One run of the solver: windows of time, in each stages of grids, in each rounds of training with points and knots adapted between them.</summary>
internal sealed partial class SolveRun
{
    private const int ValidationPoints = 1000;
    private static readonly TimeSpan ErrorInterval = TimeSpan.FromSeconds(0.25);
    private readonly EquationProblem _problem;
    private readonly SolveOptions _options;
    private readonly Executor _executor;
    private readonly Construction _construction;
    private readonly SolvePlan _plan;
    private readonly SolveClock _clock;
    private readonly WindowedField _field;
    private readonly NetworkInputs _inputs;
    private readonly ErrorMeasure? _errors;
    private readonly Parameter<double>[] _coefficients;
    private readonly List<SolverModel> _models = [];
    private readonly List<SolveStage> _stages = [];
    private readonly List<string> _notes = [];
    private double[]? _previous;
    private double? _estimate;
    private long _iterations;
    private int _points;
    private bool _converged;
    private bool _allConverged = true;
    private (TimeSpan Time, double? Error) _recent = (TimeSpan.MinValue, null);
    private double _unseen;
    private double _scale;

    /// <param name="problem">The problem, well posed.</param>
    /// <param name="options">How.</param>
    /// <param name="warnings">What a user should know beforehand.</param>
    /// <param name="clock">Runs since the work began.</param>
    public SolveRun(EquationProblem problem, SolveOptions options, IEnumerable<string> warnings, SolveClock clock)
    {
        _clock = clock;
        (_problem, _options) = (problem, options);
        _executor = options.Executor ?? Executor.Default;
        _construction = ConstructionBuilder.Build(problem, options.BuildIn);
        _notes.AddRange(warnings);
        _notes.AddRange(_construction.Notes);
        _plan = SolvePlan.Create(problem, options, _construction);
        _inputs = new NetworkInputs(problem);
        _field = new WindowedField(problem.Domain, _construction, _inputs, _executor);
        _errors = ErrorMeasure.Create(problem, options.Seed);
        _coefficients = [.. problem.Coefficients.Select(coefficient => new Parameter<double>(new Tensor<double>(new Shape(1), [coefficient.Start])))];
    }

    public EquationSolution Run()
    {
        StopReason reason = StopReason.BudgetReached;
        try
        {
            for (int window = 0; window < _plan.Windows; window++)
                Solve(window);
            reason = _allConverged ? StopReason.Converged : StopReason.BudgetReached;
        }
        catch (OperationCanceledException) when (_clock.Interruption is { } interruption)
        {
            reason = interruption;
            NoteUnfinished();
        }
        catch (NonFiniteResidualException failure)
        {
            reason = StopReason.Diverged;
            _notes.Add(failure.Message);
            NoteUnfinished();
        }

        return new SolutionReport(_problem, _construction, _field, _models, _coefficients, _errors, _options.Seed).Create(
            reason, _clock, _iterations, _points, _estimate, _stages, _notes);
    }

    private void NoteUnfinished()
    {
        if (_field.Windows.Count < _plan.Windows)
            _notes.Add(FormattableString.Invariant($"The work ended in window {_field.Windows.Count} of {_plan.Windows}: the solution is finished up to {_problem.Domain.Variables[Time]} = {_field.Windows[^1].Start:G6} only."));
    }

    private int Time => TimeAxis.Of(_problem.Domain);

    private (double Start, double End) Range(int window)
    {
        if (Time < 0)
            return (0, 1);
        (double low, double high) = _problem.Domain.Bounds[Time];
        double length = (high - low) / _plan.Windows;
        return (low + window * length, window == _plan.Windows - 1 ? high : low + (window + 1) * length);
    }

    private void Solve(int window)
    {
        (double Start, double End) range = Range(window);
        Domain domain = _plan.Windows > 1 ? TimeAxis.Between(_problem.Domain, range.Start, range.End) : _problem.Domain;
        SolverModel model = window == 0 ? Fresh(domain, 0) : _models[^1].Shift(Time, Range(window - 1), range);
        _models.Add(model);
        _field.Add(model.Module, range.Start, range.End);
        var collocation = new Collocation(_problem, domain, _construction, _field, _inputs, window, _options, _executor, _clock);
        Tensor<double> fresh = domain.Interior(ValidationPoints, PointSequence.Sobol, _options.Seed + 7919);
        _scale = window == 0 ? collocation.Residual(model, _coefficients, fresh) : _scale;
        Stages(window, window == 0 ? 0 : _plan.Grids.Count - 1, model, collocation, fresh);
        Retry(window, domain, collocation, fresh);
        _allConverged &= _converged;
    }

    private void Stages(int window, int first, SolverModel model, Collocation collocation, Tensor<double> fresh)
    {
        for (int stage = first; stage < _plan.Grids.Count; stage++)
        {
            if (_plan.Grids[stage] > model.Intervals)
                Use(model = model.Refine(_plan.Grids[stage]));
            model = Stage(window, stage, model, collocation, fresh);
            if (_plan.GrowsRank && (stage == 0 || stage == _plan.Grids.Count - 1))
                model = Grow(window, stage, model, collocation, fresh);
            if (_plan.GrowsGrid)
                model = Refine(window, stage, model, collocation, fresh);
            Estimate(window, fresh);
            if (_options.Tolerance > 0 && _unseen <= _options.Tolerance * _scale)
            {
                _converged = true;
                break;
            }
        }
    }

    private SolverModel Stage(int window, int stage, SolverModel model, Collocation collocation, Tensor<double> fresh)
    {
        (SolverModel Model, double[] Coefficients, double Residual) best = (model, Coefficients, double.PositiveInfinity);
        double loss = 0, residual = 0;
        long before = _iterations;
        try
        {
            for (int round = 0; round < _plan.Rounds; round++)
            {
                bool adapts = round > 0 || (window > 0 && _plan.Rounds > 1);
                Tensor<double> points = collocation.Points(model, _coefficients, adapts, round);
                if (adapts)
                    Use(model = model.MoveKnots(_inputs.Rows(points)));
                CollocationSystem system = collocation.System(model, _coefficients, points);
                _points = points.Shape[0];
                var training = new CollocationTraining(system, model, _coefficients, collocation.Inputs(points), _options, _executor, _clock);
                int current = stage;
                _converged = training.Run(progress =>
                {
                    _iterations++;
                    _options.Progress?.Invoke(new SolveProgress(
                        window + 1, _plan.Windows, current + 1, _plan.Grids.Count, model.Intervals, _iterations, progress.Loss, progress.Residual, RecentError(), _clock.Elapsed));
                });
                (loss, residual) = (training.Loss, Math.Sqrt(system.MeanSquares()[0]));
                double unseen = collocation.Residual(model, _coefficients, fresh);
                if (!(best.Residual <= unseen))
                    best = (model.Clone(), Coefficients, unseen);
            }
        }
        finally
        {
            if (best.Model != model && double.IsFinite(best.Residual))
                Use(model = best.Model, best.Coefficients);
        }

        _unseen = best.Residual;
        _stages.Add(new SolveStage(window + 1, model.Intervals, model.Parameters, _iterations - before, loss, residual, _errors?.Relative(_field), _clock.Seconds));
        return model;
    }

    /// <summary>The error for the display, measured a few times a second: it looks at all windows.</summary>
    private double? RecentError()
    {
        if (_recent.Time == TimeSpan.MinValue || _clock.Elapsed - _recent.Time > ErrorInterval)
            _recent = (_clock.Elapsed, _errors?.Relative(_field));
        return _recent.Error;
    }

    private SolverModel Fresh(Domain domain, int attempt)
    {
        ulong seed = _options.Seed + (ulong)attempt * 1_000_003;
        int marched = _plan.Windows > 1 && domain.Dimension > 1 ? Time : -1;
        return _plan.Shape is { } shape
            ? NetworkModel.Create(shape, _inputs.Bounds(domain), _problem.Unknowns.Count, _plan.Degree, _plan.Grids[0], _construction.PeriodicAxes, seed, _executor)
            : SeparableModel.Create(
                _inputs.Bounds(domain), _problem.Unknowns.Count, _plan.Rank, _plan.Degree, _plan.Grids[0], marched, _options.WindowIntervals, _construction.PeriodicAxes, seed);
    }

    /// <summary>The coefficients as they are.</summary>
    private double[] Coefficients => [.. _coefficients.Select(coefficient => coefficient.Value[0])];

    /// <summary>Goes back to a model and to the coefficients that were found with it.</summary>
    private void Use(SolverModel model, double[] coefficients)
    {
        Use(model);
        for (int index = 0; index < coefficients.Length; index++)
            _coefficients[index].Value[0] = coefficients[index];
    }

    private void Use(SolverModel model)
    {
        _models[^1] = model;
        _field.Replace(model.Module);
    }

    /// <summary>Compares the solution at fresh points of the first window with that of the stage before.</summary>
    private void Estimate(int window, Tensor<double> points)
    {
        if (window > 0)
            return;
        double[] values = [.. _field.Evaluate(points, JetShape.Of()).SelectMany(field => field[0]!)];
        if (_previous is not null)
            _estimate = ErrorMeasure.Relative(values, _previous);
        _previous = values;
    }
}
