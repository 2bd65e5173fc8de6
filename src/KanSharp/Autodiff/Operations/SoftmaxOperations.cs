using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>exp(x − a) forward; backward y·(g − a) with a = Σ g·y: one row of softmax.</summary>
internal readonly struct SoftmaxOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Exp<TV, T>(x - a);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => y * (gradient - a);
}

/// <summary>
/// (x − a) − b forward with a the maximum and b = ln Σ exp(x − a), in two steps because a large maximum would swallow the digits of the
/// logarithm; backward g − exp(y)·a with a = Σ g: one row of the logarithm of softmax.
/// </summary>
internal readonly struct LogSoftmaxOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x - a - b;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient - SimdMath.Exp<TV, T>(y) * a;
}
