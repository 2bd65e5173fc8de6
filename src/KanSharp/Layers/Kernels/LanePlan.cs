namespace KanSharp.Layers.Kernels;

/// <summary>How the sums of a narrow layer are cut into pieces; from the shape alone, so that no bit depends on the number of threads.</summary>
internal readonly record struct LanePlan
{
    /// <summary>Rows of a block: a dozen columns of it stay in the first-level cache.</summary>
    public const int RowBlock = 256;

    /// <summary>Features whose columns and tables are made together.</summary>
    public const int FeatureBlock = 8;

    // A piece has to take 20 to 50 µs to be worth handing to another thread
    private const double PieceCycles = 100_000;
    private const int MostRowPieces = 64;

    /// <summary>Pieces of the forward pass, each some blocks of rows.</summary>
    public int ForwardPieces { get; private init; }

    /// <summary>Parts of the rows whose weight gradients are summed apart.</summary>
    public int RowPieces { get; private init; }

    /// <summary>Pieces of the backward pass, each some pairs of a feature block and a part of the rows.</summary>
    public int BackwardPieces { get; private init; }

    /// <summary>Pieces in which the look-up tables are made and the sums are put together.</summary>
    public int EdgePieces { get; private init; }

    /// <summary>Makes the plan.</summary>
    /// <param name="shape">The layer and its batch.</param>
    /// <param name="cost">What its passes are estimated to take.</param>
    public static LanePlan Create(in LayerShape shape, in LayerCost cost)
    {
        int blocks = Blocks(shape.Rows);
        int groups = (shape.Inputs + FeatureBlock - 1) / FeatureBlock;
        int rowPieces = (int)Math.Clamp(cost.Backward / PieceCycles / groups, 1, Math.Min(blocks, MostRowPieces));
        return new LanePlan
        {
            ForwardPieces = (int)Math.Clamp(cost.Forward / PieceCycles, 1, blocks),
            RowPieces = rowPieces,
            BackwardPieces = (int)Math.Clamp(cost.Backward / PieceCycles, 1, (double)groups * rowPieces),
            EdgePieces = (int)Math.Clamp(shape.Inputs * LayerCost.EdgeTables(shape) / PieceCycles, 1, shape.Inputs),
        };
    }

    /// <summary>Blocks of rows.</summary>
    public static int Blocks(int rows) => (rows + RowBlock - 1) / RowBlock;

    /// <summary>Part <paramref name="piece"/> of a number of things cut into <paramref name="pieces"/> parts.</summary>
    public static (int Start, int End) Part(int things, int piece, int pieces) =>
        ((int)((long)things * piece / pieces), (int)((long)things * (piece + 1) / pieces));
}
