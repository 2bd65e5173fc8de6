using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>Mean of |output − target| over all elements; the derivative at 0 is taken as 0.</summary>
public sealed record MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    public override Var<T> Of<T>(Var<T> output, Var<T> target, ReadOnlySpan<T> weights = default) =>
        ElementLoss.Mean(Name, default(Absolute<T>), output, target, weights);

    private readonly struct Absolute<T> : IElementLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T Evaluate(T output, T target, out T slope)
        {
            T difference = output - target;
            slope = difference > T.Zero ? T.One : difference < T.Zero ? -T.One : difference;
            return T.Abs(difference);
        }
    }
}
