namespace KanSharp.Bases;

/// <summary>The function that a rational one is at the start.</summary>
public enum RationalStart
{
    /// <summary>x·σ(x); the rational function is within 1.2e-6 of it on [−3, 3].</summary>
    Swish,

    /// <summary>x·Φ(x); within 0.0037 on [−3, 3].</summary>
    Gelu,

    /// <summary>x itself.</summary>
    Identity,
}
