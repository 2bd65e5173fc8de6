using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>−x.</summary>
internal readonly struct NegateOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -x;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -gradient;
}

/// <summary>x + a.</summary>
internal readonly struct ShiftOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x + a;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient;
}

/// <summary>a · x.</summary>
internal readonly struct ScaleOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * a;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * a;
}

/// <summary>a − x.</summary>
internal readonly struct ReflectOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a - x;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -gradient;
}

/// <summary>x / a.</summary>
internal readonly struct DivideByOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x / a;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient / a;
}

/// <summary>a / x.</summary>
internal readonly struct ReciprocalOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a / x;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -(gradient * y) / x;
}

/// <summary>x².</summary>
internal readonly struct SquareOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * x;

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (gradient + gradient) * x;
}

/// <summary>√x; the derivative at 0 is infinite.</summary>
internal readonly struct SquareRootOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Sqrt(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient / (y + y);
}

/// <summary>|x|; the derivative at 0 is taken as 0.</summary>
internal readonly struct AbsoluteOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Abs(x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(TV.Zero, x), gradient, TV.Select(TV.LessThan(x, TV.Zero), -gradient, x * gradient));
}

/// <summary>x held between a and b. Where it is held the gradient is 0; on a bound it passes.</summary>
internal readonly struct ClampOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Min(TV.Max(x, a), b);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(x, a), TV.Zero, TV.Select(TV.LessThan(b, x), TV.Zero, gradient));
}
