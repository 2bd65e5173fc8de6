namespace KanSharp.Plotting;

/// <summary>An upright rectangle.</summary>
/// <param name="X">left side, pixels</param>
/// <param name="Y">upper side, pixels</param>
/// <param name="Width">pixels, not negative</param>
/// <param name="Height">pixels, not negative</param>
public sealed record RectangleElement(double X, double Y, double Width, double Height) : SceneElement
{
    /// <summary>Radius of the corners in pixels; default 0.</summary>
    public double CornerRadius { get; init; }
}
