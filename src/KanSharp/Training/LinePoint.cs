using System.Numerics;

namespace KanSharp.Training;

/// <summary>A point on the line x + step · direction: loss, slope along the line, and the full gradient there.</summary>
internal sealed class LinePoint<T>(int size)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Step { get; set; }

    /// <summary>What is minimised: the loss or its transform.</summary>
    public double Loss { get; set; }

    /// <summary>The loss itself.</summary>
    public double RawLoss { get; set; }

    public double Slope { get; set; }

    public T[] Gradient { get; } = new T[size];

    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(Slope);

    public void CopyFrom(LinePoint<T> other)
    {
        Step = other.Step;
        Loss = other.Loss;
        RawLoss = other.RawLoss;
        Slope = other.Slope;
        other.Gradient.CopyTo(Gradient, 0);
    }
}
