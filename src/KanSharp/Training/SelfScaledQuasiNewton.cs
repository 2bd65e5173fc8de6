using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Self-scaled quasi-Newton methods with a dense inverse Hessian: Oren and Luenberger, Management Science 20 (1974); Al-Baali, Comput. Optim. Appl. 9
/// (1998); in the form that Urban, Stefanou and Pons (J. Comput. Phys. 523 (2025) 113656) and Kiyani et al. (arXiv 2501.16371) train physics-informed networks
/// with. For P parameters an iteration reads and writes P²/2 numbers twice besides the evaluations, so they are for networks up to some thousand
/// parameters; there they reach far lower losses than <see cref="Lbfgs"/> at the same number of evaluations.
/// </summary>
public sealed record SelfScaledQuasiNewton : QuasiNewtonOptions
{
    /// <inheritdoc/>
    public override string Name => Variant == SelfScaledVariant.Bfgs ? "ssbfgs" : "ssbroyden";

    /// <summary>The update (default <see cref="SelfScaledVariant.Broyden"/>).</summary>
    public SelfScaledVariant Variant { get; init; }

    /// <summary>
    /// Largest number of parameters, 1 to 65000 (default 20000: a triangle of 1.6 GB in double precision); with more, binding throws.
    /// </summary>
    public int MaxParameters
    {
        get;
        init => field = value is >= 1 and <= PackedSymmetricMatrix<double>.MaxSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxParameters), value, $"MaxParameters is from 1 to {PackedSymmetricMatrix<double>.MaxSize}.");
    } = 20000;

    /// <inheritdoc cref="OptimizerOptions.Bind{T}(Module{T}, Executor?)"/>
    /// <exception cref="ArgumentException">The module has more parameters than <see cref="MaxParameters"/>.</exception>
    public new SelfScaledOptimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(module, this, executor);

    private protected override Optimizer<T> Create<T>(Module<T> module, Executor? executor) => Bind(module, executor);
}
