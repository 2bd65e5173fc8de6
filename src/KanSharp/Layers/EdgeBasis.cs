using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// The functions on the edges of one layer: the family with the tensors that belong to it, and how sums over the edges are computed. Coefficients, edge scale,
/// mask, base branch and bias are the layer's, the same for every family.
/// </summary>
internal abstract class EdgeBasis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Name of the family.</summary>
    protected abstract string Family { get; }

    /// <summary>Tensors of the family in the order of <see cref="BasisParts"/>: each a <see cref="Parameter{T}"/> or a <see cref="StateTensor{T}"/>.</summary>
    public abstract IReadOnlyList<Member<T>> Members { get; }

    /// <summary>Values of <see cref="Members"/>.</summary>
    public abstract IReadOnlyList<Tensor<T>> Tensors { get; }

    /// <summary>Estimated multiply-adds of the functions of a feature, beside two for each coefficient.</summary>
    public abstract long Cost { get; }

    /// <summary>The functions as a family that is evaluated everywhere, for sums that evaluate a function once and use it often; null where every edge has its own.</summary>
    public virtual GlobalBasis<T>? Dense => null;

    /// <summary>The family's own trained parameters on a tape, two at most.</summary>
    public virtual (Node<T>? First, Node<T>? Second) Trained(Tape<T> tape) => default;

    /// <summary>The functions of a layer.</summary>
    /// <param name="options">The family.</param>
    /// <param name="inputs">Number of inputs I.</param>
    /// <param name="outputs">Number of outputs O.</param>
    /// <param name="tensors">Tensors as <see cref="BasisParts"/> lists them; they become its own.</param>
    public static EdgeBasis<T> Create(BasisOptions options, int inputs, int outputs, IReadOnlyList<Tensor<T>> tensors)
    {
        BasisPart[] parts = BasisParts.Of(options, inputs, outputs);
        if (tensors.Count != parts.Length)
            throw new ArgumentException($"Functions of family '{options.Family}' have {parts.Length} tensors of their own ({string.Join(", ", parts.Select(part => part.Name))}), not {tensors.Count}.", nameof(tensors));
        for (int index = 0; index < parts.Length; index++)
        {
            if (tensors[index].Shape != parts[index].Shape)
                throw new ArgumentException($"{parts[index].Name} has shape {tensors[index].Shape}; expected {parts[index].Shape}.", nameof(tensors));
        }

        return options switch
        {
            BSplineOptions spline => new SplineEdges<T>(spline, inputs, tensors[0]),
            ReluBumpOptions { IsLocal: true } bumps => new BumpEdges<T>(bumps, inputs),
            WaveletOptions wavelet => new WaveletEdges<T>(wavelet, tensors),
            _ => new GlobalEdges<T>(options, inputs, parts, tensors),
        };
    }

    /// <summary>Records y = bias + Σ_i m_i·φ_io^(d)(x_i) on the tape of the inputs.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="activation">Function of the base branch; null without.</param>
    /// <exception cref="NotSupportedException">The order of the derivative is higher than a node allows.</exception>
    public Var<T> Contract(in EdgeInputs<T> x, in LayerNodes<T> parts, Activation? activation)
    {
        if (!DerivativeOrder.IsOfNode(x.Order))
            throw DerivativeOrder.Refused($"Functions of family '{Family}'", x.Order);
        return Record(x, parts, activation);
    }

    /// <summary>The same, with an order that is allowed.</summary>
    protected abstract Var<T> Record(in EdgeInputs<T> x, in LayerNodes<T> parts, Activation? activation);

    /// <summary>Records the sizes of all edges over samples, [I, O].</summary>
    /// <param name="x">Samples [..., I], mapped.</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="activation">Function of the base branch; null without.</param>
    /// <param name="size">What is computed.</param>
    public abstract Var<T> Sizes(Var<T> x, in LayerNodes<T> parts, Activation? activation, EdgeSize size);

    /// <summary>Records the layer with values of edges dropped.</summary>
    /// <param name="x">Inputs [..., I], mapped.</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="activation">Function of the base branch; null without.</param>
    /// <param name="rate">Probability.</param>
    /// <param name="key">Key of the mask.</param>
    public virtual Var<T> Drop(Var<T> x, in LayerNodes<T> parts, Activation? activation, double rate, MaskKey key) =>
        throw new NotSupportedException("Values of edges can not be dropped in this family.");

    /// <summary>Computes rows without a tape.</summary>
    /// <param name="layer">The layer whose functions these are.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">Inputs of the functions, [rows, I].</param>
    /// <param name="baseX">Inputs of the base branch, [rows, I].</param>
    /// <param name="y">Outputs [rows, O].</param>
    /// <param name="executor">Threads and SIMD width.</param>
    public abstract void Predict(KanLinear<T> layer, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> baseX, Span<T> y, Executor executor);

    /// <summary>The functions of all edges from an input, without edge scale, mask and base branch: Σ_n C_ino·φ_n(x).</summary>
    /// <param name="coefficients">The coefficients of the input, [functions, O].</param>
    /// <param name="input">The input.</param>
    /// <param name="x">Places, mapped.</param>
    /// <param name="values">Receives [places × O].</param>
    public abstract void Edges(ReadOnlySpan<T> coefficients, int input, ReadOnlySpan<T> x, Span<double> values);

    /// <summary>Ends of the functions of an input in its mapped units.</summary>
    public abstract (double Low, double High) Range(int input);

    /// <summary>The base branch alone, where it can not be part of another node; y + it.</summary>
    protected static Var<T> AddBase(Var<T> y, in EdgeInputs<T> x, in LayerNodes<T> parts, Activation activation) => y + GlobalContractionNode<T>.Record(
        new GlobalTerm<T>(ActivationBasis<T>.Of(activation), x.Base, parts.Base!, null, parts.Mask, x.BaseAlong), order: x.Order);
}
