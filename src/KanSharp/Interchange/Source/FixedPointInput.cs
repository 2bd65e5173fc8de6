namespace KanSharp.Interchange.Source;

/// <summary>How an input becomes a position: (x − Low)·Factor / 2^(15 + Shift), all in whole numbers.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Low">Low end of its range in its Q format.</param>
/// <param name="High">High end.</param>
/// <param name="Factor">Below 2¹⁵.</param>
/// <param name="Shift">May be negative.</param>
/// <param name="Range">What the tables see.</param>
internal sealed record FixedPointInput(int Column, int Low, int High, int Factor, int Shift, FixedPointRange Range)
{
    public static FixedPointInput Of(int column, (double Low, double High) range, int fraction, int tableBits)
    {
        int low = (int)Math.Floor(Math.ScaleB(range.Low, fraction)), high = (int)Math.Ceiling(Math.ScaleB(range.High, fraction));
        double ratio = Math.ScaleB(1, tableBits + FixedPointTables.PositionBits) / Math.Max(1, (double)high - low);
        int exponent = 14 - (int)Math.Floor(Math.Log2(ratio)), factor = (int)Math.Floor(Math.ScaleB(ratio, exponent));
        // the length of a position is that of the rounded factor, so that its rounding is no error
        double position = Math.ScaleB(1, exponent - fraction) / factor;
        return new FixedPointInput(column, low, high, factor, exponent - 15, new FixedPointRange(Math.ScaleB(low, -fraction), position, Math.ScaleB(1, -fraction) + (2 * position)));
    }
}
