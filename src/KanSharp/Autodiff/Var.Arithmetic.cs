using KanSharp.Autodiff.Operations;

namespace KanSharp.Autodiff;

/// <content>Arithmetic with values, numbers and parameters on either side.</content>
public readonly partial struct Var<T>
{
    /// <summary>Elementwise sum with broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> operator +(Var<T> left, Var<T> right) => BinaryNode<T, AddOperation>.Record(left, right);

    /// <summary>Elementwise difference with broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> operator -(Var<T> left, Var<T> right) => BinaryNode<T, SubtractOperation>.Record(left, right);

    /// <summary>Elementwise product with broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> operator *(Var<T> left, Var<T> right) => BinaryNode<T, MultiplyOperation>.Record(left, right);

    /// <summary>Elementwise quotient with broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> operator /(Var<T> left, Var<T> right) => BinaryNode<T, DivideOperation>.Record(left, right);

    /// <summary>−x.</summary>
    public static Var<T> operator -(Var<T> value) => UnaryNode<T, NegateOperation>.Record(value);

    /// <summary>x + number.</summary>
    public static Var<T> operator +(Var<T> left, T right) => UnaryNode<T, ShiftOperation>.Record(left, right);

    /// <summary>number + x.</summary>
    public static Var<T> operator +(T left, Var<T> right) => UnaryNode<T, ShiftOperation>.Record(right, left);

    /// <summary>x − number.</summary>
    public static Var<T> operator -(Var<T> left, T right) => UnaryNode<T, ShiftOperation>.Record(left, -right);

    /// <summary>number − x.</summary>
    public static Var<T> operator -(T left, Var<T> right) => UnaryNode<T, ReflectOperation>.Record(right, left);

    /// <summary>x · number.</summary>
    public static Var<T> operator *(Var<T> left, T right) => UnaryNode<T, ScaleOperation>.Record(left, right);

    /// <summary>number · x.</summary>
    public static Var<T> operator *(T left, Var<T> right) => UnaryNode<T, ScaleOperation>.Record(right, left);

    /// <summary>x / number.</summary>
    public static Var<T> operator /(Var<T> left, T right) => UnaryNode<T, DivideByOperation>.Record(left, right);

    /// <summary>number / x.</summary>
    public static Var<T> operator /(T left, Var<T> right) => UnaryNode<T, ReciprocalOperation>.Record(right, left);

    /// <summary>Sum with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator +(Var<T> left, Parameter<T> right) => left + left.Tape.Use(right);

    /// <summary>Sum with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator +(Parameter<T> left, Var<T> right) => right.Tape.Use(left) + right;

    /// <summary>Difference with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator -(Var<T> left, Parameter<T> right) => left - left.Tape.Use(right);

    /// <summary>Difference with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator -(Parameter<T> left, Var<T> right) => right.Tape.Use(left) - right;

    /// <summary>Product with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator *(Var<T> left, Parameter<T> right) => left * left.Tape.Use(right);

    /// <summary>Product with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator *(Parameter<T> left, Var<T> right) => right.Tape.Use(left) * right;

    /// <summary>Quotient with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator /(Var<T> left, Parameter<T> right) => left / left.Tape.Use(right);

    /// <summary>Quotient with a parameter, which is used on the value's tape; broadcasts.</summary>
    public static Var<T> operator /(Parameter<T> left, Var<T> right) => right.Tape.Use(left) / right;
}
