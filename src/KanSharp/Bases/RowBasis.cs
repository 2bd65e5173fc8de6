using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>A global family whose features are evaluated one after the other, each over its row of points.</summary>
internal abstract class RowBasis<T>(int count) : GlobalBasis<T>(count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override void Evaluate<V>(in BasisBlock<T> block)
    {
        ref T values = ref block.Values;
        for (int feature = 0; feature < block.Features; feature++)
        {
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            Row<V>(block.Feature + feature, block.Order, block.Length, ref points, ref values, block.ValueStride);
            values = ref Unsafe.Add(ref values, (nint)Count * block.ValueStride);
        }
    }

    /// <inheritdoc/>
    public sealed override void ParameterGradient<V>(in BasisBlock<T> block, Span<T> shared, Span<T> features)
    {
        ref T values = ref block.Values;
        for (int feature = 0; feature < block.Features; feature++)
        {
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            Span<T> own = features.Slice(feature * FeatureParameters, FeatureParameters);
            GradientRow<V>(block.Feature + feature, block.Order, block.Length, ref points, ref values, block.ValueStride, FeatureParameters > 0 ? own : shared);
            values = ref Unsafe.Add(ref values, (nint)Count * block.ValueStride);
        }
    }

    /// <summary>Writes function j at point n to j · stride + n.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="order">Order of the derivative.</param>
    /// <param name="length">Points, a multiple of the lanes.</param>
    /// <param name="points">The first point.</param>
    /// <param name="values">The first value.</param>
    /// <param name="stride">Elements between two functions.</param>
    protected abstract void Row<V>(int feature, int order, int length, ref T points, ref T values, int stride)
        where V : unmanaged, ISimd<V, T>;

    /// <summary>Adds to the gradients of the parameters, shared or of this feature, what the row gives; see <see cref="GlobalBasis{T}.ParameterGradient"/>.</summary>
    protected virtual void GradientRow<V>(int feature, int order, int length, ref T points, ref T products, int stride, Span<T> gradients)
        where V : unmanaged, ISimd<V, T>
    {
    }
}
