namespace KanSharp.Layers.Kernels;

/// <summary>Outputs cut into tiles of a few registers; only the last tile may be narrower, and its last register may be partly used.</summary>
/// <param name="Outputs">Number of outputs O.</param>
/// <param name="Lanes">Lanes of a register.</param>
/// <param name="Vectors">Registers of a full tile, 1 to 4.</param>
internal readonly record struct OutputTiles(int Outputs, int Lanes, int Vectors)
{
    /// <summary>Lanes of a full tile.</summary>
    public int FullTile => Vectors * Lanes;

    public int Count => (Outputs + FullTile - 1) / FullTile;

    /// <summary>Outputs rounded up to whole registers.</summary>
    public int Padded => (Outputs + Lanes - 1) / Lanes * Lanes;

    /// <summary>Whether rows of one tile are rows of the whole output, so that no copy is needed.</summary>
    public bool IsWhole => Count == 1 && Padded == Outputs;

    /// <summary>First output of a tile.</summary>
    public int Start(int tile) => tile * FullTile;

    /// <summary>Lanes of a tile, padding included.</summary>
    public int Width(int tile) => Math.Min(FullTile, Padded - Start(tile));

    /// <summary>Outputs of a tile.</summary>
    public int OutputsOf(int tile) => Math.Min(FullTile, Outputs - Start(tile));

    /// <summary>Registers of a tile.</summary>
    public int VectorsOf(int tile) => Width(tile) / Lanes;

    /// <summary>Outputs in the last register of a tile.</summary>
    public int LastLanes(int tile) => OutputsOf(tile) - (VectorsOf(tile) - 1) * Lanes;

    /// <summary>Copies a block of rows to tiles [tile][rows][tile width]; padding becomes 0.</summary>
    public void FromRows<T>(int rows, ReadOnlySpan<T> source, Span<T> tiles)
    {
        for (int tile = 0; tile < Count; tile++)
        {
            int width = Width(tile), outputs = OutputsOf(tile);
            for (int row = 0; row < rows; row++)
            {
                Span<T> target = tiles.Slice(Start(tile) * rows + row * width, width);
                source.Slice(row * Outputs + Start(tile), outputs).CopyTo(target);
                target[outputs..].Clear();
            }
        }
    }

    /// <summary>Copies tiles back to a block of rows; padding is dropped.</summary>
    public void ToRows<T>(int firstTile, int lastTile, int rows, ReadOnlySpan<T> tiles, Span<T> target)
    {
        for (int tile = firstTile; tile < lastTile; tile++)
        {
            int width = Width(tile), outputs = OutputsOf(tile);
            for (int row = 0; row < rows; row++)
                tiles.Slice((Start(tile) - Start(firstTile)) * rows + row * width, outputs).CopyTo(target[(row * Outputs + Start(tile))..]);
        }
    }
}
