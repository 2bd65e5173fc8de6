using System.Numerics;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>x where it is positive, a·x elsewhere.</summary>
internal readonly struct PReluOperation : IUnaryOperation
{
    public static TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(TV.Zero, x), x, a * x);

    public static TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(TV.Zero, x), gradient, a * gradient);
}
