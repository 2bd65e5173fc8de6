using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>What one thread needs for the edges of one input; kept for the next input.</summary>
internal sealed class EdgeSizeScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockElements = 8192;
    private const int MostRows = 64;

    /// <summary>Inputs of a block of rows, [rows].</summary>
    public T[] X { get; private set; } = [];

    /// <summary>Index of the first function that is not zero, [rows].</summary>
    public int[] First { get; private set; } = [];

    /// <summary>Values of the functions, or their derivatives, [rows, stride].</summary>
    public T[] Functions { get; private set; } = [];

    /// <summary>Derivatives of the functions, [rows, stride].</summary>
    public T[] Slopes { get; private set; } = [];

    /// <summary>Base function, [rows].</summary>
    public T[] Bases { get; private set; } = [];

    /// <summary>Derivative of the base function, [rows].</summary>
    public T[] BaseSlopes { get; private set; } = [];

    /// <summary>Weights of the input's edges with factors folded in, [functions, then the base row][padded].</summary>
    public T[] Weights { get; private set; } = [];

    /// <summary>Gradient of <see cref="Weights"/>.</summary>
    public T[] WeightGradients { get; private set; } = [];

    /// <summary>Edge functions, then gradients, of a block of rows, [rows, padded].</summary>
    public T[] Edges { get; private set; } = [];

    /// <summary>Derivatives of the edge functions, [rows, padded].</summary>
    public T[] EdgeSlopes { get; private set; } = [];

    /// <summary>Two sums per edge, [2, padded].</summary>
    public T[] Sums { get; private set; } = [];

    /// <summary>The same over all blocks.</summary>
    public double[] Totals { get; private set; } = [];

    /// <summary>Rows of a block: all edge functions of a block stay in the cache.</summary>
    public static int Rows(int padded) => Math.Clamp(BlockElements / padded, 1, MostRows);

    /// <summary>Makes room.</summary>
    public void Reserve(int stride, int count, int padded)
    {
        if (X.Length == 0)
        {
            X = new T[MostRows];
            First = new int[MostRows];
            Bases = new T[MostRows];
            BaseSlopes = new T[MostRows];
        }

        if (Functions.Length < MostRows * stride)
        {
            Functions = new T[MostRows * stride];
            Slopes = new T[MostRows * stride];
        }

        if (Weights.Length < (count + 1) * padded)
        {
            Weights = new T[(count + 1) * padded];
            WeightGradients = new T[(count + 1) * padded];
        }

        if (Edges.Length < Rows(padded) * padded)
        {
            Edges = new T[Rows(padded) * padded];
            EdgeSlopes = new T[Rows(padded) * padded];
        }

        if (Sums.Length < 2 * padded)
        {
            Sums = new T[2 * padded];
            Totals = new double[2 * padded];
        }
    }
}
