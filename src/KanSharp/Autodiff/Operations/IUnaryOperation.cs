using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>An elementwise operation of one operand and up to two constants, with its derivative.</summary>
internal interface IUnaryOperation
{
    static abstract TV Apply<TV, T>(TV x, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Gradient of the operand, given that of the result <paramref name="y"/>.</summary>
    static abstract TV Gradient<TV, T>(TV gradient, TV x, TV y, TV a, TV b)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
