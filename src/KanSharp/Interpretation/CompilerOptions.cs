using KanSharp.Layers;

namespace KanSharp.Interpretation;

/// <summary>What a compiled network has besides its symbolic edges.</summary>
public sealed record CompilerOptions
{
    /// <summary>Intervals, degree and branches of the numeric edges, which are masked out and can be switched on for training; the defaults if null.</summary>
    public KanLinearOptions? Numeric { get; init; }

    /// <summary>Seed of the values of the numeric edges. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether exponents of x^p are trained along with the factors and shifts of the edges. Default false: a whole exponent of a negative number has no derivative.</summary>
    public bool TrainExponents { get; init; }
}
