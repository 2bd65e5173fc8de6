using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <content>The rules of differentiation for arithmetic, activations and rearrangement.</content>
public readonly partial record struct Jet<T>
{
    /// <summary>(u + v)′ = u′ + v′; broadcasts.</summary>
    public static Jet<T> operator +(Jet<T> left, Jet<T> right) =>
        new(left.Value + right.Value, left.Derivative + right.Derivative);

    /// <summary>(u − v)′ = u′ − v′; broadcasts.</summary>
    public static Jet<T> operator -(Jet<T> left, Jet<T> right) =>
        new(left.Value - right.Value, left.Derivative - right.Derivative);

    /// <summary>(u·v)′ = u′·v + u·v′; broadcasts.</summary>
    public static Jet<T> operator *(Jet<T> left, Jet<T> right) =>
        new(left.Value * right.Value, left.Derivative * right.Value + left.Value * right.Derivative);

    /// <summary>(u / v)′ = (u′ − (u / v)·v′) / v; broadcasts.</summary>
    public static Jet<T> operator /(Jet<T> left, Jet<T> right)
    {
        Var<T> quotient = left.Value / right.Value;
        return new Jet<T>(quotient, (left.Derivative - quotient * right.Derivative) / right.Value);
    }

    /// <summary>−u.</summary>
    public static Jet<T> operator -(Jet<T> value) => new(-value.Value, -value.Derivative);

    /// <summary>u + number.</summary>
    public static Jet<T> operator +(Jet<T> left, T right) => left with { Value = left.Value + right };

    /// <summary>number + u.</summary>
    public static Jet<T> operator +(T left, Jet<T> right) => right + left;

    /// <summary>u − number.</summary>
    public static Jet<T> operator -(Jet<T> left, T right) => left with { Value = left.Value - right };

    /// <summary>number − u.</summary>
    public static Jet<T> operator -(T left, Jet<T> right) => new(left - right.Value, -right.Derivative);

    /// <summary>u · number.</summary>
    public static Jet<T> operator *(Jet<T> left, T right) => new(left.Value * right, left.Derivative * right);

    /// <summary>number · u.</summary>
    public static Jet<T> operator *(T left, Jet<T> right) => right * left;

    /// <summary>u / number.</summary>
    public static Jet<T> operator /(Jet<T> left, T right) => new(left.Value / right, left.Derivative / right);

    /// <summary>Product with a value that does not depend on the input, such as a parameter in use; broadcasts.</summary>
    public static Jet<T> operator *(Jet<T> left, Var<T> right) => new(left.Value * right, left.Derivative * right);

    /// <summary>Product with a value that does not depend on the input, such as a parameter in use; broadcasts.</summary>
    public static Jet<T> operator *(Var<T> left, Jet<T> right) => right * left;

    /// <summary>Product with a parameter; broadcasts.</summary>
    public static Jet<T> operator *(Jet<T> left, Parameter<T> right) => left * left.Value.Tape.Use(right);

    /// <summary>Product with a parameter; broadcasts.</summary>
    public static Jet<T> operator *(Parameter<T> left, Jet<T> right) => right * left;

    /// <summary>An activation: f(u)′ = f′(u)·u′.</summary>
    public Jet<T> Apply(Activation activation)
    {
        Var<T> value = Value.Apply(activation);
        return new Jet<T>(value, Value.Apply(activation, 1) * Derivative);
    }

    /// <summary>The range [start, start + length) of an axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="start">First index.</param>
    /// <param name="length">Number of indices.</param>
    public Jet<T> Slice(int axis, int start, int length) => new(Value.Slice(axis, start, length), Derivative.Slice(axis, start, length));

    /// <summary>The same numbers under another shape.</summary>
    public Jet<T> Reshape(Shape shape) => new(Value.Reshape(shape), Derivative.Reshape(shape));

    /// <summary>Two jets one after the other along an axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">What follows it.</param>
    public static Jet<T> Concat(int axis, Jet<T> first, Jet<T> second) =>
        new(Var<T>.Concat(axis, first.Value, second.Value), Var<T>.Concat(axis, first.Derivative, second.Derivative));
}
