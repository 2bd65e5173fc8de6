using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>The shape of a mother wavelet. Methods are inlined into the loops of a layer.</summary>
internal interface IWaveletShape
{
    /// <summary>Arguments beyond it count as it, so that no product of an infinite one with a vanished function arises.</summary>
    static abstract double Bound<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The derivative of the given order, 0 to 4, at an argument within the bound.</summary>
    static abstract V Value<V, T>(V u, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The derivative of the given order, 0 to 4, and the next one.</summary>
    static abstract void Pair<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
