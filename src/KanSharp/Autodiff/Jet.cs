using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// A value together with derivatives with respect to the input, all on the tape. Pushed through layers by <c>Module.Forward(Jet)</c>, it gives a network and its
/// derivatives in one sweep, and all of them can be trained on. Which derivatives it carries is its <see cref="Shape"/>; components that are zero everywhere
/// are not stored.
/// </summary>
/// <remarks>A jet lives as long as the recording: until the tape is reset.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly partial struct Jet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ArraySegment<Node<T>?> _nodes;

    // components are one-hot rows: products of different first derivatives vanish, powers of one are the same
    private readonly bool _isSeed;

    // direction d is feature d, not some chosen feature
    private bool IsAxes { get; }

    private Jet(JetShape shape, ArraySegment<Node<T>?> nodes, bool isSeed = false, bool isAxes = false)
    {
        Shape = shape;
        _nodes = nodes;
        _isSeed = isSeed;
        IsAxes = isAxes;
    }

    /// <summary>A value and its derivative along one direction.</summary>
    /// <param name="value">The value, [..., features].</param>
    /// <param name="derivative">Its derivative, same shape.</param>
    public Jet(Var<T> value, Var<T> derivative)
        : this(JetShape.First, value.Tape.RentSlots(2))
    {
        Node<T> own = value.Tape.Own(derivative);
        if (own.Shape != value.Shape)
            throw new ArgumentException($"The value has shape {value.Shape}, its derivative {own.Shape}; they must be the same.", nameof(derivative));
        (_nodes[0], _nodes[1]) = (value.Node, own);
    }

    /// <summary>The derivatives it carries.</summary>
    public JetShape Shape { get; }

    /// <summary>The value, [..., features].</summary>
    public Var<T> Value => new(_nodes[0]!);

    /// <summary>The derivative along the direction of a jet that carries one first derivative, same shape as the value.</summary>
    /// <exception cref="InvalidOperationException">It carries none, or several.</exception>
    public Var<T> Derivative => Shape.Count == 2
        ? Component(1)
        : throw new InvalidOperationException($"The jet carries {Shape}: name the derivative, jet[PartialDerivative.Of(...)].");

    /// <summary>A component; zeros where it vanishes everywhere.</summary>
    /// <param name="derivative">Which one.</param>
    /// <exception cref="ArgumentException">The jet does not carry it.</exception>
    public Var<T> this[PartialDerivative derivative]
    {
        get
        {
            int index = Shape.IndexOf(derivative);
            return index >= 0 ? Component(index) : throw new ArgumentException($"The jet carries {Shape}, not {derivative}.", nameof(derivative));
        }
    }

    /// <summary>The input itself as a jet with one direction: derivative 1 in feature <paramref name="feature"/> and 0 in the others.</summary>
    /// <param name="x">Inputs [..., features] on a tape.</param>
    /// <param name="feature">Index of the feature along which to differentiate.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such feature.</exception>
    public static Jet<T> Seed(Var<T> x, int feature)
    {
        int features = x.Shape.Last;
        if ((uint)feature >= (uint)features)
            throw new ArgumentOutOfRangeException(nameof(feature), feature, $"The input has shape {x.Shape}: features 0..{features - 1}.");
        ArraySegment<Node<T>?> nodes = x.Tape.RentSlots(2);
        (nodes[0], nodes[1]) = (x.Node, OneHot(x, feature));
        return new Jet<T>(JetShape.First, nodes, isSeed: true);
    }

    /// <summary>The input itself as a jet whose directions are its features.</summary>
    /// <param name="x">Inputs [..., features] on a tape.</param>
    /// <param name="shape">The derivatives that are wanted of what is computed from it.</param>
    /// <exception cref="ArgumentException">The shape has more directions than the input features.</exception>
    public static Jet<T> Seed(Var<T> x, JetShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Directions > x.Shape.Last)
            throw new ArgumentException($"The input has shape {x.Shape}: directions are its features 0..{x.Shape.Last - 1}; the jet is to carry {shape}.", nameof(shape));
        ArraySegment<Node<T>?> nodes = x.Tape.RentSlots(shape.Count);
        nodes[0] = x.Node;
        for (int index = 1; index < shape.Count && shape.Components[index].Order == 1; index++)
            nodes[index] = OneHot(x, shape.Components[index][0]);
        return new Jet<T>(shape, nodes, isSeed: true, isAxes: true);
    }

    /// <summary>The input itself as a jet along directions that may differ from row to row.</summary>
    /// <param name="x">Inputs [..., features] on a tape.</param>
    /// <param name="shape">The derivatives that are wanted of what is computed from it.</param>
    /// <param name="directions">Vectors shaped like the input, one for each direction of the shape.</param>
    /// <exception cref="ArgumentException">Too few vectors, or shapes differ.</exception>
    public static Jet<T> Seed(Var<T> x, JetShape shape, IReadOnlyList<Var<T>> directions)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(directions);
        if (directions.Count < shape.Directions)
            throw new ArgumentException($"The jet is to carry {shape}: {shape.Directions} directions; {directions.Count} vectors were given.", nameof(directions));
        ArraySegment<Node<T>?> nodes = x.Tape.RentSlots(shape.Count);
        nodes[0] = x.Node;
        for (int index = 1; index < shape.Count && shape.Components[index].Order == 1; index++)
        {
            Node<T> direction = x.Tape.Own(directions[shape.Components[index][0]]);
            if (direction.Shape != x.Shape)
                throw new ArgumentException($"The input has shape {x.Shape}, a direction {direction.Shape}; they must be the same.", nameof(directions));
            nodes[index] = direction;
        }

        return new Jet<T>(shape, nodes);
    }

    /// <summary>A jet from its components; null ones vanish.</summary>
    internal static Jet<T> Of(JetShape shape, ReadOnlySpan<Node<T>?> components)
    {
        ArraySegment<Node<T>?> nodes = components[0]!.Tape.RentSlots(shape.Count);
        components.CopyTo(nodes);
        return new Jet<T>(shape, nodes);
    }

    /// <summary>A value that does not depend on the input, as a jet of this shape: its derivatives vanish.</summary>
    /// <param name="value">The value, on the same tape.</param>
    public Jet<T> Constant(Var<T> value)
    {
        ArraySegment<Node<T>?> nodes = Value.Tape.RentSlots(Shape.Count);
        nodes[0] = Value.Tape.Own(value);
        return new Jet<T>(Shape, nodes);
    }

    /// <summary>Whether a component may differ from zero.</summary>
    internal bool Has(int component) => _nodes[component] is not null;

    private Var<T> Component(int index) => _nodes[index] is { } node ? new Var<T>(node) : Zeros(Value);

    private static Var<T> Zeros(Var<T> like)
    {
        var node = like.Tape.Add<ConstantNode<T>>();
        node.Initialize(like.Shape, requiresGradient: false);
        node.Value.Span.Clear();
        return new Var<T>(node);
    }

    private static Node<T> OneHot(Var<T> x, int feature)
    {
        var node = x.Tape.Add<ConstantNode<T>>();
        node.Initialize(x.Shape, requiresGradient: false);
        Span<T> direction = node.Value.Span;
        direction.Clear();
        for (int index = feature; index < direction.Length; index += x.Shape.Last)
            direction[index] = T.One;
        return node;
    }
}
