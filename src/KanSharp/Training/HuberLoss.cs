using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>
/// Mean of the Huber function of d = output − target: d²/2 for |d| ≤ δ, else δ(|d| − δ/2). Less sensitive to outliers than squares.
/// </summary>
public sealed record HuberLoss : Loss
{
    private readonly double _delta = 1;

    /// <inheritdoc/>
    public override string Name => "huber";

    /// <summary>Where the square turns into a straight line, δ &gt; 0 in units of the target (default 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number.</exception>
    public double Delta
    {
        get => _delta;
        init => _delta = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Delta), value, "Delta is a positive finite number.");
    }

    /// <inheritdoc/>
    public override Var<T> Of<T>(Var<T> output, Var<T> target, ReadOnlySpan<T> weights = default) =>
        ElementLoss.Mean(Name, new Huber<T>(T.CreateTruncating(Delta)), output, target, weights);

    private readonly struct Huber<T>(T delta) : IElementLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T Evaluate(T output, T target, out T slope)
        {
            T half = T.CreateTruncating(0.5);
            T difference = output - target;
            T size = T.Abs(difference);
            if (size > delta)
            {
                slope = T.CopySign(delta, difference);
                return delta * (size - half * delta);
            }

            slope = difference;
            return half * difference * difference;
        }
    }
}
