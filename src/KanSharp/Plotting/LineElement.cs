namespace KanSharp.Plotting;

/// <summary>A straight line from (<paramref name="X1"/>, <paramref name="Y1"/>) to (<paramref name="X2"/>, <paramref name="Y2"/>).</summary>
/// <param name="X1">start, pixels</param>
/// <param name="Y1">start, pixels</param>
/// <param name="X2">end, pixels</param>
/// <param name="Y2">end, pixels</param>
public sealed record LineElement(double X1, double Y1, double X2, double Y2) : SceneElement;
