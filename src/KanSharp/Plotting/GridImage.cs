namespace KanSharp.Plotting;

/// <summary>One small grey picture of an <see cref="ImageGrid"/>.</summary>
public sealed record GridImage
{
    /// <summary>Height in cells, at least 1.</summary>
    public required int Rows { get; init; }

    /// <summary>Width in cells, at least 1.</summary>
    public required int Columns { get; init; }

    /// <summary>Row-major [rows × columns]; 0 is white and 1 is black, values outside are clamped.</summary>
    public required IReadOnlyList<double> Pixels { get; init; }

    /// <summary>Predicted class; empty (default) writes none.</summary>
    public string Predicted { get; init; } = "";

    /// <summary>True class; empty (default) where it is unknown. A prediction that differs is marked as a mistake.</summary>
    public string Actual { get; init; } = "";

    internal bool IsMistake => Predicted.Length > 0 && Actual.Length > 0 && Predicted != Actual;
}
