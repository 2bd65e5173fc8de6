namespace KanSharp.Interpretation.Terms;

/// <summary>Recognises columns that hold the same values, up to a factor if wanted.</summary>
internal static class ColumnKey
{
    /// <summary>A hash of the values rounded to about 9 digits; null where one is not finite, or all are the same or nearly so.</summary>
    public static ulong? Of(ReadOnlySpan<double> values, bool withScale)
    {
        double sum = 0, squares = 0, largest = 0;
        foreach (double value in values)
        {
            sum += value;
            squares += value * value;
            largest = Math.Max(largest, Math.Abs(value));
        }

        double mean = sum / values.Length, meanSquare = squares / values.Length;
        if (!double.IsFinite(meanSquare) || meanSquare < 1e-200 || meanSquare > 1e200 || meanSquare - mean * mean < 1e-14 * meanSquare)
            return null;
        double unit = withScale ? 1e9 / largest : 1e9 / Math.CopySign(largest, values[0]);
        ulong hash = withScale ? BitConverter.DoubleToUInt64Bits(Math.Round(largest, 9)) : 14695981039346656037UL;
        int step = Math.Max(1, values.Length / 16);
        for (int i = 0; i < values.Length; i += step)
            hash = unchecked((hash ^ (ulong)(long)Math.Round(values[i] * unit)) * 0x9E3779B97F4A7C15UL + (hash >> 29));
        return hash;
    }
}
