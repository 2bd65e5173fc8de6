using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// A local basis compiled for evaluation: for each input feature the line is cut into cells, and on a cell only k+1 functions with
/// consecutive indices are non-zero, each a polynomial in u = (x − origin)·inverseWidth. Cell 0 lies left of the first breakpoint, the last
/// cell right of the last. Derivatives of every order come from the same coefficients.
/// </summary>
internal sealed class LocalBasisTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _breakpoints;
    private readonly T[] _origins;
    private readonly T[] _inverseWidths;
    private readonly T[] _pieces;
    private readonly T[] _scales;
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
        _breakpoints = breakpoints;
        _origins = origins;
        _inverseWidths = inverseWidths;
        _first = first;
        _pieces = pieces;
        _zeroOutside = zeroOutside;
        _scales = new T[features];
        for (int feature = 0; feature < features; feature++)
        {
            ReadOnlySpan<T> points = Breakpoints(feature);
            _scales[feature] = uniform[feature] ? T.CreateTruncating(Cells) / (points[^1] - points[0]) : T.Zero;
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
    public ReadOnlySpan<T> Breakpoints(int feature) => _breakpoints.AsSpan(feature * (Cells + 1), Cells + 1);

    /// <summary>
    /// The cell of x, 0 to <see cref="Cells"/>+1: the number of breakpoints at or below it. NaN belongs to cell 0.
    /// </summary>
    public int Locate(int feature, T x)
    {
        ReadOnlySpan<T> points = Breakpoints(feature);
        T scale = _scales[feature];
        if (scale == T.Zero)
            return Search(points, x);
        if (!(x >= points[0]))
            return 0;
        if (x >= points[Cells])
            return Cells + 1;
        int cell = Math.Min(int.CreateTruncating((x - points[0]) * scale), Cells - 1);
        while (x < points[cell])
            cell--;
        while (x >= points[cell + 1])
            cell++;
        return cell + 1;
    }

    /// <summary>
    /// Evaluates a block of points: rows × features values of x give for each the first basis index and <see cref="Stride"/> values of the
    /// derivative of the given order.
    /// </summary>
    /// <param name="x">Points [rows, features of the block], contiguous.</param>
    /// <param name="featureStart">Feature of the first column.</param>
    /// <param name="featureCount">Columns of the block.</param>
    /// <param name="order">Order of the derivative, 0 for the value.</param>
    /// <param name="first">Receives the index of the first function, one per point.</param>
    /// <param name="values">Receives the values, <see cref="Stride"/> per point.</param>
    /// <param name="width">SIMD width.</param>
    public void Evaluate(ReadOnlySpan<T> x, int featureStart, int featureCount, int order, Span<int> first, Span<T> values, SimdWidth width)
    {
        int bits = Math.Min((int)width, Stride * System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * 8);
        switch (bits)
        {
            case 512: Evaluate<Simd512<T>>(x, featureStart, featureCount, order, first, values); break;
            case 256: Evaluate<Simd256<T>>(x, featureStart, featureCount, order, first, values); break;
            case 128: Evaluate<Simd128<T>>(x, featureStart, featureCount, order, first, values); break;
            default: Evaluate<SimdScalar<T>>(x, featureStart, featureCount, order, first, values); break;
        }
    }

    private static int Search(ReadOnlySpan<T> points, T x)
    {
        int low = 0;
        int high = points.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (points[middle] <= x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Evaluate<V>(ReadOnlySpan<T> x, int featureStart, int featureCount, int order, Span<int> first, Span<T> values)
        where V : unmanaged, ISimd<V, T>
    {
        int stride = Stride;
        int pieceSize = (Degree + 1) * stride;
        Span<T> factors = stackalloc T[Degree + 1];
        FallingFactorials(order, factors);
        int feature = 0;
        for (int point = 0; point < x.Length; point++)
        {
            T position = x[point];
            int cell = Locate(featureStart + feature, position);
            int entry = (featureStart + feature) * (Cells + 2) + cell;
            first[point] = _first[entry];
            T scale = _inverseWidths[entry];
            T u = (position - _origins[entry]) * scale;
            if (_zeroOutside && (cell == 0 || cell == Cells + 1))
                u = T.IsNaN(position) ? position : T.Zero;
            V factor = V.Broadcast(u);
            ref T pieces = ref _pieces[entry * pieceSize];
            ref T target = ref values[point * stride];
            V chain = V.Broadcast(Power(scale, order));
            for (int r = 0; r < stride; r += V.Count)
            {
                V sum = V.Zero;
                for (int p = Degree; p >= order; p--)
                    sum = V.MultiplyAdd(sum, factor, V.Load(ref pieces, p * stride + r) * V.Broadcast(factors[p]));
                V.Store(order == 0 ? sum : sum * chain, ref target, r);
            }

            if (++feature == featureCount)
                feature = 0;
        }
    }

    /// <summary>p·(p−1)···(p−order+1): what a derivative of the given order leaves of u^p.</summary>
    private static void FallingFactorials(int order, Span<T> factors)
    {
        for (int p = 0; p < factors.Length; p++)
        {
            double factor = 1;
            for (int step = 0; step < order; step++)
                factor *= p - step;
            factors[p] = T.CreateTruncating(factor);
        }
    }

    private static T Power(T value, int exponent)
    {
        T power = T.One;
        for (int step = 0; step < exponent; step++)
            power *= value;
        return power;
    }
}
