using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// A local basis compiled for evaluation: for each input feature the line is cut into cells, and on a cell only k+1 functions with
/// consecutive indices are non-zero, each a polynomial in u = (x − origin)·inverseWidth. Cell 0 lies left of the first breakpoint, the last
/// cell right of the last. Derivatives of every order come from the same coefficients.
/// </summary>
internal sealed partial class LocalBasisTable<T> : IPointBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _ends;

    // where cells are looked for: a grid that goes on outside holds its upper end, whose derivatives are those of the last cell
    private readonly T[] _breakpoints;
    private readonly T[] _origins;
    private readonly T[] _inverseWidths;
    private readonly T[] _pieces;
    private readonly T[] _scales;
    private readonly T[]?[] _derivatives = new T[DerivativeOrder.Highest + 1][];
    private readonly int[] _first;
    private readonly bool _zeroOutside;

    /// <summary>Creates a table from its parts; <paramref name="uniform"/> tells per feature whether inner cells are equally wide.</summary>
    /// <param name="features">Number of input features I.</param>
    /// <param name="count">Number of basis functions per feature.</param>
    /// <param name="degree">Polynomial degree k.</param>
    /// <param name="cells">Inner cells per feature.</param>
    /// <param name="breakpoints">[I, cells+1] ends of the inner cells, ascending.</param>
    /// <param name="origins">[I, cells+2] origin of u per cell.</param>
    /// <param name="inverseWidths">[I, cells+2] scale of u per cell.</param>
    /// <param name="first">[I, cells+2] index of the first non-zero function per cell.</param>
    /// <param name="pieces">[I, cells+2, k+1 powers, stride] coefficients, padded to <see cref="Stride"/> functions.</param>
    /// <param name="uniform">[I] whether a cell can be found by division.</param>
    /// <param name="zeroOutside">Whether the outer cells are zero (any finite or infinite x gives exactly 0 there).</param>
    public LocalBasisTable(
        int features, int count, int degree, int cells, T[] breakpoints, T[] origins, T[] inverseWidths, int[] first, T[] pieces, bool[] uniform, bool zeroOutside)
    {
        Features = features;
        Count = count;
        Degree = degree;
        Cells = cells;
        _ends = breakpoints;
        _breakpoints = zeroOutside ? breakpoints : Closed(breakpoints, cells + 1);
        _origins = origins;
        _inverseWidths = inverseWidths;
        _first = first;
        _pieces = pieces;
        _zeroOutside = zeroOutside;
        _scales = new T[features];
        for (int feature = 0; feature < features; feature++)
        {
            ReadOnlySpan<T> points = Breakpoints(feature);
            T scale = T.CreateTruncating(Cells) / (points[^1] - points[0]);
            // Over a grid of denormal length the quotient overflows, and a cell index computed with it would be any number
            _scales[feature] = uniform[feature] && T.IsFinite(scale) ? scale : T.Zero;
        }
    }

    public int Features { get; }

    /// <summary>Basis functions per feature.</summary>
    public int Count { get; }

    public int Degree { get; }

    /// <summary>Inner cells per feature.</summary>
    public int Cells { get; }

    /// <summary>Values that <see cref="Evaluate"/> writes per point: k+1 rounded up to 4, 8 or 16; those past k+1 are 0.</summary>
    public int Stride => StrideOf(Degree);

    public static int StrideOf(int degree) => degree < 4 ? 4 : degree < 8 ? 8 : 16;

    /// <summary>Ends of the inner cells of a feature.</summary>
    public ReadOnlySpan<T> Breakpoints(int feature) => _ends.AsSpan(feature * (Cells + 1), Cells + 1);

    /// <summary>
    /// The cell of x, 0 to <see cref="Cells"/>+1: the number of breakpoints at or below it, but the last inner cell for the upper end of a grid that goes on
    /// outside. NaN belongs to cell 0.
    /// </summary>
    public int Locate(int feature, T x)
    {
        ref T points = ref _breakpoints[feature * (Cells + 1)];
        return !(x >= points) ? 0 : x >= Unsafe.Add(ref points, Cells) ? Cells + 1 : LocateInside(ref points, _scales[feature], x);
    }

    /// <summary>The pieces of a derivative: [I, cells+2, k+1 powers, stride] with factors of the powers and cell widths folded in.</summary>
    public T[] Pieces(int order)
    {
        if (order == 0)
            return _pieces;
        if (order >= _derivatives.Length)
            return Derive(order);
        return Volatile.Read(ref _derivatives[order]) ?? Interlocked.CompareExchange(ref _derivatives[order], Derive(order), null) ?? _derivatives[order]!;
    }

    /// <summary>The cell of an x between the first and the last breakpoint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LocateInside(ref T points, T scale, T x)
    {
        if (scale == T.Zero)
            return Search(ref points, x);
        int cell = Math.Min(T.ConvertToIntegerNative<int>((x - points) * scale), Cells - 1);
        while (x < Unsafe.Add(ref points, cell))
            cell--;
        while (x >= Unsafe.Add(ref points, cell + 1))
            cell++;
        return cell + 1;
    }

    private static T[] Closed(T[] breakpoints, int row)
    {
        var closed = (T[])breakpoints.Clone();
        for (int end = row - 1; end < closed.Length; end += row)
        {
            // all that coincide: x belongs to the last cell that has a width
            for (int index = end; index > end - row && breakpoints[index] == breakpoints[end]; index--)
                closed[index] = T.BitIncrement(breakpoints[end]);
        }

        return closed;
    }

    private int Search(ref T points, T x)
    {
        int low = 1;
        int high = Cells;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Unsafe.Add(ref points, middle) <= x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private T[] Derive(int order)
    {
        int stride = Stride;
        int pieceSize = (Degree + 1) * stride;
        var derived = new T[_pieces.Length];
        for (int entry = 0; entry < _inverseWidths.Length; entry++)
        {
            double chain = Math.Pow(double.CreateTruncating(_inverseWidths[entry]), order);
            for (int p = order; p <= Degree; p++)
            {
                double factor = chain;
                for (int step = 0; step < order; step++)
                    factor *= p - step;
                ReadOnlySpan<T> source = _pieces.AsSpan(entry * pieceSize + p * stride, stride);
                Span<T> target = derived.AsSpan(entry * pieceSize + (p - order) * stride, stride);
                for (int r = 0; r < stride; r++)
                    target[r] = T.CreateTruncating(factor * double.CreateTruncating(source[r]));
            }
        }

        return derived;
    }
}
