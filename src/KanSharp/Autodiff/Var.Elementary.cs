using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <content>Elementary functions, element by element.</content>
public readonly partial struct Var<T>
{
    /// <summary>x².</summary>
    public Var<T> Square() => UnaryNode<T, SquareOperation>.Record(this);

    /// <summary>√x; NaN below 0, infinite gradient at 0.</summary>
    public Var<T> Sqrt() => UnaryNode<T, SquareRootOperation>.Record(this);

    /// <summary>|x|; the gradient at 0 is 0.</summary>
    public Var<T> Abs() => UnaryNode<T, AbsoluteOperation>.Record(this);

    /// <summary>xᵖ for a constant p; NaN for a negative x unless p is an integer.</summary>
    public Var<T> Pow(T exponent)
    {
        if (exponent == T.One + T.One)
            return Square();
        if (exponent == T.One / (T.One + T.One))
            return Sqrt();
        return exponent == -T.One ? T.One / this : UnaryNode<T, PowerOperation>.Record(this, exponent);
    }

    /// <summary>eˣ.</summary>
    public Var<T> Exp() => UnaryNode<T, ExponentialOperation>.Record(this);

    /// <summary>Natural logarithm: −∞ at 0, NaN below.</summary>
    public Var<T> Log() => UnaryNode<T, LogarithmOperation>.Record(this);

    /// <summary>sin x, x in radians.</summary>
    public Var<T> Sin() => UnaryNode<T, SineOperation>.Record(this);

    /// <summary>cos x, x in radians.</summary>
    public Var<T> Cos() => UnaryNode<T, CosineOperation>.Record(this);

    /// <summary>tanh x.</summary>
    public Var<T> Tanh() => UnaryNode<T, HyperbolicTangentOperation>.Record(this);

    /// <summary>An activation, element by element.</summary>
    public Var<T> Apply(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return ActivationNode<T>.Record(this, activation, 0);
    }

    /// <summary>A derivative of an activation, element by element; differentiable in turn.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="order">Order of the derivative, 0 to 4.</param>
    internal Var<T> Apply(Activation activation, int order) => ActivationNode<T>.Record(this, activation, order);

    /// <summary>x held between two bounds. Where it is held the gradient is 0; on a bound itself it passes.</summary>
    /// <exception cref="ArgumentException">The lower bound is above the upper one, or one is NaN.</exception>
    public Var<T> Clamp(T minimum, T maximum)
    {
        if (!(minimum <= maximum))
            throw new ArgumentException($"Clamp: the bounds are {minimum} and {maximum}; the first must not be above the second.");
        return UnaryNode<T, ClampOperation>.Record(this, minimum, maximum);
    }

    /// <summary>The smaller of two values, element by element with broadcasting. At a tie the gradient goes to the first.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> Minimum(Var<T> left, Var<T> right) => BinaryNode<T, MinimumOperation>.Record(left, right);

    /// <summary>The larger of two values, element by element with broadcasting. At a tie the gradient goes to the first.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> Maximum(Var<T> left, Var<T> right) => BinaryNode<T, MaximumOperation>.Record(left, right);

    /// <summary>
    /// <paramref name="whenTrue"/> where the mask is not 0, else <paramref name="whenFalse"/>, element by element with broadcasting.
    /// The value not chosen has no influence, even if it is NaN; the mask has no gradient.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the values are on different tapes.</exception>
    public static Var<T> Where(Var<T> mask, Var<T> whenTrue, Var<T> whenFalse)
    {
        Var<T> fixedMask = mask.Detach();
        return BinaryNode<T, KeepOperation>.Record(fixedMask, whenTrue) + BinaryNode<T, DropOperation>.Record(fixedMask, whenFalse);
    }
}
