using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>Takes damped Gauss-Newton steps on a <see cref="LeastSquaresProblem{T}"/> and its quadratic penalties.</summary>
internal sealed class LeastSquaresSolver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Damping of an unknown that nothing depends on, relative to the mean of its parameter: without it a silent unknown would not be held at all.
    /// </summary>
    private const double SilentShare = 1e-6;

    private const double ProjectedDamping = 1e-9;
    private const double SmallestDamping = 1e-15;
    private const double LargestDamping = 1e15;
    private const double LeastGain = 1e-4;
    private const double LeastScale = 1e-300;
    private readonly LevenbergMarquardt _options;
    private readonly LeastSquaresProblem<T> _problem;
    private readonly StepEquations _equations;
    private readonly LastLayer<T>? _last;
    private readonly Roughness<T> _roughness;
    private readonly GeneralPenalty<T>? _general;
    private readonly double[] _curvature;
    private readonly double[] _ridge;
    private readonly double[] _unknowns;
    private readonly double[] _trial;
    private readonly double[] _step;
    private readonly double[] _scale;
    private readonly double[] _damping;
    private readonly double _rounding;

    /// <param name="problem">The problem.</param>
    /// <param name="module">Its module.</param>
    /// <param name="options">Settings.</param>
    /// <param name="general">Penalties that are no sums of squares; null for none.</param>
    /// <param name="executor">Threads and register width.</param>
    public LeastSquaresSolver(LeastSquaresProblem<T> problem, Module<T> module, LevenbergMarquardt options, GeneralPenalty<T>? general, Executor executor)
    {
        _problem = problem;
        _options = options;
        JacobianLayout<T> layout = problem.Layout;
        bool direct = options.Method == StepMethod.Automatic
            ? StepCost.PrefersCholesky(layout.Unknowns, layout.NonZeros, problem.Rows)
            : options.Method == StepMethod.Cholesky;
        if (direct)
            RequireMatrix(layout.Unknowns, "Use StepMethod.ConjugateGradient.");
        if (general is null && options.VariableProjection && problem.CanProject)
            RequireMatrix(layout.Unknowns - layout.Runs[layout.LastRun].Region, "Leave VariableProjection off.");
        _equations = direct
            ? new CholeskyEquations(layout.Runs, 0, executor)
            : new ConjugateGradientEquations(layout.Runs, layout.Unknowns, options.RowMemory, executor);
        _general = general;
        _curvature = new double[general is null ? 0 : layout.Unknowns];
        _last = general is null && options.VariableProjection && problem.CanProject ? new LastLayer<T>(problem, executor) : null;
        _roughness = new Roughness<T>(module, layout, options.Smoothness);
        _unknowns = new double[layout.Unknowns];
        _trial = new double[layout.Unknowns];
        _step = new double[layout.Unknowns];
        _scale = new double[layout.Unknowns];
        _damping = new double[layout.Unknowns];
        _ridge = new double[options.Ridge > 0 ? layout.Unknowns : 0];
        Array.Fill(_ridge, options.Ridge);
        _rounding = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        UsesCholesky = direct;
        Damping = options.Damping;
    }

    /// <summary>Whether steps come from a Cholesky factorisation.</summary>
    public bool UsesCholesky { get; }

    /// <summary>Present damping.</summary>
    public double Damping { get; set; }

    /// <summary>Factor on the damping at the next rejection.</summary>
    public double Growth { get; set; } = 2;

    /// <summary>Loss at the present parameters.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>What penalties add to it.</summary>
    public double Penalty { get; private set; }

    /// <summary>Rejected steps of the last move.</summary>
    public int Rejected { get; private set; }

    /// <summary>Actual over promised decrease of the last accepted step.</summary>
    public double GainRatio { get; private set; }

    public SolverStatus Status { get; private set; }

    /// <summary>Steps in a row that hardly lowered the loss.</summary>
    public int SmallSteps { get; set; }

    /// <summary>Forgets how fast it was converging and the loss; called when the parameters have been changed from outside.</summary>
    public void Restart()
    {
        SmallSteps = 0;
        Loss = double.PositiveInfinity;
    }

    /// <summary>One accepted step, or none if nothing lowers the loss. An exception leaves the parameters at the last accepted point.</summary>
    /// <param name="rate">Factor on the step.</param>
    /// <returns>Whether a step was accepted.</returns>
    public bool Move(double rate)
    {
        JacobianLayout<T> layout = _problem.Layout;
        layout.Read(_unknowns);
        try
        {
            if (!Linearize())
            {
                Status = SolverStatus.NonFinite;
                return false;
            }

            Rejected = 0;
            if (rate == 0)
            {
                Status = SolverStatus.Continues;
                return false;
            }

            (double damping, double growth) = (Damping, Growth);
            while (Rejected < _options.MaxRejections)
            {
                if (Try(rate, out bool hopeless))
                    return true;
                Rejected++;
                layout.Write(_unknowns);
                if (hopeless)
                    break;
            }

            // nothing helped, the last damping least of all: who goes on from here, on a finer grid perhaps, starts from one that did
            (Damping, Growth) = (damping, growth);
            Status = SolverStatus.Converged;
            return false;
        }
        catch
        {
            layout.Write(_unknowns);
            throw;
        }
    }

    private static void RequireMatrix(int unknowns, string hint)
    {
        if (unknowns > StepCost.MostUnknowns)
            throw new ArgumentException($"A Cholesky factorisation for {unknowns} unknowns does not fit into one array; at most {StepCost.MostUnknowns} do. {hint}");
    }

    /// <summary>Collects the equations at the present parameters; false if the loss or its gradient is not finite.</summary>
    private bool Linearize()
    {
        Loss = _equations.Collect(_problem.Linearize);
        IReadOnlyList<BandedTerm> terms = _roughness.Weigh(_equations.Diagonal);
        Penalty = Quadratic(_unknowns);
        _equations.AddPenalties(terms, _ridge, _unknowns);
        if (_general is not null)
        {
            Penalty += _general.Linearize(_problem.Layout, _equations.Gradient, _curvature);
            _equations.AddCurvature(_general.Terms, _curvature);
        }

        foreach (JacobianRun run in _problem.Layout.Runs)
        {
            double sum = 0;
            foreach (double value in _equations.Diagonal.AsSpan(run.Region, run.RegionLength))
                sum += value;
            double silent = Math.Max(SilentShare * sum / run.RegionLength, LeastScale);
            for (int index = run.Region; index < run.Region + run.RegionLength; index++)
                _scale[index] = _equations.Diagonal[index] + silent;
        }

        double gradient = 0;
        foreach (double value in _equations.Gradient)
            gradient += Math.Abs(value);
        return double.IsFinite(Loss + Penalty) && double.IsFinite(gradient);
    }

    private bool Try(double rate, out bool hopeless)
    {
        hopeless = false;
        int projected = _last?.First ?? _step.Length;
        for (int index = 0; index < _step.Length; index++)
            _damping[index] = (index < projected ? Damping : ProjectedDamping) * _scale[index];
        if (!_equations.TrySolve(_damping, _step))
        {
            Reject();
            hopeless = Damping > LargestDamping;
            return false;
        }

        // −2·ρ·gᵀp − ρ²·pᵀ(JᵀJ + Q)p with (JᵀJ + Q + diag(d))·p = −g
        double promised = 0;
        for (int index = 0; index < _step.Length; index++)
        {
            promised += rate * _step[index] * (rate * _damping[index] * _step[index] - (2 - rate) * _equations.Gradient[index]);
            _trial[index] = _unknowns[index] + rate * _step[index];
        }

        double before = Loss + Penalty;
        _problem.Layout.Write(_trial);
        if (_last is not null)
        {
            _last.Solve(_roughness.Terms, _ridge, _trial);
            _problem.Layout.Write(_trial);
        }

        double loss = _problem.Loss();
        double penalty = Quadratic(_trial) + (_general?.Value() ?? 0);
        double decrease = before - loss - penalty;
        double gain = decrease / promised;
        if (decrease > 0 && gain > LeastGain)
        {
            Accept(loss, penalty, gain, decrease / before);
            return true;
        }

        hopeless = promised <= 4 * _rounding * before || Damping > LargestDamping;
        Reject();
        return false;
    }

    private void Accept(double loss, double penalty, double gain, double relative)
    {
        double swing = 2 * gain - 1;
        Damping = Math.Max(Damping * Math.Clamp(1 - swing * swing * swing, 0.2, 2), SmallestDamping);
        Growth = 2;
        Loss = loss;
        Penalty = penalty;
        GainRatio = gain;
        SmallSteps = relative < _options.Tolerance ? SmallSteps + 1 : 0;
        Status = SmallSteps >= 3 || loss == 0 ? SolverStatus.Converged : SolverStatus.Continues;
    }

    private void Reject()
    {
        Damping *= Growth;
        Growth *= 2;
    }

    /// <summary>The quadratic penalties with the weights of the last linearisation.</summary>
    private double Quadratic(ReadOnlySpan<double> unknowns)
    {
        double sum = 0;
        foreach (BandedTerm term in _roughness.Terms)
            sum += term.Value(unknowns);
        if (_ridge.Length > 0)
            sum += _options.Ridge * Vectors.Dot(unknowns, unknowns);
        return sum;
    }
}
