using KanSharp.Autodiff.Operations;

namespace KanSharp.Autodiff;

/// <content>Maps and compositions: what layers write their rules of differentiation with.</content>
public readonly partial struct Jet<T>
{
    /// <summary>A linear map, applied to every component.</summary>
    /// <param name="map">The map; must give 0 for 0.</param>
    public Jet<T> Map(Func<Var<T>, Var<T>> map) => Map(map, static (map, x) => map(x));

    /// <summary>A linear map, applied to every component.</summary>
    /// <param name="state">Handed to the map, so that it captures nothing.</param>
    /// <param name="map">The map; must give 0 for 0.</param>
    public Jet<T> Map<TState>(TState state, Func<TState, Var<T>, Var<T>> map) => Map(state, map, map);

    /// <summary>A linear map with a constant.</summary>
    /// <param name="state">Handed to the maps, so that they capture nothing.</param>
    /// <param name="value">What becomes of the value.</param>
    /// <param name="derivatives">What becomes of the derivatives: the same without the constant.</param>
    public Jet<T> Map<TState>(TState state, Func<TState, Var<T>, Var<T>> value, Func<TState, Var<T>, Var<T>> derivatives)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(derivatives);
        ArraySegment<Node<T>?> nodes = Value.Tape.RentSlots(Shape.Count);
        nodes[0] = value(state, Value).Node;
        for (int index = 1; index < Shape.Count; index++)
            nodes[index] = _nodes[index] is { } node ? derivatives(state, new Var<T>(node)).Node : null;
        return new Jet<T>(Shape, nodes);
    }

    /// <summary>
    /// A composition by Faà di Bruno's rule: the derivative ∂^α of f(x) is Σ_p f⁽ᵖ⁾(x)·M, where M is a sum of products of x's derivatives.
    /// </summary>
    /// <param name="state">Handed to the function, so that it captures nothing.</param>
    /// <param name="term">
    /// Computes the order p = 0 without multiplier, that is f(x), or f⁽ᵖ⁾(x)·M for p from 1; summed over the features if f is a sum over them.
    /// </param>
    public Jet<T> Compose<TState>(TState state, Func<TState, int, Var<T>?, Var<T>> term)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArraySegment<Node<T>?> nodes = Value.Tape.RentSlots(Shape.Count);
        nodes[0] = term(state, 0, null).Node;
        for (int index = 1; index < Shape.Count; index++)
        {
            for (int order = 1; order <= Shape.Components[index].Order; order++)
            {
                if (Multiplier(index, order) is not { } multiplier)
                    continue;
                Var<T> part = term(state, order, new Var<T>(multiplier));
                nodes[index] = nodes[index] is { } sum ? (new Var<T>(sum) + part).Node : part.Node;
            }
        }

        return new Jet<T>(Shape, nodes);
    }

    /// <summary>
    /// A composition of two jets with the same derivatives, for a sum of two functions of them; a multiplier that vanishes for one alone is filled with zeros.
    /// </summary>
    internal static Jet<T> ComposeTwo<TState>(TState state, Jet<T> first, Jet<T> second, Func<TState, int, Node<T>?, Node<T>?, Var<T>> term)
    {
        ArraySegment<Node<T>?> nodes = first.Value.Tape.RentSlots(first.Shape.Count);
        bool same = first.Value.Node == second.Value.Node;
        nodes[0] = term(state, 0, null, null).Node;
        for (int index = 1; index < nodes.Count; index++)
        {
            for (int order = 1; order <= first.Shape.Components[index].Order; order++)
            {
                Node<T>? own = first.Multiplier(index, order), other = same ? own : second.Multiplier(index, order);
                if (own is null && other is null)
                    continue;
                own ??= Zeros(first.Value).Node;
                other ??= Zeros(second.Value).Node;
                Var<T> part = term(state, order, own, other);
                nodes[index] = nodes[index] is { } sum ? (new Var<T>(sum) + part).Node : part.Node;
            }
        }

        return new Jet<T>(first.Shape, nodes);
    }

    /// <summary>A composition with an elementwise function: every derivative of it is computed once.</summary>
    /// <param name="state">Handed to the function, so that it captures nothing.</param>
    /// <param name="derivative">f⁽ᵖ⁾(x) for an order p from 0.</param>
    public Jet<T> ComposeElementwise<TState>(TState state, Func<TState, Var<T>, int, Var<T>> derivative)
    {
        ArgumentNullException.ThrowIfNull(derivative);
        ArraySegment<Node<T>?> derivatives = Value.Tape.RentSlots(Shape.Order + 1);
        Jet<T> self = this;
        return Compose((State: state, Self: self, Known: derivatives, Of: derivative), static (s, order, multiplier) =>
        {
            Node<T> known = s.Known[order] ??= s.Of(s.State, s.Self.Value, order).Node;
            return multiplier is { } factor ? new Var<T>(known) * factor : new Var<T>(known);
        });
    }

    /// <summary>The same derivatives beside another value, equal but for rounding: that of a fused operation.</summary>
    internal Jet<T> WithValue(Var<T> value)
    {
        ArraySegment<Node<T>?> nodes = Value.Tape.RentSlots(Shape.Count);
        _nodes.CopyTo(nodes);
        nodes[0] = value.Node;
        return new Jet<T>(Shape, nodes);
    }

    /// <summary>The multiplier of f⁽ᵖ⁾ in a component of a composition; null where it vanishes.</summary>
    internal Node<T>? Multiplier(int component, int order)
    {
        JetMonomial[] monomials = Shape.Compositions[component][order - 1];
        if (_isSeed)
        {
            // of one-hot rows only powers of one remain, and only where a direction is alone
            PartialDerivative derivative = Shape.Components[component];
            return order == derivative.Order && derivative.Count(derivative[0]) == order ? _nodes[monomials[0].Parts[0]] : null;
        }

        return MonomialSumNode<T>.Record(Value, _nodes, monomials);
    }
}
