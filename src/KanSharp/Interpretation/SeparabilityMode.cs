namespace KanSharp.Interpretation;

/// <summary>How the parts of a separable function are put together.</summary>
public enum SeparabilityMode
{
    /// <summary>f = Σ f_g: mixed derivatives of f between groups vanish.</summary>
    Additive,

    /// <summary>f + b = Π f_g: mixed derivatives of log|f + b| between groups vanish.</summary>
    Multiplicative,
}
