namespace KanSharp.Plotting;

/// <summary>A small grey picture drawn as cells.</summary>
/// <param name="X">left side, pixels</param>
/// <param name="Y">upper side, pixels</param>
/// <param name="Width">pixels</param>
/// <param name="Height">pixels</param>
/// <param name="Rows">rows of cells</param>
/// <param name="Columns">columns of cells</param>
/// <param name="Values">row-major [rows × columns], 0 white … 1 black; values outside are clamped, NaN draws white</param>
public sealed record ImageElement(
    double X, double Y, double Width, double Height, int Rows, int Columns, IReadOnlyList<double> Values) : SceneElement;
