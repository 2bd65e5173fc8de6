using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Chooses the kernels of a layer.</summary>
internal static class RowLayers
{
    public static RowLayer<T> Create<T>(KanLinear<T> layer, int records, int targets, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            SimdWidth.Bits512 => OfWidth<Simd512<T>, T>(layer, records, targets, width),
            SimdWidth.Bits256 => OfWidth<Simd256<T>, T>(layer, records, targets, width),
            SimdWidth.Bits128 => OfWidth<Simd128<T>, T>(layer, records, targets, width),
            _ => OfWidth<SimdScalar<T>, T>(layer, records, targets, width),
        };

    private static RowLayer<T> OfWidth<V, T>(KanLinear<T> layer, int records, int targets, SimdWidth width)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (layer.Outputs == 1, layer.Options.Spline.Degree) switch
        {
            (true, 1) => new NarrowRowLayer<V, Two, T>(layer, records, targets, width),
            (true, 3) => new NarrowRowLayer<V, Four, T>(layer, records, targets, width),
            (true, _) => new NarrowRowLayer<V, AnyNumber, T>(layer, records, targets, width),
            (false, 1) => new WideRowLayer<V, Two, T>(layer, records, targets, width),
            (false, 3) => new WideRowLayer<V, Four, T>(layer, records, targets, width),
            _ => new WideRowLayer<V, AnyNumber, T>(layer, records, targets, width),
        };
}
