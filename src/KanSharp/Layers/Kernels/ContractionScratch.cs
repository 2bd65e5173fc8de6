using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Arrays for one block of evaluated points, one set per thread, kept for the next block: a pool shared by threads would now and then
/// allocate in a steady step.
/// </summary>
internal sealed class ContractionScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Points, then multipliers, then input gradients.</summary>
    public T[] X { get; private set; } = [];

    /// <summary>Values of the base function.</summary>
    public T[] Bases { get; private set; } = [];

    /// <summary>Values of the non-zero functions, a stride per point.</summary>
    public T[] Values { get; private set; } = [];

    /// <summary>Index of the first non-zero function.</summary>
    public int[] First { get; private set; } = [];

    /// <summary>Rows sorted by first function, feature by feature; used by the weight gradient.</summary>
    public int[] Order { get; private set; } = [];

    /// <summary>This thread's arrays, at least as large as asked for; give them back with <see cref="Return"/>.</summary>
    public static ContractionScratch<T> Rent(int points, int stride)
    {
        ContractionScratch<T> scratch = WorkCache<ContractionScratch<T>>.Rent();
        if (scratch.X.Length < points)
        {
            scratch.X = new T[points];
            scratch.Bases = new T[points];
            scratch.First = new int[points];
            scratch.Order = new int[points];
        }

        if (scratch.Values.Length < points * stride)
            scratch.Values = new T[points * stride];
        return scratch;
    }

    public void Return() => WorkCache<ContractionScratch<T>>.Return(this);
}
