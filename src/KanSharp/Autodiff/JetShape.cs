namespace KanSharp.Autodiff;

/// <summary>
/// Which derivatives a <see cref="Jet{T}"/> carries: a set that holds with every derivative all lower ones, so that sums, products and compositions stay within
/// it. Memory is linear in <see cref="Count"/>; 1 + 2·d components for first and second derivatives along d directions. Immutable.
/// </summary>
public sealed class JetShape
{
    private readonly PartialDerivative[] _components;
    private readonly Dictionary<PartialDerivative, int> _index;

    private JetShape(PartialDerivative[] components)
    {
        _components = components;
        _index = components.Select((component, index) => (component, index)).ToDictionary(entry => entry.component, entry => entry.index);
        Products = [.. components.Select(JetPartitions.Product).Select(terms => terms.Select(Index).ToArray())];
        Compositions = [.. components.Select(Composition)];
        Order = components[^1].Order;
        Directions = 1 + components.Max(component => component.Order == 0 ? -1 : component[component.Order - 1]);
    }

    /// <summary>The value and its first derivative along direction 0.</summary>
    public static JetShape First { get; } = Of(PartialDerivative.Of(0));

    /// <summary>Number of components, the value among them.</summary>
    public int Count => _components.Length;

    /// <summary>The highest order.</summary>
    public int Order { get; }

    /// <summary>One more than the highest number of a direction.</summary>
    public int Directions { get; }

    /// <summary>The components: the value first, then by order.</summary>
    public IReadOnlyList<PartialDerivative> Components => _components;

    /// <summary>For every component the terms of Leibniz' rule: pairs of components and how often they occur.</summary>
    internal JetMonomial[][] Products { get; }

    /// <summary>For every component and order p from 1 the monomials that multiply f⁽ᵖ⁾ (Faà di Bruno).</summary>
    internal JetMonomial[][][] Compositions { get; }

    /// <summary>The shape with the given derivatives and all below them.</summary>
    /// <param name="derivatives">What is wanted; the value alone if empty.</param>
    public static JetShape Of(params IEnumerable<PartialDerivative> derivatives)
    {
        ArgumentNullException.ThrowIfNull(derivatives);
        var closure = new SortedSet<PartialDerivative> { PartialDerivative.Value };
        foreach (PartialDerivative derivative in derivatives)
        {
            for (int places = 1; places < 1 << derivative.Order; places++)
                closure.Add(derivative.Choose(places));
        }

        return new JetShape([.. closure]);
    }

    /// <summary>All derivatives up to an order along the directions 0 to <paramref name="directions"/> − 1, mixed ones too.</summary>
    /// <param name="directions">Number of directions.</param>
    /// <param name="order">Highest order, 0 to 4.</param>
    public static JetShape Full(int directions, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(directions);
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, PartialDerivative.MaxOrder);
        IEnumerable<PartialDerivative> level = [PartialDerivative.Value];
        for (int step = 0; step < order; step++)
            level = level.SelectMany(derivative => Enumerable.Range(0, directions).Select(derivative.Then)).Distinct().ToArray();
        return Of(level);
    }

    /// <summary>Place of a derivative among the components; −1 if the shape has it not.</summary>
    public int IndexOf(PartialDerivative derivative) => _index.GetValueOrDefault(derivative, -1);

    /// <summary>The components in words.</summary>
    public override string ToString() => string.Join(", ", _components);

    private JetMonomial Index((int Factor, PartialDerivative[] Parts) term) => new(term.Factor, [.. term.Parts.Select(part => _index[part])]);

    private JetMonomial[][] Composition(PartialDerivative component)
    {
        List<(int Factor, PartialDerivative[] Parts)> terms = JetPartitions.Composition(component);
        return [.. Enumerable.Range(1, component.Order).Select(order => terms.Where(term => term.Parts.Length == order).Select(Index).ToArray())];
    }
}

/// <summary>A factor times a product of components.</summary>
/// <param name="Factor">How often the product occurs.</param>
/// <param name="Parts">The components.</param>
internal readonly record struct JetMonomial(int Factor, int[] Parts);
