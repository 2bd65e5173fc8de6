namespace KanSharp.Plotting;

/// <summary>A small picture drawn as cells, grey unless it has another ramp of colours.</summary>
/// <param name="X">left side, pixels</param>
/// <param name="Y">upper side, pixels</param>
/// <param name="Width">pixels</param>
/// <param name="Height">pixels</param>
/// <param name="Rows">rows of cells</param>
/// <param name="Columns">columns of cells</param>
/// <param name="Values">row-major [rows × columns], 0 the first colour of the ramp … 1 the last; values outside are clamped, NaN draws nothing</param>
public sealed record ImageElement(
    double X, double Y, double Width, double Height, int Rows, int Columns, IReadOnlyList<double> Values) : SceneElement
{
    /// <summary>The colours; default white to black.</summary>
    public ColourRamp Ramp { get; init; }
}
