using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>Mean of (output − target)² over all elements.</summary>
public sealed record MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    public override Var<T> Of<T>(Var<T> output, Var<T> target, ReadOnlySpan<T> weights = default) =>
        ElementLoss.Mean(Name, default(Square<T>), output, target, weights);

    private readonly struct Square<T> : IElementLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T Evaluate(T output, T target, out T slope)
        {
            T difference = output - target;
            slope = difference + difference;
            return difference * difference;
        }
    }
}
