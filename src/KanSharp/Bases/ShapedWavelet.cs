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
    private static V Most<V>()
        where V : unmanaged, ISimd<V, T> => SimdMath.Constant<V, T>(TShape.Bound<T>());

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate<V>(ref T u, ref T values, int length)
    {
        V factor = SimdMath.Constant<V, T>(amplitude), most = Most<V>();
        for (nint n = 0; n < length; n += V.Count)
            V.Store(factor * TShape.Value<V, T>(V.Within(V.Load(in u, n), most), 0), ref values, n);
    }

    public override void Forward<V>(in WaveletTile<T> tile)
    {
        switch (tile.Order)
        {
            case 0: Forward<V, Zero>(tile); break;
            case 1: Forward<V, One>(tile); break;
            case 2: Forward<V, Two>(tile); break;
            case 3: Forward<V, Three>(tile); break;
            default: Forward<V, Four>(tile); break;
        }
    }

    public override void Backward<V>(in WaveletTile<T> tile)
    {
        switch (tile.Order)
        {
            case 0: Backward<V, Zero>(tile); break;
            case 1: Backward<V, One>(tile); break;
            case 2: Backward<V, Two>(tile); break;
            case 3: Backward<V, Three>(tile); break;
            default: Backward<V, Four>(tile); break;
        }
    }

    private void Forward<V, TOrder>(in WaveletTile<T> tile)
        where V : unmanaged, ISimd<V, T>
        where TOrder : struct, IConstant
    {
        if (tile.Multipliers is null)
            Forward<V, TOrder, Zero>(tile);
        else
            Forward<V, TOrder, One>(tile);
    }

    private void Backward<V, TOrder>(in WaveletTile<T> tile)
        where V : unmanaged, ISimd<V, T>
        where TOrder : struct, IConstant
    {
        if (tile.Multipliers is null)
            Backward<V, TOrder, Zero>(tile);
        else
            Backward<V, TOrder, One>(tile);
    }

    private void Forward<V, TOrder, TFactor>(in WaveletTile<T> tile)
        where V : unmanaged, ISimd<V, T>
        where TOrder : struct, IConstant
        where TFactor : struct, IConstant
    {
        int o = 0;
        for (; o <= tile.Outputs - V.Count; o += V.Count)
            Add<V, TOrder, TFactor>(tile, V.Load(ref *tile.Translations, o), V.Load(ref *tile.Inverses, o), V.Load(ref *tile.Weights, o), tile.Y + o, tile.OutputStride);
        int lanes = tile.Outputs - o;
        if (lanes == 0)
            return;
        // the rest stands in registers of its own
        T* rest = stackalloc T[tile.Rows * V.Count];
        for (int n = 0; n < tile.Rows; n++)
            V.Store(V.LoadPartial(ref tile.Y[(n * tile.OutputStride) + o], 0, lanes), ref rest[n * V.Count], 0);
        Add<V, TOrder, TFactor>(
            tile, V.LoadPartial(ref *tile.Translations, o, lanes), V.LoadPartial(ref *tile.Inverses, o, lanes), V.LoadPartial(ref *tile.Weights, o, lanes), rest, V.Count);
        for (int n = 0; n < tile.Rows; n++)
            V.StorePartial(V.Load(ref rest[n * V.Count], 0), ref tile.Y[(n * tile.OutputStride) + o], 0, lanes);
    }

    /// <summary>The rows for one register of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add<V, TOrder, TFactor>(in WaveletTile<T> tile, V translation, V inverse, V weight, T* y, nint stride)
        where V : unmanaged, ISimd<V, T>
        where TOrder : struct, IConstant
        where TFactor : struct, IConstant
    {
        // copies: what is handed over on the stack would be read from there for every row
        V most = Most<V>(), place = translation, narrow = inverse;
        weight *= SimdMath.Constant<V, T>(amplitude);
        for (int d = 0; d < TOrder.Value; d++)
            weight *= inverse;
        T* x = tile.Points;
        T* m = tile.Multipliers;
        nint step = tile.PointStride;
        int rows = tile.Rows;
        for (int n = 0; n < rows; n++)
        {
            V u = V.Within((V.Broadcast(*x) - place) * narrow, most);
            V value = TShape.Value<V, T>(u, TOrder.Value);
            if (TFactor.Value == 1)
            {
                value *= V.Broadcast(*m);
                m += step;
            }

            V.Store(V.MultiplyAdd(value, weight, V.Load(ref *y, 0)), ref *y, 0);
            x += step;
            y += stride;
        }
    }

    private void Backward<V, TOrder, TFactor>(in WaveletTile<T> tile)
        where V : unmanaged, ISimd<V, T>
        where TOrder : struct, IConstant
        where TFactor : struct, IConstant
    {
        int o = 0;
        V values, slopes, arguments;
        for (; o <= tile.Outputs - V.Count; o += V.Count)
        {
            Sum<V, TOrder, TFactor>(
                tile, V.Load(ref *tile.Translations, o), V.Load(ref *tile.Inverses, o), V.Load(ref *tile.Weights, o), tile.Y + o, tile.OutputStride, out values, out slopes, out arguments);
            V.Store(V.Load(ref *tile.ValueSums, o) + values, ref *tile.ValueSums, o);
            V.Store(V.Load(ref *tile.SlopeSums, o) + slopes, ref *tile.SlopeSums, o);
            V.Store(V.Load(ref *tile.ArgumentSums, o) + arguments, ref *tile.ArgumentSums, o);
        }

        int lanes = tile.Outputs - o;
        if (lanes == 0)
            return;
        T* rest = stackalloc T[tile.Rows * V.Count];
        for (int n = 0; n < tile.Rows; n++)
            V.Store(V.LoadPartial(ref tile.Y[(n * tile.OutputStride) + o], 0, lanes), ref rest[n * V.Count], 0);
        Sum<V, TOrder, TFactor>(
            tile, V.LoadPartial(ref *tile.Translations, o, lanes), V.LoadPartial(ref *tile.Inverses, o, lanes), V.LoadPartial(ref *tile.Weights, o, lanes), rest, V.Count,
            out values, out slopes, out arguments);
        V.StorePartial(V.LoadPartial(ref *tile.ValueSums, o, lanes) + values, ref *tile.ValueSums, o, lanes);
        V.StorePartial(V.LoadPartial(ref *tile.SlopeSums, o, lanes) + slopes, ref *tile.SlopeSums, o, lanes);
        V.StorePartial(V.LoadPartial(ref *tile.ArgumentSums, o, lanes) + arguments, ref *tile.ArgumentSums, o, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<V, TOrder, TFactor>(
        in WaveletTile<T> tile, V translation, V inverse, V weight, T* g, nint stride, out V valueSum, out V slopeSum, out V argumentSum)
        where V : unmanaged, ISimd<V, T>
        where TOrder : struct, IConstant
        where TFactor : struct, IConstant
    {
        V most = Most<V>(), place = translation, narrow = inverse, own = weight, scaled = SimdMath.Constant<V, T>(amplitude), pull = weight * inverse;
        for (int d = 0; d < TOrder.Value; d++)
            scaled *= inverse;
        V values = V.Zero, slopes = V.Zero, arguments = V.Zero;
        T* x = tile.Points;
        T* m = tile.Multipliers;
        T* points = tile.PointSums;
        T* multipliers = tile.MultiplierSums;
        nint step = tile.PointStride;
        int rows = tile.Rows;
        for (int n = 0; n < rows; n++)
        {
            V u = V.Within((V.Broadcast(*x) - place) * narrow, most);
            TShape.Pair<V, T>(u, TOrder.Value, out V value, out V slope);
            V upstream = V.Load(ref *g, 0) * scaled;
            if (TFactor.Value == 1)
            {
                if (multipliers is not null)
                {
                    V.Store(V.MultiplyAdd(upstream * value, own, V.Load(ref *multipliers, 0)), ref *multipliers, 0);
                    multipliers += V.Count;
                }

                upstream *= V.Broadcast(*m);
                m += step;
            }

            V along = upstream * slope;
            values = V.MultiplyAdd(upstream, value, values);
            slopes += along;
            arguments = V.MultiplyAdd(along, u, arguments);
            V.Store(V.MultiplyAdd(along, pull, V.Load(ref *points, 0)), ref *points, 0);
            points += V.Count;
            x += step;
            g += stride;
        }

        (valueSum, slopeSum, argumentSum) = (values, slopes, arguments);
    }
}
