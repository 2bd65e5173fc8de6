using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>y = Σ_m c_m·Π_j a_mj, element by element, of components of a jet: the multipliers in the rule of Faà di Bruno.</summary>
internal sealed class MonomialSumNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<(JetMonomial Monomial, int First)> _terms = [];
    private readonly List<Node<T>> _factors = [];

    /// <summary>Records the sum; null if it vanishes, the component itself if it is one.</summary>
    /// <param name="value">The jet's value.</param>
    /// <param name="components">The components; null ones vanish.</param>
    /// <param name="monomials">The terms.</param>
    public static Node<T>? Record(Var<T> value, ArraySegment<Node<T>?> components, JetMonomial[] monomials)
    {
        int count = 0, last = 0;
        for (int index = 0; index < monomials.Length; index++)
        {
            if (Remains(monomials[index], components))
                (count, last) = (count + 1, index);
        }

        if (count == 0)
            return null;
        if (count == 1 && monomials[last] is { Factor: 1, Parts: [int part] })
            return components[part];
        var node = value.Tape.Add<MonomialSumNode<T>>();
        node.Set(value, components, monomials);
        return node;
    }

    private static bool Remains(in JetMonomial monomial, ArraySegment<Node<T>?> components)
    {
        foreach (int part in monomial.Parts)
        {
            if (components[part] is null)
                return false;
        }

        return true;
    }

    private void Set(Var<T> value, ArraySegment<Node<T>?> components, JetMonomial[] monomials)
    {
        _terms.Clear();
        _factors.Clear();
        bool requires = false;
        foreach (JetMonomial monomial in monomials)
        {
            if (!Remains(monomial, components))
                continue;
            _terms.Add((monomial, _factors.Count));
            foreach (int part in monomial.Parts)
            {
                _factors.Add(components[part]!);
                requires |= components[part]!.RequiresGradient;
            }
        }

        Initialize(value.Shape, requires);
        RunPieces(Phase.Forward, Pieces.Count(Shape.Count, Pieces.Elements));
    }

    public override void Backward()
    {
        foreach (Node<T> factor in _factors)
        {
            if (factor.RequiresGradient)
                factor.GradientSum();
        }

        RunPieces(Phase.Left, Pieces.Count(Shape.Count, Pieces.Elements));
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int end) = Pieces.Bounds(piece, Shape.Count, Pieces.Elements);
        if (phase == Phase.Forward)
            Sum(start, end);
        else
            Spread(start, end);
    }

    private void Sum(int start, int end)
    {
        Span<T> y = Value.Span[start..end];
        y.Clear();
        foreach ((JetMonomial monomial, int first) in _terms)
        {
            T factor = T.CreateTruncating(monomial.Factor);
            ReadOnlySpan<T> a = Factor(first, start, end);
            if (monomial.Parts.Length == 1)
            {
                for (int index = 0; index < y.Length; index++)
                    y[index] += factor * a[index];
                continue;
            }

            ReadOnlySpan<T> b = Factor(first + 1, start, end);
            ReadOnlySpan<T> c = monomial.Parts.Length > 2 ? Factor(first + 2, start, end) : default;
            ReadOnlySpan<T> d = monomial.Parts.Length > 3 ? Factor(first + 3, start, end) : default;
            for (int index = 0; index < y.Length; index++)
            {
                T product = factor * a[index] * b[index];
                product = c.IsEmpty ? product : product * c[index];
                y[index] += d.IsEmpty ? product : product * d[index];
            }
        }
    }

    private void Spread(int start, int end)
    {
        ReadOnlySpan<T> gradient = Gradient.Span[start..end];
        foreach ((JetMonomial monomial, int first) in _terms)
        {
            T factor = T.CreateTruncating(monomial.Factor);
            for (int own = 0; own < monomial.Parts.Length; own++)
            {
                Node<T> node = _factors[first + own];
                if (!node.RequiresGradient)
                    continue;
                Span<T> target = node.Gradient.Span[start..end];
                ReadOnlySpan<T> a = Other(monomial, first, own, 0, start, end), b = Other(monomial, first, own, 1, start, end), c = Other(monomial, first, own, 2, start, end);
                for (int index = 0; index < target.Length; index++)
                {
                    T product = factor * gradient[index];
                    product = a.IsEmpty ? product : product * a[index];
                    product = b.IsEmpty ? product : product * b[index];
                    target[index] += c.IsEmpty ? product : product * c[index];
                }
            }
        }
    }

    /// <summary>The factors of a monomial without one of them, by number; empty past the last.</summary>
    private ReadOnlySpan<T> Other(in JetMonomial monomial, int first, int own, int number, int start, int end)
    {
        int place = number < own ? number : number + 1;
        return place < monomial.Parts.Length ? Factor(first + place, start, end) : default;
    }

    private ReadOnlySpan<T> Factor(int index, int start, int end) => _factors[index].Value.Span[start..end];
}
