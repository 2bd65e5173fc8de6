namespace KanSharp.Equations.Domains;

/// <summary>An interval of one variable. Its sides are its two ends.</summary>
public sealed class Interval : Box
{
    /// <summary>Creates an interval.</summary>
    /// <param name="variable">Name of the variable.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="isTime">True for the time of an ordinary differential equation: the ends are its initial and final side.</param>
    /// <exception cref="ArgumentException">A name that expressions reserve, or a range that is not finite, is reversed or has no length.</exception>
    public Interval(string variable, double low, double high, bool isTime = false)
        : base([(variable, low, high)], isTime)
    {
    }

    /// <summary>Lower end.</summary>
    public double Low => Bounds[0].Low;

    /// <summary>Upper end.</summary>
    public double High => Bounds[0].High;
}
