using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// A family of functions evaluated point by point: at every point a window of <see cref="Degree"/> + 1 functions, the only ones that can be non-zero there. For
/// what is not worth a kernel of its own: sizes and curves of edges, Jacobian rows.
/// </summary>
internal interface IPointBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of features.</summary>
    int Features { get; }

    /// <summary>Functions per feature.</summary>
    int Count { get; }

    /// <summary>Functions in a window, less one. At least 1 where <see cref="Count"/> is more than 1.</summary>
    int Degree { get; }

    /// <summary>Elements from the values of one point to those of the next; those past the window are 0.</summary>
    int Stride { get; }

    /// <summary>Evaluates rows × features values of x; see <see cref="LocalBasisTable{T}.Evaluate(ReadOnlySpan{T}, int, int, int, Span{int}, Span{T}, SimdWidth)"/>.</summary>
    void Evaluate(ReadOnlySpan<T> x, int featureStart, int featureCount, int order, Span<int> first, Span<T> values, SimdWidth width);
}
