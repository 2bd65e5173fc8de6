using System.Numerics;

namespace KanSharp.Training;

/// <summary>Turns a loss and its gradient into those of its root or logarithm.</summary>
internal static class TransformedLoss
{
    /// <summary>Sets the loss of a point from its raw loss, and changes its gradient accordingly.</summary>
    public static void Apply<T>(LossTransform transform, LinePoint<T> point)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = point.RawLoss;
        point.Loss = loss;
        if (transform == LossTransform.None || double.IsNaN(loss))
            return;
        if (loss < 0)
            throw new InvalidOperationException($"The loss is {loss:G4}; LossTransform.{transform} needs a loss that is never negative. Use LossTransform.None.");
        bool root = transform == LossTransform.SquareRoot;

        // A loss of 0 is a minimum already: a gradient of 0 says so, where the quotient would be 0/0
        double slope = loss == 0 ? 0 : root ? 0.5 / Math.Sqrt(loss) : 1 / loss;
        point.Loss = root ? Math.Sqrt(loss) : Math.Log(Math.Max(loss, double.Epsilon));
        foreach (ref T element in point.Gradient.AsSpan())
            element = T.CreateTruncating(double.CreateTruncating(element) * slope);
    }
}
