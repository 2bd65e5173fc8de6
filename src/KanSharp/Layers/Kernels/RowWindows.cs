using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The k+1 active weight rows of a point, cut into windows that fit into registers: one window up to degree 5, several of up to 4 rows beyond.
/// </summary>
/// <param name="Degree">Degree k, at least 1.</param>
internal readonly record struct RowWindows(int Degree)
{
    private const int MostRows = 6;
    private const int RowsOfSeveral = 4;

    /// <summary>Windows of the highest degree.</summary>
    public const int MostWindows = 3;

    /// <summary>Number of windows.</summary>
    public int Count => Degree < MostRows ? 1 : (Degree + RowsOfSeveral) / RowsOfSeveral;

    /// <summary>First function of a window.</summary>
    public int Start(int window) => window * (Degree + 1) / Count;

    /// <summary>Rows of a window.</summary>
    public int Rows(int window) => Start(window + 1) - Start(window);

    /// <summary>
    /// Registers of a tile row: the window, the base row and the row of outputs have to fit, with one register for the value at hand. There are 32
    /// registers of 512 bits and 16 of the narrower ones.
    /// </summary>
    public int TileVectors(SimdWidth width)
    {
        int registers = width == SimdWidth.Bits512 ? 32 : 16;
        int rows = Count == 1 ? Degree + 1 : RowsOfSeveral;
        return Math.Clamp((registers - 1) / (rows + 2), 1, 4);
    }

    /// <summary>The compiled sweeps of every window.</summary>
    public void Compile<T>(SimdWidth width, int vectors, bool hasBase, Span<Sweeps<T>> sweeps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int window = 0; window < Count; window++)
            sweeps[window] = Sweeps<T>.For(width, vectors, Rows(window), hasBase && window == 0);
    }
}
