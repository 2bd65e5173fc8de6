using System.Numerics;

namespace KanSharp.Training;

/// <summary>A point on the line x + step · direction: loss, slope along the line, and the full gradient there.</summary>
internal sealed class LinePoint<T>(int size)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Step { get; set; }

    public double Loss { get; set; }

    public double Slope { get; set; }

    public T[] Gradient { get; } = new T[size];

    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(Slope);

    public void CopyFrom(LinePoint<T> other)
    {
        Step = other.Step;
        Loss = other.Loss;
        Slope = other.Slope;
        other.Gradient.CopyTo(Gradient, 0);
    }
}
