using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>The shape of a mother wavelet. Methods are inlined into the loops over blocks; what a loop does not use costs nothing.</summary>
internal interface IWaveletShape
{
    /// <summary>The derivative of the given order, 0 to 2, and the next one (exact up to order 2).</summary>
    static abstract void At<V, T>(V u, int order, out V value, out V slope)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
