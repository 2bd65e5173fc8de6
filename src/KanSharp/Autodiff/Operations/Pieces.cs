namespace KanSharp.Autodiff.Operations;

/// <summary>
/// How work is cut: by the problem's size alone, so that results do not depend on the number of threads. Below one piece's worth of work
/// the cost of waking a thread would not come back.
/// </summary>
internal static class Pieces
{
    /// <summary>Elements of cheap elementwise work in one piece.</summary>
    public const int Elements = 1 << 14;

    /// <summary>How many items of <paramref name="size"/> elements each make a piece.</summary>
    public static int Items(int size) => Math.Max(1, Elements / Math.Max(1, size));

    /// <summary>Number of pieces of <paramref name="perPiece"/> items.</summary>
    public static int Count(int items, int perPiece) => (int)(((long)items + perPiece - 1) / perPiece);

    /// <summary>First item and item after the last of a piece.</summary>
    public static (int Start, int End) Bounds(int piece, int items, int perPiece)
    {
        int start = piece * perPiece;
        return (start, (int)Math.Min(items, (long)start + perPiece));
    }
}
