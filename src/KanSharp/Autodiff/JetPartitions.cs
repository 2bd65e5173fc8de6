namespace KanSharp.Autodiff;

/// <summary>The combinatorics of derivatives of products and compositions, for a derivative of order 4 at most.</summary>
internal static class JetPartitions
{
    /// <summary>
    /// Leibniz' rule: ∂^α(u·v) = Σ ∂^β u·∂^γ v over all ways to share out the directions of α to β and γ; equal pairs are collected.
    /// </summary>
    public static List<(int Factor, PartialDerivative[] Parts)> Product(PartialDerivative derivative)
    {
        var terms = new List<PartialDerivative[]>();
        int all = (1 << derivative.Order) - 1;
        for (int places = 0; places <= all; places++)
            terms.Add([derivative.Choose(places), derivative.Choose(all & ~places)]);
        return Collect(terms);
    }

    /// <summary>
    /// Faà di Bruno's rule for several directions: ∂^α f(u) = Σ over the partitions of α's directions into p blocks B of f⁽ᵖ⁾(u)·Π ∂^B u (Hardy, "Combinatorics
    /// of partial derivatives", 2006); equal products are collected.
    /// </summary>
    public static List<(int Factor, PartialDerivative[] Parts)> Composition(PartialDerivative derivative)
    {
        var terms = new List<PartialDerivative[]>();
        Extend(derivative, 0, [], terms);
        return Collect(terms);
    }

    private static void Extend(PartialDerivative derivative, int place, List<int> blocks, List<PartialDerivative[]> terms)
    {
        if (place == derivative.Order)
        {
            if (blocks.Count > 0)
                terms.Add([.. blocks.Select(derivative.Choose).Order()]);
            return;
        }

        for (int block = 0; block < blocks.Count; block++)
        {
            blocks[block] |= 1 << place;
            Extend(derivative, place + 1, blocks, terms);
            blocks[block] &= ~(1 << place);
        }

        blocks.Add(1 << place);
        Extend(derivative, place + 1, blocks, terms);
        blocks.RemoveAt(blocks.Count - 1);
    }

    private static List<(int Factor, PartialDerivative[] Parts)> Collect(List<PartialDerivative[]> terms)
    {
        var collected = new List<(int Factor, PartialDerivative[] Parts)>();
        foreach (PartialDerivative[] parts in terms)
        {
            int known = collected.FindIndex(entry => entry.Parts.AsSpan().SequenceEqual(parts));
            if (known < 0)
                collected.Add((1, parts));
            else
                collected[known] = (collected[known].Factor + 1, parts);
        }

        return collected;
    }
}
