using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Equations.Solving;

/// <summary>One run of the solver: windows of time, in each stages of grids, in each rounds of training with points and knots adapted between them.</summary>
internal sealed class SolveRun
{
    private const int ValidationPoints = 1000;
    private const double SmallResidual = 1e-6;
    private const double WorthGrowing = 0.5;
    private const double TolerableResidual = 1e-3;
    private const int MostIntervals = 240;
    private const int MostRank = 32;
    private const int MostParameters = 3000;
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
    private double _unseen;
    private double _scale;

    /// <param name="problem">The problem, well posed.</param>
    /// <param name="options">How.</param>
    /// <param name="warnings">What a user should know beforehand.</param>
    public SolveRun(EquationProblem problem, SolveOptions options, IEnumerable<string> warnings)
    {
        (_problem, _options) = (problem, options);
        _executor = options.Executor ?? Executor.Default;
        _construction = ConstructionBuilder.Build(problem, options.BuildIn);
        _notes.AddRange(warnings);
        _notes.AddRange(_construction.Notes);
        _plan = SolvePlan.Create(problem, options, _construction);
        _clock = new SolveClock(options.TimeLimit, options.Cancellation);
        _inputs = new NetworkInputs(problem);
        _field = new WindowedField(problem.Domain, _construction, _inputs);
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
            reason = _converged ? StopReason.Converged : StopReason.BudgetReached;
        }
        catch (OperationCanceledException) when (_clock.Interruption is { } interruption)
        {
            reason = interruption;
            if (_field.Windows.Count < _plan.Windows)
                _notes.Add(FormattableString.Invariant($"The work ended in window {_field.Windows.Count} of {_plan.Windows}: the solution is trained up to {_problem.Domain.Variables[Time]} = {_field.Windows[^1].End:G6}."));
        }

        catch (NonFiniteResidualException failure)
        {
            reason = StopReason.Diverged;
            _notes.Add(failure.Message);
        }

        return new SolutionReport(_problem, _construction, _field, _models, _coefficients, _errors, _options.Seed).Create(
            reason, _clock, _iterations, _points, _estimate, _stages, _notes);
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
        SolverModel model = window == 0 ? Fresh(domain) : _models[^1].Shift(Time, Range(window - 1), range);
        _models.Add(model);
        _field.Add(model.Module, range.Start, range.End);
        var collocation = new Collocation(_problem, domain, _construction, _field, _inputs, window, _options, _executor, _clock);
        Tensor<double> fresh = domain.Interior(ValidationPoints, PointSequence.Sobol, _options.Seed + 7919);
        double before = collocation.Residual(model, _coefficients, fresh);
        for (int stage = 0; stage < _plan.Grids.Count; stage++)
        {
            if (window > 0 && stage < _plan.Grids.Count - 1)
                continue;
            if (_plan.Grids[stage] > model.Intervals)
                Use(model = model.Refine(_plan.Grids[stage]));
            model = Stage(window, stage, model, collocation, fresh);
            if (_plan.GrowsRank && (stage == 0 || stage == _plan.Grids.Count - 1))
                model = Grow(window, stage, model, collocation, fresh, before);
            if (_plan.GrowsGrid)
                model = Refine(window, stage, model, collocation, fresh, before);
            if (_unseen <= _options.Tolerance * before)
            {
                _converged = true;
                break;
            }
        }
    }

    /// <summary>Halves the intervals in a window as long as that lowers the residual and it is not small; later windows begin with the finer grid.</summary>
    private SolverModel Refine(int window, int stage, SolverModel model, Collocation collocation, Tensor<double> fresh, double start)
    {
        _scale = window == 0 ? start : _scale;
        while (_unseen > TolerableResidual * _scale && 2 * model.Intervals <= MostIntervals)
        {
            double residual = _unseen;
            Use(model.Refine(2 * model.Intervals));
            SolverModel finer = Stage(window, stage, _models[^1], collocation, fresh);
            if (_unseen > WorthGrowing * residual)
            {
                Use(model);
                _unseen = residual;
                break;
            }

            model = finer;
        }

        return model;
    }

    /// <summary>Doubles the number of products as long as that lowers the residual and it is not small.</summary>
    private SolverModel Grow(int window, int stage, SolverModel model, Collocation collocation, Tensor<double> fresh, double start)
    {
        while (_unseen > SmallResidual * start && model is SeparableModel separable && 2 * separable.Rank <= MostRank && 2 * model.Parameters <= MostParameters)
        {
            (double residual, double[] coefficients) = (_unseen, Coefficients);
            Use(separable.Grow(2 * separable.Rank, _options.Seed));
            SolverModel wider = Stage(window, stage, _models[^1], collocation, fresh);
            if (_unseen > WorthGrowing * residual)
            {
                Use(model, coefficients);
                _unseen = residual;
                break;
            }

            model = wider;
        }

        return model;
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
                    Use(model = model.MoveKnots(points));
                CollocationSystem system = collocation.System(model, _coefficients, points);
                _points = (int)system.Rows;
                var training = new CollocationTraining(system, model, _coefficients, collocation.Inputs(points), _options, _executor, _clock);
                int current = stage;
                _converged = training.Run(progress =>
                {
                    _iterations++;
                    _options.Progress?.Invoke(new SolveProgress(
                        window + 1, _plan.Windows, current + 1, _plan.Grids.Count, model.Intervals, _iterations, progress.Loss, progress.Residual, _errors?.Relative(_field), _clock.Elapsed));
                });
                (loss, residual) = (training.Loss, Math.Sqrt(system.MeanSquares()[0]));
                double unseen = collocation.Residual(model, _coefficients, fresh);
                if (unseen <= best.Residual || double.IsPositiveInfinity(best.Residual))
                    best = (model.Clone(), Coefficients, unseen);
            }
        }
        finally
        {
            if (best.Model != model && double.IsFinite(best.Residual))
                Use(model = best.Model, best.Coefficients);
        }

        _unseen = best.Residual;
        Estimate(window, fresh);
        _stages.Add(new SolveStage(window + 1, model.Intervals, model.Parameters, _iterations - before, loss, residual, _errors?.Relative(_field), _clock.Seconds));
        return model;
    }

    private SolverModel Fresh(Domain domain)
    {
        int marched = _plan.Windows > 1 && domain.Dimension > 1 ? Time : -1;
        return _plan.Shape is { } shape
            ? NetworkModel.Create(shape, _inputs.Bounds(domain), _problem.Unknowns.Count, _plan.Degree, _plan.Grids[0], _construction.PeriodicAxes, _options.Seed, _executor)
            : SeparableModel.Create(
                _inputs.Bounds(domain), _problem.Unknowns.Count, _plan.Rank, _plan.Degree, _plan.Grids[0], marched, _options.WindowIntervals, _construction.PeriodicAxes, _options.Seed);
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
