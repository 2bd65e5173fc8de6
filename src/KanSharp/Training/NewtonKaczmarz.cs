using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Newton-Kaczmarz training of a <see cref="Networks.KanNetwork{T}"/> (Poluektov and Polar, arXiv 2305.08194): every record alone corrects the weights so that
/// its own residual vanishes to first order. A record touches k+1 weights per edge, so a step costs about twice a prediction. Minimises squared errors of target values.
/// <see cref="OptimizerOptions.LearningRate"/> is the relaxation α, 1 by default; for <see cref="KaczmarzForm.Constant"/> 0.1 to 0.3 is usual.
/// </summary>
/// <remarks>
/// Hidden values are measured in units of half their grid's range, targets in units of their standard deviation (both rounded to powers of two), because J·Jᵀ adds
/// derivatives by the weights of different layers. Edge scales are multiplied into the coefficients and become 1; base weights and biases are weights like others.
/// </remarks>
public sealed record NewtonKaczmarz : OptimizerOptions
{
    /// <summary>Exact projection with relaxation 1 that falls to 0 over the run.</summary>
    public NewtonKaczmarz()
        : base(1)
    {
    }

    /// <inheritdoc/>
    public override string Name => "nk";

    /// <summary>The kind of step. Default <see cref="KaczmarzForm.Projection"/>.</summary>
    public KaczmarzForm Form
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Form), value, $"Form is one of {string.Join(", ", Enum.GetNames<KaczmarzForm>())}.");
    } = KaczmarzForm.Projection;

    /// <summary>λ in J·Jᵀ + λ, at least 0 (default 0). J·Jᵀ is about the number of inputs of the last layer, times 2/3 for piecewise linear functions.</summary>
    public double Damping
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Damping), value, "Damping is finite and at least 0.");
    }

    /// <summary>Records of a block, 1 to 64 (default 8); only for <see cref="KaczmarzForm.Block"/>.</summary>
    public int BlockSize
    {
        get;
        init => field = value is >= 1 and <= 64
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BlockSize), value, "BlockSize is 1 to 64 records.");
    } = 8;

    /// <summary>
    /// Whether the relaxation falls linearly to 0 over the epochs of the run, besides what <see cref="FitOptions.Schedule"/> does (default true). Without it the last
    /// records weigh more than all others.
    /// </summary>
    public bool Anneal { get; init; } = true;

    /// <summary>
    /// Whether an input outside of its grid moves that end of the grid to itself, and then both ends out by 1 % of the range (default true). The function is
    /// stretched, not sampled anew: coefficients stay. Otherwise grids are frozen and functions continue as the layer's basis says.
    /// </summary>
    public bool ExtendRanges { get; init; } = true;

    /// <summary>
    /// Parts of every round that are trained apart, each on its own copy of the network and on as many threads as there are (default 1). After the round the
    /// network is the mean of the copies, which share their knots, so that it is a mean of functions. The result depends on this number, never on the number of threads.
    /// </summary>
    public int Subsets
    {
        get;
        init => field = value is >= 1 and <= 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Subsets), value, "Subsets is 1 to 1024.");
    } = 1;

    /// <summary>Records of each subset in a round, at least 1 (default 4096). Between rounds training can be stopped, and copies are merged.</summary>
    public int RecordsPerRound
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RecordsPerRound), value, "RecordsPerRound is at least 1.");
    } = 4096;

    /// <summary>Records of a round, all subsets together.</summary>
    internal int Round => (int)Math.Min((long)Subsets * RecordsPerRound, Array.MaxLength);

    /// <inheritdoc cref="OptimizerOptions.Bind{T}(Module{T}, Executor?)"/>
    /// <exception cref="ArgumentException">The module is no <see cref="Networks.KanNetwork{T}"/>, or an edge scale is frozen that would have to be folded in.</exception>
    public new NewtonKaczmarzOptimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(module, this, executor);

    /// <summary>α at a point of a run.</summary>
    internal double Relaxation(double factor, long step, long steps) =>
        LearningRate * factor * (Anneal && steps > 0 ? Math.Max(0, 1 - (double)step / steps) : 1);

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) => Bind(module, executor);
}
