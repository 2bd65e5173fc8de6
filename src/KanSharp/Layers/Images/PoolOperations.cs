using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>How pooling joins two elements of a window.</summary>
internal interface IPoolOperation
{
    static abstract TV Combine<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>The larger one; NaN if either is.</summary>
internal readonly struct LargestOfWindow : IPoolOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Combine<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Max(left, right);
}

/// <summary>The sum.</summary>
internal readonly struct SumOfWindow : IPoolOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Combine<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => left + right;
}
