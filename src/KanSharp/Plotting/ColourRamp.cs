namespace KanSharp.Plotting;

/// <summary>How the values of an <see cref="ImageElement"/> become colours.</summary>
public enum ColourRamp
{
    /// <summary>White to black.</summary>
    Grey,

    /// <summary>Dark violet over blue and green to yellow (viridis): ever lighter, and legible for every common kind of colour blindness.</summary>
    Viridis,
}
