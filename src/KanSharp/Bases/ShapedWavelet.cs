using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// A mother wavelet of a shape that the compiler knows, times an amplitude. A register of outputs keeps its τ, v, W and sums while the rows go by; each row costs the
/// wavelet, some 15 to 25 instructions for the Gaussian ones, and six more.
/// </summary>
internal sealed unsafe class ShapedWavelet<TShape, T>(double amplitude) : MotherWavelet<T>
    where TShape : struct, IWaveletShape
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Larger arguments count as this, so that no product of an infinite one with a vanished function arises.</summary>
    private const double Limit = 1e6;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate<V>(ref T u, ref T values, int length)
    {
        V factor = SimdMath.Constant<V, T>(amplitude);
        for (nint n = 0; n < length; n += V.Count)
            V.Store(factor * TShape.Value<V, T>(V.Load(in u, n), 0), ref values, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward<V>(in WaveletTile<T> tile)
    {
        V most = SimdMath.Constant<V, T>(Limit), least = -most;
        for (int o = 0; o < tile.Outputs; o += V.Count)
        {
            int lanes = Math.Min(V.Count, tile.Outputs - o);
            V translation = Load<V>(tile.Translations, o, lanes), inverse = Load<V>(tile.Inverses, o, lanes);
            V weight = Load<V>(tile.Weights, o, lanes) * SimdMath.Constant<V, T>(amplitude);
            if (tile.Order == 1)
                weight *= inverse;
            T* y = tile.Y + o;
            T* x = tile.Points;
            T* m = tile.Multipliers;
            for (int n = 0; n < tile.Rows; n++)
            {
                V u = V.Max(V.Min((V.Broadcast(*x) - translation) * inverse, most), least);
                V value = TShape.Value<V, T>(u, tile.Order);
                if (m is not null)
                {
                    value *= V.Broadcast(*m);
                    m += tile.PointStride;
                }

                if (lanes == V.Count)
                    V.Store(V.MultiplyAdd(value, weight, V.Load(ref *y, 0)), ref *y, 0);
                else
                    V.StorePartial(V.MultiplyAdd(value, weight, V.LoadPartial(ref *y, 0, lanes)), ref *y, 0, lanes);
                x += tile.PointStride;
                y += tile.OutputStride;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward<V>(in WaveletTile<T> tile)
    {
        V most = SimdMath.Constant<V, T>(Limit), least = -most, factor = SimdMath.Constant<V, T>(amplitude);
        for (int o = 0; o < tile.Outputs; o += V.Count)
        {
            int lanes = Math.Min(V.Count, tile.Outputs - o);
            V translation = Load<V>(tile.Translations, o, lanes), inverse = Load<V>(tile.Inverses, o, lanes), weight = Load<V>(tile.Weights, o, lanes);
            V scaled = tile.Order == 1 ? factor * inverse : factor, pull = weight * inverse;
            V values = V.Zero, slopes = V.Zero, arguments = V.Zero;
            T* g = tile.Y + o;
            T* x = tile.Points;
            T* m = tile.Multipliers;
            T* points = tile.PointSums;
            T* multipliers = tile.MultiplierSums;
            for (int n = 0; n < tile.Rows; n++)
            {
                V u = V.Max(V.Min((V.Broadcast(*x) - translation) * inverse, most), least);
                TShape.Pair<V, T>(u, tile.Order, out V value, out V slope);
                V upstream = (lanes == V.Count ? V.Load(ref *g, 0) : V.LoadPartial(ref *g, 0, lanes)) * scaled;
                if (multipliers is not null)
                {
                    V.Store(V.MultiplyAdd(upstream * value, weight, V.Load(ref *multipliers, 0)), ref *multipliers, 0);
                    multipliers += V.Count;
                }

                if (m is not null)
                {
                    upstream *= V.Broadcast(*m);
                    m += tile.PointStride;
                }

                V along = upstream * slope;
                values = V.MultiplyAdd(upstream, value, values);
                slopes += along;
                arguments = V.MultiplyAdd(along, u, arguments);
                V.Store(V.MultiplyAdd(along, pull, V.Load(ref *points, 0)), ref *points, 0);
                points += V.Count;
                x += tile.PointStride;
                g += tile.OutputStride;
            }

            Add(values, tile.ValueSums, o, lanes);
            Add(slopes, tile.SlopeSums, o, lanes);
            Add(arguments, tile.ArgumentSums, o, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<V>(T* source, int offset, int lanes)
        where V : unmanaged, ISimd<V, T> => lanes == V.Count ? V.Load(ref *source, offset) : V.LoadPartial(ref *source, offset, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V>(V value, T* target, int offset, int lanes)
        where V : unmanaged, ISimd<V, T>
    {
        if (lanes == V.Count)
            V.Store(V.Load(ref *target, offset) + value, ref *target, offset);
        else
            V.StorePartial(V.LoadPartial(ref *target, offset, lanes) + value, ref *target, offset, lanes);
    }
}
