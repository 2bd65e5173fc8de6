namespace KanSharp.Layers.Kernels;

/// <summary>
/// How the sums of a layer are cut: chosen once per shape from a cost model, never by trial (docs/performance.md has the derivation).
/// </summary>
/// <remarks>
/// A sweep does (k + 2)·vectors multiply-adds per point and moves a row of the tile, 2·vectors cache lines. With b rows of a tile in the first-level
/// cache it runs at the multiply-add limit; but every weight row is then loaded N/b times. Loading the touched rows of a feature costs about as many
/// cycles as sweeping 1 row per grid interval, so b grows with the grid until rows weigh at most a tenth: 128 rows up to 12 intervals, 10 per interval
/// beyond, at most 1024 (a tile of 256 kB in the second-level cache).
/// </remarks>
internal readonly record struct ContractionPlan
{
    public const int MaxFeatureBlock = 16;
    private const int FewestRows = 128;
    private const int MostRows = 1024;
    private const int RowsPerInterval = 10;
    private const int FewestRowsPerThread = 32;
    private const int PointBytes = 256 * 1024;
    private const int SumBytes = 256 * 1024;

    /// <summary>Rows of a block.</summary>
    public int RowBlock { get; private init; }

    /// <summary>Row blocks of the batch.</summary>
    public int RowBlocks { get; private init; }

    /// <summary>Features sorted and evaluated together in a forward pass.</summary>
    public int ForwardFeatures { get; private init; }

    /// <summary>Parts of the outputs that a forward pass computes apart: more than 1 only where rows alone would leave threads idle.</summary>
    public int TileGroups { get; private init; }

    /// <summary>Features of a piece of the backward pass.</summary>
    public int BackwardFeatures { get; private init; }

    /// <summary>Makes the plan. Sums do not depend on <paramref name="threads"/>: a forward pass adds features in order in any block of rows.</summary>
    /// <param name="rows">Batch size N, at least 1.</param>
    /// <param name="inputs">Inputs I.</param>
    /// <param name="tiles">Outputs.</param>
    /// <param name="weightRows">Weight rows per feature, the base row included.</param>
    /// <param name="degree">Degree k.</param>
    /// <param name="elementBytes">Bytes of a number.</param>
    /// <param name="threads">Threads that will share the work.</param>
    public static ContractionPlan Create(int rows, int inputs, in OutputTiles tiles, int weightRows, int degree, int elementBytes, int threads)
    {
        int most = Math.Clamp((weightRows - degree) * RowsPerInterval, FewestRows, MostRows);
        int pointBytes = (Math.Min(most, rows) + 32) * ((degree + 4) * elementBytes + sizeof(int));
        int groups = 1;
        int backwardRows = Split(rows, most);
        int blocks = (rows + most - 1) / most;
        if (blocks < 2 * threads && threads > 1)
        {
            groups = Math.Min(tiles.Count, (2 * threads + blocks - 1) / blocks);
            if (groups * blocks < threads)
                most = Math.Min(most, Math.Max(FewestRowsPerThread, (rows + threads - 1) / threads));
        }

        int forwardRows = Split(rows, most);
        int sumBytes = weightRows * Math.Min(tiles.FullTile, tiles.Padded) * elementBytes;
        return new ContractionPlan
        {
            RowBlock = backwardRows,
            RowBlocks = (rows + backwardRows - 1) / backwardRows,
            ForwardRowBlock = forwardRows,
            ForwardRowBlocks = (rows + forwardRows - 1) / forwardRows,
            ForwardFeatures = Math.Clamp(PointBytes / pointBytes, 1, MaxFeatureBlock),
            TileGroups = groups,
            BackwardFeatures = Math.Clamp(SumBytes / sumBytes, 1, Math.Clamp(inputs / 16, 1, MaxFeatureBlock)),
        };
    }

    /// <summary>Rows of a block of the forward pass.</summary>
    public int ForwardRowBlock { get; private init; }

    /// <summary>Row blocks of the forward pass.</summary>
    public int ForwardRowBlocks { get; private init; }

    /// <summary>Equal blocks of at most <paramref name="most"/> rows.</summary>
    private static int Split(int rows, int most)
    {
        int blocks = (rows + most - 1) / most;
        return (rows + blocks - 1) / blocks;
    }
}
