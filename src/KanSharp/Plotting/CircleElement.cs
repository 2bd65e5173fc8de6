namespace KanSharp.Plotting;

/// <summary>A circle.</summary>
/// <param name="X">centre, pixels</param>
/// <param name="Y">centre, pixels</param>
/// <param name="Radius">pixels, not negative</param>
public sealed record CircleElement(double X, double Y, double Radius) : SceneElement;
