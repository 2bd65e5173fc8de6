using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Moves between ordinary rows [rows, O] and output tiles [tile][rows][tile width] with padding.</summary>
internal static class TileCopy
{
    /// <summary>Tiles to rows; padding is dropped.</summary>
    public static void ToRows<T>(in WeightLayout layout, int rows, ReadOnlySpan<T> tiles, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tile = 0; tile < layout.Tiles; tile++)
        {
            int start = layout.TileStart(tile);
            int width = layout.TileWidth(tile);
            int outputs = layout.TileOutputs(tile);
            for (int row = 0; row < rows; row++)
                tiles.Slice(start * rows + row * width, outputs).CopyTo(target[(row * layout.Outputs + start)..]);
        }
    }

    /// <summary>Rows to tiles; padding is zero.</summary>
    public static void FromRows<T>(in WeightLayout layout, int rows, ReadOnlySpan<T> source, Span<T> tiles)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tile = 0; tile < layout.Tiles; tile++)
        {
            int start = layout.TileStart(tile);
            int width = layout.TileWidth(tile);
            int outputs = layout.TileOutputs(tile);
            for (int row = 0; row < rows; row++)
            {
                Span<T> target = tiles.Slice(start * rows + row * width, width);
                source.Slice(row * layout.Outputs + start, outputs).CopyTo(target);
                target[outputs..].Clear();
            }
        }
    }
}
