using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>An elementwise operation of two operands with its derivative with respect to each.</summary>
internal interface IBinaryOperation
{
    /// <summary>The name that error messages give.</summary>
    static abstract string Name { get; }

    static abstract TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Gradient of the left operand, given that of the result.</summary>
    static abstract TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Gradient of the right operand, given that of the result.</summary>
    static abstract TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
