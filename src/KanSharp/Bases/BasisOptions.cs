namespace KanSharp.Bases;

/// <summary>
/// The family of functions on the edges of a layer, with what is chosen once and for all: how many functions, where they lie. Numbers that are trained or
/// learnt from data (coefficients, knots, centres, scales) belong to the layer.
/// </summary>
public abstract record BasisOptions
{
    private protected BasisOptions()
    {
    }

    /// <summary>Name of the family, as the command line and model files have it: <c>b-spline</c>, <c>gaussian</c>, <c>chebyshev</c> …</summary>
    public abstract string Family { get; }

    /// <summary>Functions per feature: coefficients of an edge.</summary>
    public abstract int Count { get; }

    /// <summary>Where the functions of a fresh layer have their structure: the ends of a picture.</summary>
    public abstract (double Low, double High) Domain { get; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public abstract void Validate();

    /// <summary>Checks a range of the input.</summary>
    private protected static void CheckRange(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !(low < high))
            throw new ArgumentException($"The functions lie from {low} to {high}; Low must be below High, both finite.");
    }

    /// <summary>Checks a number of functions, frequencies or a degree.</summary>
    private protected static void CheckNumber(string name, int value, int least, int most = 1024)
    {
        if (value < least || value > most)
            throw new ArgumentException($"{name} is {value}; allowed are {least} to {most}.");
    }

    /// <summary>Checks a number that must be positive.</summary>
    private protected static void CheckPositive(string name, double value)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentException($"{name} is {value}; it must be positive and finite.");
    }
}
