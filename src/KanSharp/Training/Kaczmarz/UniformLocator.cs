using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// Uniform knots of degree 1 or 3 that continue linearly: the fixed coordinate counts intervals, every interval has the same polynomials, and the inputs
/// of a record lie side by side in registers.
/// </summary>
internal sealed unsafe class UniformLocator<V, TDegree, T> : RowLocator<T>
    where V : unmanaged, ISimd<V, T>
    where TDegree : struct, IConstant
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _intervals;

    public UniformLocator(KanLinear<T> layer, int stride, int rows)
        : base(layer, stride, rows) =>
        _intervals = layer.Options.Spline.Intervals;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Locate(T* x, in RowPoint<T> point)
    {
        T* values = point.Values;
        T* slopes = point.Slopes;
        int stride = Stride;
        V one = V.Broadcast(T.One), end = V.Broadcast(T.CreateTruncating(_intervals)), last = end - one;
        for (int n = 0; n < stride; n += V.Count)
        {
            V scale = V.Load(ref Scale[n], 0);
            V u = V.MultiplyAdd(V.Load(ref x[n], 0), scale, V.Load(ref Shift[n], 0));
            if (V.Any(V.LessThan(u, V.Zero) | V.LessThan(end, u)))
            {
                Outside(x, n, V.Count);
                scale = V.Load(ref Scale[n], 0);
                u = V.MultiplyAdd(V.Load(ref x[n], 0), scale, V.Load(ref Shift[n], 0));
            }

            // selections, not minimum and maximum: what is not a number gets a cell, too
            V cell = V.Floor(u);
            cell = V.Select(V.LessThan(cell, last), cell, last);
            cell = V.Select(V.LessThan(V.Zero, cell), cell, V.Zero);
            V.Store(cell + V.Load(ref Starts[n], 0), ref point.First[n], 0);
            V valid = V.Load(ref Valid[n], 0);
            if (TDegree.Value == 1)
                Linear(u - cell, scale, valid, values + n, slopes + n, stride);
            else
                Cubic(u - cell, scale, valid, values + n, slopes + n, stride);
        }
    }

    protected override (double Low, double High) Ends(int input) => (0, _intervals);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Linear(V offset, V scale, V valid, T* values, T* slopes, int stride)
    {
        V.Store(valid - offset * valid, ref *values, 0);
        V.Store(offset * valid, ref values[stride], 0);
        V.Store(-scale, ref *slopes, 0);
        V.Store(scale, ref slopes[stride], 0);
    }

    /// <summary>The four cubic B-splines of a uniform cell; outside of it their tangents at the nearer end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Cubic(V offset, V scale, V valid, T* values, T* slopes, int stride)
    {
        V one = V.Broadcast(T.One), half = V.Broadcast(T.CreateTruncating(0.5));
        V inside = V.Select(V.LessThan(offset, V.Zero), V.Zero, offset);
        inside = V.Select(V.LessThan(one, inside), one, inside);
        V excess = offset - inside;
        V rest = one - inside, square = inside * inside;
        V sixth = V.Broadcast(T.CreateTruncating(1.0 / 6));
        V b0 = rest * rest * rest * sixth;
        V b3 = square * inside * sixth;
        V b1 = V.MultiplyAdd(square, half * inside - one, V.Broadcast(T.CreateTruncating(2.0 / 3)));
        V b2 = one - b0 - b1 - b3;
        V d0 = -(half * rest * rest);
        V d3 = half * square;
        V d1 = inside * (V.Broadcast(T.CreateTruncating(1.5)) * inside - (one + one));
        V d2 = -(d0 + d1 + d3);
        Store(b0, d0, 0);
        Store(b1, d1, stride);
        Store(b2, d2, 2 * stride);
        Store(b3, d3, 3 * stride);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Store(V value, V slope, int at)
        {
            V.Store(V.MultiplyAdd(slope, excess, value) * valid, ref values[at], 0);
            V.Store(slope * scale, ref slopes[at], 0);
        }
    }
}
