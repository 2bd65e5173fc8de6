using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Networks;

/// <summary>
/// A KAN whose only inner nodes are products over all inputs: y_o = Σ_r Π_i φ_ior(x_i), with as many products as the rank says. It is the product-node network
/// [d, [0, R·outputs], outputs] of KAN 2.0 (arXiv 2408.10205, section 2) with the edges that matter, an expansion into separated variables, and every input has a
/// grid of its own.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SeparableKan<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanLinear<T>[] _factors;

    /// <summary>Puts factors together.</summary>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="factors">One layer for each input, from 1 input to outputs × rank functions; output o has the functions o·R to (o + 1)·R − 1.</param>
    /// <exception cref="ArgumentException">Layers do not fit.</exception>
    public SeparableKan(int outputs, IReadOnlyList<KanLinear<T>> factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Count == 0 || factors.Any(factor => factor.Inputs != 1 || factor.Outputs != factors[0].Outputs) || factors[0].Outputs % outputs != 0)
            throw new ArgumentException($"Factors are layers from 1 input to as many functions each, a multiple of the {outputs} outputs; given are {string.Join(", ", factors.Select(factor => $"{factor.Inputs}→{factor.Outputs}"))}.", nameof(factors));
        (Outputs, _factors, Rank) = (outputs, [.. factors], factors[0].Outputs / outputs);
        Members = [.. _factors.Select((factor, index) => (Member<T>)($"factors.{index.ToString(CultureInfo.InvariantCulture)}", factor))];
    }

    /// <summary>Number of inputs.</summary>
    public int Inputs => _factors.Length;

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Products per output R.</summary>
    public int Rank { get; }

    /// <summary>The functions of every input.</summary>
    public IReadOnlyList<KanLinear<T>> Factors => _factors;

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Creates a network with fresh parameters.</summary>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="rank">Products per output.</param>
    /// <param name="options">Options for the functions of every input: grids of their own. Splines alone are usual.</param>
    /// <param name="seed">Seed of the initial values.</param>
    public static SeparableKan<T> Create(int outputs, int rank, IReadOnlyList<KanLinearOptions> options, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        var random = new SplitRandom(seed);
        return new SeparableKan<T>(
            outputs, [.. options.Select((own, index) => KanLinear<T>.Create(1, outputs * rank, own, random.Split($"factors.{index.ToString(CultureInfo.InvariantCulture)}")))]);
    }

    /// <summary>Computes the network: [N, inputs] to [N, outputs].</summary>
    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("SeparableKan", x, Inputs);
        Var<T> product = _factors[0].Forward(Column(x, 0));
        for (int input = 1; input < Inputs; input++)
            product *= _factors[input].Forward(Column(x, input));
        return Sum(product);
    }

    /// <summary>Computes the network and its derivatives by Leibniz' rule; a factor depends on one input alone, so most of the terms vanish.</summary>
    public override Jet<T> Forward(Jet<T> x)
    {
        InputShape.Check("SeparableKan", x.Value, Inputs);
        Jet<T> product = _factors[0].Forward(Column(x, 0));
        for (int input = 1; input < Inputs; input++)
            product *= _factors[input].Forward(Column(x, input));
        return product.Map(this, static (network, part) => network.Sum(part));
    }

    /// <summary>The same function with the grids of one input changed: refined, or with its knots elsewhere.</summary>
    /// <param name="factors">New factors, one for each input.</param>
    public SeparableKan<T> With(IReadOnlyList<KanLinear<T>> factors) => new(Outputs, factors);

    /// <summary>A copy with parameters of its own.</summary>
    public SeparableKan<T> Clone() => new(Outputs, [.. _factors.Select(factor => factor.Clone())]);

    private Var<T> Column(Var<T> x, int input) => Inputs == 1 ? x : x.Slice(-1, input, 1);

    private Jet<T> Column(Jet<T> x, int input) => Inputs == 1 ? x : x.SliceSeed(input);

    private Var<T> Sum(Var<T> product)
    {
        if (Rank == 1)
            return product;
        int rows = product.Shape.Rows;
        return product.Reshape(new Shape(rows, Outputs, Rank)).Sum(-1);
    }
}
