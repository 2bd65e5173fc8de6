using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>eˣ.</summary>
internal readonly struct ExponentialOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Exp<TV, T>(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * y;
}

/// <summary>ln x.</summary>
internal readonly struct LogarithmOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Log<TV, T>(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient / x;
}

/// <summary>sin x.</summary>
internal readonly struct SineOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Sin<TV, T>(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * SimdMath.Cos<TV, T>(x);
}

/// <summary>cos x.</summary>
internal readonly struct CosineOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Cos<TV, T>(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -(gradient * SimdMath.Sin<TV, T>(x));
}

/// <summary>tanh x.</summary>
internal readonly struct HyperbolicTangentOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SimdMath.Tanh<TV, T>(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * (TV.Broadcast(T.One) - (y * y));
}

/// <summary>xᵃ.</summary>
internal readonly struct PowerOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LaneMath.Pow<TV, T>(x, a);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * a * LaneMath.Pow<TV, T>(x, a - TV.Broadcast(T.One));
}
