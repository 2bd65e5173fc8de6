namespace KanSharp.Layers.Kernels;

/// <summary>
/// How the kernels store the weights of a layer: outputs are cut into tiles of up to four registers, and each tile holds
/// [input, row, lane] contiguously, where a row is one basis function or, last, the base branch. Lanes past the outputs are 0.
/// </summary>
/// <param name="Inputs">Number of input features I.</param>
/// <param name="Outputs">Number of outputs O.</param>
/// <param name="BasisCount">Basis functions per input.</param>
/// <param name="HasBase">Whether there is a base row.</param>
/// <param name="Lanes">Lanes of a register.</param>
internal readonly record struct WeightLayout(int Inputs, int Outputs, int BasisCount, bool HasBase, int Lanes)
{
    public const int MaxVectors = 4;

    /// <summary>Rows per input.</summary>
    public int Rows => BasisCount + (HasBase ? 1 : 0);

    /// <summary>Lanes of a full tile.</summary>
    public int FullTile => MaxVectors * Lanes;

    public int Tiles => (Outputs + FullTile - 1) / FullTile;

    /// <summary>Outputs rounded up to whole registers.</summary>
    public int PaddedOutputs => (Outputs + Lanes - 1) / Lanes * Lanes;

    /// <summary>Elements of the packed weights.</summary>
    public int Count => checked(Inputs * Rows * PaddedOutputs);

    /// <summary>First output of a tile.</summary>
    public int TileStart(int tile) => tile * FullTile;

    /// <summary>Lanes of a tile, the padding included.</summary>
    public int TileWidth(int tile) => Math.Min(FullTile, PaddedOutputs - TileStart(tile));

    /// <summary>Outputs of a tile.</summary>
    public int TileOutputs(int tile) => Math.Min(FullTile, Outputs - TileStart(tile));

    /// <summary>Registers of a tile, 1 to 4.</summary>
    public int TileVectors(int tile) => TileWidth(tile) / Lanes;

    /// <summary>Where a tile's weights start.</summary>
    public int TileOffset(int tile) => Inputs * Rows * TileStart(tile);
}
