using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Which optimiser, and its settings: <see cref="AdamW"/>, <see cref="Adam"/>, <see cref="Sgd"/>, <see cref="RmsProp"/>, <see cref="Lbfgs"/>, <see cref="LevenbergMarquardt"/>,
/// <see cref="SelfScaledQuasiNewton"/>, <see cref="NewtonKaczmarz"/>.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions(double learningRate) => LearningRate = learningRate;

    /// <summary>Short name, for example "adamw".</summary>
    public abstract string Name { get; }

    /// <summary>The step size before any schedule, positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number.</exception>
    public double LearningRate
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "LearningRate is a positive finite number.");
    }

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sgd", "adam", "adamw", "rmsprop", "lbfgs", "ssbfgs", "ssbroyden", "lm", "nk"];

    /// <summary>An optimiser with its default settings.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">No optimiser has that name.</exception>
    public static OptimizerOptions Parse(string name) => name switch
    {
        "sgd" => new Sgd(),
        "adam" => new Adam(),
        "adamw" => new AdamW(),
        "rmsprop" => new RmsProp(),
        "lbfgs" => new Lbfgs(),
        "lm" => new LevenbergMarquardt(),
        "ssbfgs" => new SelfScaledQuasiNewton { Variant = SelfScaledVariant.Bfgs },
        "ssbroyden" => new SelfScaledQuasiNewton(),
        "nk" => new NewtonKaczmarz(),
        _ => throw new ArgumentException($"Optimiser '{name}' is unknown. There are: {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>Creates the optimiser's state for the trainable parameters of a module.</summary>
    /// <param name="module">The module; parameters frozen now are left out, those frozen later keep their values.</param>
    /// <param name="executor">Threads and SIMD width; the process-wide one by default.</param>
    /// <exception cref="ArgumentException">A setting is outside of its range, or the module has no trainable parameter.</exception>
    public Optimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create(module, executor);

    // Not Bind itself, overridden with a narrower result: NativeAOT compiles no generic virtual methods with covariant results
    private protected abstract Optimizer<T> Create<T>(Module<T> module, Executor? executor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
