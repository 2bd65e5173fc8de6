using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Levenberg-Marquardt: training as the nonlinear least-squares problem that it is (Levenberg 1944, Marquardt 1963; damping as in Madsen, Nielsen and
/// Tingleff, "Methods for non-linear least squares problems", 2004). One step is one accepted move. Takes all samples and the mean squared error;
/// edge scales of KAN layers are folded into the coefficients, which leaves the function as it is.
/// </summary>
/// <remarks>
/// A row of the Jacobian of a KAN has k+1 numbers per edge, so the normal equations cost N·(E(k+1))² and not N·P². The learning rate (default 1) is a
/// factor on every step.
/// </remarks>
public sealed record LevenbergMarquardt : OptimizerOptions
{
    /// <summary>Settings with learning rate 1.</summary>
    public LevenbergMarquardt()
        : base(1)
    {
    }

    /// <inheritdoc/>
    public override string Name => "lm";

    /// <summary>Damping of the first step, relative to the diagonal of JᵀJ; positive (default 10⁻²).</summary>
    public double Damping
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Damping), value, "Damping is a positive finite number.");
    } = 1e-2;

    /// <summary>
    /// Weight of the roughness of every edge, relative to what the data say about its coefficients; at least 0 (default 10⁻⁷). Roughness is the sum of
    /// squares of the jumps of the highest derivative at the knots: the default is without effect where there are data and continues the spline smoothly
    /// where there are none. Raise it (10⁻³ to 10) for noisy data.
    /// </summary>
    public double Smoothness
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Smoothness));
    } = 1e-7;

    /// <summary>Weight of the sum of squares of all parameters, added to the mean squared error; at least 0 (default 0).</summary>
    public double Ridge
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Ridge));
    }

    /// <summary>
    /// Whether the last layer, on which the outputs depend linearly, is solved for exactly after every change of the others (variable projection, Golub
    /// and Pereyra 1973, in Kaufman's form). Default false.
    /// </summary>
    public bool VariableProjection { get; init; }

    /// <summary>How steps are computed (default: by what is cheaper).</summary>
    public StepMethod Method { get; init; }

    /// <summary>Rejected steps in a row after which no further improvement is expected, at least 1 (default 20).</summary>
    public int MaxRejections
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxRejections), value, "MaxRejections is at least 1.");
    } = 20;

    /// <summary>Converged when three steps in a row lower the loss by less than this, relatively; at least 0 (default 10⁻⁶).</summary>
    public double Tolerance
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(Tolerance));
    } = 1e-6;

    /// <summary>
    /// Whose grids follow the range of their inputs between steps (default <see cref="RangeFollowing.HiddenLayers"/>). A grid moves when its inputs come close to
    /// its ends or leave much of it unused, and its functions are projected onto the moved one.
    /// </summary>
    public RangeFollowing FollowRange { get; init; }

    /// <summary>How far a grid that follows reaches past its inputs on each side, in units of their range, 0 to 1 (default 0.05).</summary>
    public double HeadRoom
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(HeadRoom), value, "HeadRoom is 0 to 1.");
    } = 0.05;

    /// <summary>
    /// Most memory for rows of the Jacobian that conjugate gradients keep, in bytes, at least 0 (default 1 GiB); beyond it rows are computed anew in every
    /// iteration.
    /// </summary>
    public long RowMemory
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(RowMemory), value, "RowMemory is at least 0.");
    } = 1L << 30;

    /// <inheritdoc cref="OptimizerOptions.Bind{T}(Module{T}, Executor?)"/>
    public new LevenbergMarquardtOptimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(module, this, executor);

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) => Bind(module, executor);
}
