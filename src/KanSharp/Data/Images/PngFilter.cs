namespace KanSharp.Data.Images;

/// <summary>The five filters of PNG: each byte stands as its difference from a prediction out of bytes before and above it.</summary>
internal static class PngFilter
{
    /// <summary>Turns differences into bytes in place.</summary>
    /// <param name="filter">0 none, 1 sub, 2 up, 3 average, 4 Paeth.</param>
    /// <param name="line">The line.</param>
    /// <param name="above">The line above it, zeros for the first.</param>
    /// <param name="step">Bytes of a pixel, at least 1.</param>
    /// <returns>False if there is no such filter.</returns>
    public static bool Undo(int filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        if (filter is < 0 or > 4)
            return false;
        for (int i = 0; i < line.Length; i++)
        {
            int left = i >= step ? line[i - step] : 0;
            int corner = i >= step ? above[i - step] : 0;
            line[i] += (byte)Prediction(filter, left, above[i], corner);
        }

        return true;
    }

    /// <summary>What a byte is predicted to be.</summary>
    public static int Prediction(int filter, int left, int up, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        _ => Paeth(left, up, corner),
    };

    private static int Paeth(int left, int up, int corner)
    {
        int fromLeft = Math.Abs(up - corner), fromUp = Math.Abs(left - corner), fromCorner = Math.Abs(left + up - 2 * corner);
        return fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner;
    }
}
