using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>An elementwise function of one argument, for <see cref="Elementwise.Map{TOperator, T}"/>.</summary>
internal interface IUnaryOperator
{
    static abstract V Invoke<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>An elementwise function of two arguments and a number, for <see cref="Elementwise.Zip{TOperator, T}"/>.</summary>
internal interface IBinaryOperator
{
    static abstract V Invoke<V, T>(V x, V y, V parameter)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
