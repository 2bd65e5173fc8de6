using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <content>The rules of differentiation for arithmetic, activations and rearrangement.</content>
public readonly partial struct Jet<T>
{
    /// <summary>Component by component; broadcasts.</summary>
    public static Jet<T> operator +(Jet<T> left, Jet<T> right)
    {
        ArraySegment<Node<T>?> nodes = Start(left, right);
        for (int index = 0; index < nodes.Count; index++)
            nodes[index] = Add(left._nodes[index], right._nodes[index]);
        return Spread(left.Shape, nodes);
    }

    /// <summary>Component by component; broadcasts.</summary>
    public static Jet<T> operator -(Jet<T> left, Jet<T> right)
    {
        ArraySegment<Node<T>?> nodes = Start(left, right);
        for (int index = 0; index < nodes.Count; index++)
        {
            (Node<T>? a, Node<T>? b) = (left._nodes[index], right._nodes[index]);
            nodes[index] = b is null ? a : a is null ? (-new Var<T>(b)).Node : (new Var<T>(a) - new Var<T>(b)).Node;
        }

        return Spread(left.Shape, nodes);
    }

    /// <summary>Leibniz' rule; broadcasts.</summary>
    public static Jet<T> operator *(Jet<T> left, Jet<T> right)
    {
        ArraySegment<Node<T>?> nodes = Start(left, right);
        for (int index = 0; index < nodes.Count; index++)
        {
            foreach (JetMonomial term in left.Shape.Products[index])
                nodes[index] = Add(nodes[index], Scaled(Multiply(left._nodes[term.Parts[0]], right._nodes[term.Parts[1]]), term.Factor));
        }

        return new Jet<T>(left.Shape, nodes);
    }

    /// <summary>From Leibniz' rule for the product of quotient and denominator; broadcasts.</summary>
    public static Jet<T> operator /(Jet<T> left, Jet<T> right)
    {
        ArraySegment<Node<T>?> nodes = Start(left, right);
        Var<T> denominator = right.Value;
        nodes[0] = (left.Value / denominator).Node;
        for (int index = 1; index < nodes.Count; index++)
        {
            Node<T>? sum = left._nodes[index];
            foreach (JetMonomial term in left.Shape.Products[index])
            {
                // the quotient's own derivative, times the denominator, is what is sought
                if (term.Parts[1] == 0 || Multiply(nodes[term.Parts[0]], right._nodes[term.Parts[1]]) is not { } product)
                    continue;
                var scaled = new Var<T>(Scaled(product, term.Factor)!);
                sum = (sum is null ? -scaled : new Var<T>(sum) - scaled).Node;
            }

            nodes[index] = sum is null ? null : (new Var<T>(sum) / denominator).Node;
        }

        return Spread(left.Shape, nodes);
    }

    /// <summary>−u.</summary>
    public static Jet<T> operator -(Jet<T> value) => value.Map(0, static (_, x) => -x);

    /// <summary>u + number.</summary>
    public static Jet<T> operator +(Jet<T> left, T right) => left.Map(right, static (number, x) => x + number, static (_, x) => x);

    /// <summary>number + u.</summary>
    public static Jet<T> operator +(T left, Jet<T> right) => right + left;

    /// <summary>u − number.</summary>
    public static Jet<T> operator -(Jet<T> left, T right) => left.Map(right, static (number, x) => x - number, static (_, x) => x);

    /// <summary>number − u.</summary>
    public static Jet<T> operator -(T left, Jet<T> right) => right.Map(left, static (number, x) => number - x, static (_, x) => -x);

    /// <summary>u · number.</summary>
    public static Jet<T> operator *(Jet<T> left, T right) => left.Map(right, static (number, x) => x * number);

    /// <summary>number · u.</summary>
    public static Jet<T> operator *(T left, Jet<T> right) => right * left;

    /// <summary>u / number.</summary>
    public static Jet<T> operator /(Jet<T> left, T right) => left.Map(right, static (number, x) => x / number);

    /// <summary>Product with a value that does not depend on the input, such as a parameter in use; broadcasts.</summary>
    public static Jet<T> operator *(Jet<T> left, Var<T> right) => left.Map(right, static (factor, x) => x * factor);

    /// <summary>Product with a value that does not depend on the input, such as a parameter in use; broadcasts.</summary>
    public static Jet<T> operator *(Var<T> left, Jet<T> right) => right * left;

    /// <summary>Product with a parameter; broadcasts.</summary>
    public static Jet<T> operator *(Jet<T> left, Parameter<T> right) => left * left.Value.Tape.Use(right);

    /// <summary>Product with a parameter; broadcasts.</summary>
    public static Jet<T> operator *(Parameter<T> left, Jet<T> right) => right * left;

    /// <summary>An activation, element by element.</summary>
    public Jet<T> Apply(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return ComposeElementwise(activation, static (activation, x, order) => x.Apply(activation, order));
    }

    /// <summary>The square root, element by element.</summary>
    public Jet<T> Sqrt() => ComposeElementwise(Value.Sqrt(), static (root, x, order) =>
    {
        // d^p √x = ½·(½ − 1)···(½ − p + 1)·√x / x^p
        Var<T> result = root;
        for (int step = 0; step < order; step++)
            result = result * T.CreateTruncating(0.5 - step) / x;
        return result;
    });

    /// <summary>The range [start, start + length) of an axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="start">First index.</param>
    /// <param name="length">Number of indices.</param>
    public Jet<T> Slice(int axis, int start, int length) => Map((axis, start, length), static (part, x) => x.Slice(part.axis, part.start, part.length));

    /// <summary>
    /// One column of the last axis. Of an input whose directions are its features only the derivatives along the own one remain; the others vanish and are not
    /// stored.
    /// </summary>
    /// <param name="column">The column.</param>
    internal Jet<T> SliceSeed(int column)
    {
        ArraySegment<Node<T>?> nodes = Value.Tape.RentSlots(Shape.Count);
        for (int index = 0; index < Shape.Count; index++)
        {
            if (_nodes[index] is { } node && !(_isSeed && index > 0 && Shape.Components[index][0] != column && IsAxes))
                nodes[index] = new Var<T>(node).Slice(-1, column, 1).Node;
        }

        return new Jet<T>(Shape, nodes, _isSeed);
    }

    /// <summary>The same numbers under another shape.</summary>
    public Jet<T> Reshape(Shape shape) => Map(shape, static (shape, x) => x.Reshape(shape));

    /// <summary>Two jets one after the other along an axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">What follows it.</param>
    public static Jet<T> Concat(int axis, Jet<T> first, Jet<T> second)
    {
        ArraySegment<Node<T>?> nodes = Start(first, second);
        for (int index = 0; index < nodes.Count; index++)
        {
            if (first._nodes[index] is not null || second._nodes[index] is not null)
                nodes[index] = Var<T>.Concat(axis, first.Component(index), second.Component(index)).Node;
        }

        return new Jet<T>(first.Shape, nodes);
    }

    private static ArraySegment<Node<T>?> Start(Jet<T> left, Jet<T> right)
    {
        if (left.Shape != right.Shape)
            throw new ArgumentException($"One jet carries {left.Shape}, the other {right.Shape}; jets of one computation have the same JetShape object.", nameof(right));
        return left.Value.Tape.RentSlots(left.Shape.Count);
    }

    /// <summary>Derivatives that one operand alone has are repeated to the shape of the value.</summary>
    private static Jet<T> Spread(JetShape shape, ArraySegment<Node<T>?> nodes)
    {
        var value = new Var<T>(nodes[0]!);
        for (int index = 1; index < nodes.Count; index++)
        {
            if (nodes[index] is { } node && node.Shape != value.Shape)
                nodes[index] = (new Var<T>(node) + Zeros(value)).Node;
        }

        return new Jet<T>(shape, nodes);
    }

    private static Node<T>? Add(Node<T>? left, Node<T>? right) =>
        left is null ? right : right is null ? left : (new Var<T>(left) + new Var<T>(right)).Node;

    private static Node<T>? Multiply(Node<T>? left, Node<T>? right) =>
        left is null || right is null ? null : (new Var<T>(left) * new Var<T>(right)).Node;

    private static Node<T>? Scaled(Node<T>? value, int factor) =>
        value is null || factor == 1 ? value : (new Var<T>(value) * T.CreateTruncating(factor)).Node;
}
