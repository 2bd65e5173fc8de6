using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>An optimiser that takes one gradient per step.</summary>
public abstract record FirstOrderOptions : OptimizerOptions
{
    private protected FirstOrderOptions(double learningRate)
        : base(learningRate)
    {
    }

    /// <summary>Weight decay λ, at least 0 (the optimiser says how it enters and what the default is).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = OptionRange.NonNegative(value, nameof(WeightDecay));
    }

    /// <summary>Parameters with settings of their own; the first group that contains a parameter counts (default none).</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <inheritdoc cref="OptimizerOptions.Bind{T}(Module{T}, Executor?)"/>
    public new FirstOrderOptimizer<T> Bind<T>(Module<T> module, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (FirstOrderOptimizer<T>)Create(module, executor);

    private protected static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a positive finite number.");

    private protected static double BelowOne(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0 and below 1.");
}
