using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>left + right.</summary>
internal readonly struct AddOperation : IBinaryOperation
{
    public static string Name => "+";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => left + right;

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient;

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient;
}

/// <summary>left − right.</summary>
internal readonly struct SubtractOperation : IBinaryOperation
{
    public static string Name => "-";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => left - right;

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient;

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -gradient;
}

/// <summary>left · right.</summary>
internal readonly struct MultiplyOperation : IBinaryOperation
{
    public static string Name => "*";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => left * right;

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * right;

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient * left;
}

/// <summary>left / right.</summary>
internal readonly struct DivideOperation : IBinaryOperation
{
    public static string Name => "/";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => left / right;

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => gradient / right;

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => -(gradient * left) / (right * right);
}

/// <summary>The smaller of the two; NaN if either is. At a tie the gradient goes to the left operand.</summary>
internal readonly struct MinimumOperation : IBinaryOperation
{
    public static string Name => "Minimum";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Min(left, right);

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(right, left), TV.Zero, gradient);

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(right, left), gradient, TV.Zero);
}

/// <summary>The larger of the two; NaN if either is. At a tie the gradient goes to the left operand.</summary>
internal readonly struct MaximumOperation : IBinaryOperation
{
    public static string Name => "Maximum";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Max(left, right);

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(left, right), TV.Zero, gradient);

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.LessThan(left, right), gradient, TV.Zero);
}

/// <summary>right where the mask on the left is not 0, else 0. The mask has no gradient.</summary>
internal readonly struct KeepOperation : IBinaryOperation
{
    public static string Name => "Where";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.EqualTo(left, TV.Zero), TV.Zero, right);

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Zero;

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.EqualTo(left, TV.Zero), TV.Zero, gradient);
}

/// <summary>right where the mask on the left is 0, else 0. The mask has no gradient.</summary>
internal readonly struct DropOperation : IBinaryOperation
{
    public static string Name => "Where";

    public static TV Apply<TV, T>(TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.EqualTo(left, TV.Zero), right, TV.Zero);

    public static TV Left<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Zero;

    public static TV Right<TV, T>(TV gradient, TV left, TV right)
        where TV : unmanaged, ISimd<TV, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TV.Select(TV.EqualTo(left, TV.Zero), gradient, TV.Zero);
}
