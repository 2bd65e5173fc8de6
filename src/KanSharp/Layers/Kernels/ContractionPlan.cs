namespace KanSharp.Layers.Kernels;

/// <summary>
/// How the sums of a layer are cut: chosen once per shape from a cost model, never by trial (docs/performance.md has the derivation).
/// </summary>
/// <remarks>
/// A sweep does (k + 2)·vectors multiply-adds per point and moves one row of the tile there and back, 2·vectors cache lines: with 64 outputs in float
/// 10 cycles of arithmetic against 4 cycles or so between the two nearest caches, so a tile may as well stand in the second-level cache. Every block of
/// rows loads every touched weight row once, some 12 cycles each and more from far caches. That asks for many rows, and the more the finer the grid:
/// 512 rows (a tile of 128 kB), 25 to 50 per interval beyond, at most 1024. A backward pass has gradients of weights in the same cache and takes fewer.
/// </remarks>
internal readonly record struct ContractionPlan
{
    public const int MaxFeatureBlock = 16;
    private const int UsualRows = 512;
    private const int MostRows = 1024;
    private const int ForwardRowsPerInterval = 50;
    private const int BackwardRowsPerInterval = 25;

    /// <summary>Rows that a block keeps when the batch is shared out to threads, as long as the outputs can be shared out too.</summary>
    private const int RowsOfThread = 128;

    private const int FewestRowsOfThread = 32;
    private const int PointBytes = 256 * 1024;
    private const int SumBytes = 256 * 1024;

    /// <summary>Rows of a block of the backward pass.</summary>
    public int RowBlock { get; private init; }

    /// <summary>Row blocks of the backward pass.</summary>
    public int RowBlocks { get; private init; }

    /// <summary>Rows of a block of the forward pass.</summary>
    public int ForwardRowBlock { get; private init; }

    /// <summary>Row blocks of the forward pass.</summary>
    public int ForwardRowBlocks { get; private init; }

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
        int intervals = weightRows - degree;
        int backwardRows = Split(rows, Math.Clamp(intervals * BackwardRowsPerInterval, UsualRows, MostRows));
        int most = Math.Min(rows, Math.Clamp(intervals * ForwardRowsPerInterval, UsualRows, MostRows));
        int groups = 1;
        if (threads > 1)
        {
            int wanted = 2 * threads;
            most = Math.Min(most, Math.Max(RowsOfThread, (rows + wanted - 1) / wanted));
            int blocks = (rows + most - 1) / most;
            groups = Math.Clamp((wanted + blocks - 1) / blocks, 1, tiles.Count);
            if (groups * blocks < threads)
                most = Math.Min(most, Math.Max(FewestRowsOfThread, (rows + threads - 1) / threads));
        }

        int pointBytes = (most + 32) * ((degree + 4) * elementBytes + sizeof(int));
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

    /// <summary>Equal blocks of at most <paramref name="most"/> rows.</summary>
    private static int Split(int rows, int most)
    {
        int blocks = (rows + most - 1) / most;
        return (rows + blocks - 1) / blocks;
    }
}
