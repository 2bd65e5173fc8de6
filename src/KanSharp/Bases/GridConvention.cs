namespace KanSharp.Bases;

/// <summary>Whose rule turns samples into a grid.</summary>
public enum GridConvention
{
    /// <summary>efficient-kan: quantiles at evenly spaced ranks, uniform grid widened by the margin, k outer knots a uniform step apart.</summary>
    EfficientKan = 0,

    /// <summary>pykan: quantiles at ranks ⌊N/G·r⌋, uniform grid from minimum to maximum, outer knots a mean step apart.</summary>
    Pykan = 1,
}
