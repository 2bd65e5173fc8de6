using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>A KAN convolution: the functions of the kernels, with edge scale and mask multiplied into the coefficients once for a step.</summary>
internal sealed class KanConvNode<T> : ConvNode<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ConvFunctions<T>[] _functions = [];
    private Kernel[] _kernels = [];
    private bool _trainsWeights;

    protected override bool TrainsWeights => _trainsWeights;

    /// <summary>Records and computes the node.</summary>
    /// <param name="x">Inputs [B, C, ...].</param>
    /// <param name="geometry">Where outputs look.</param>
    /// <param name="kernels">A layer for each group, from its channels to (tap, output).</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="outputs">O.</param>
    public static Var<T> Record(Var<T> x, ConvGeometry geometry, IReadOnlyList<KanLinear<T>> kernels, Var<T>? bias, int outputs)
    {
        Tape<T> tape = x.Tape;
        var node = tape.Add<KanConvNode<T>>();
        if (node._kernels.Length != kernels.Count)
            (node._kernels, node._functions) = (new Kernel[kernels.Count], new ConvFunctions<T>[kernels.Count]);
        node._trainsWeights = false;
        for (int group = 0; group < kernels.Count; group++)
        {
            KanLinear<T> kernel = kernels[group];
            (Node<T>? first, Node<T>? second) = kernel.Functions.Trained(tape);
            LayerNodes<T> parts = kernel.Use(tape, useBias: false);
            node._kernels[group] = new Kernel(parts, first, second, kernel.Inputs);
            node._functions[group] = new ConvFunctions<T>(
                kernel.Functions.Dense!, kernel.BaseWeight is null ? null : ActivationBasis<T>.Of(kernel.Options.BaseActivation!));
            node._trainsWeights |= parts.RequiresGradient;
        }

        node.Compute(x.Node, geometry, node._functions, kernels[0].Mapping?.SquashFunction, kernels[0].Options.BaseOnRawInput, bias?.Node, outputs);
        return new Var<T>(node);
    }

    protected override int FamilyParameters
    {
        get
        {
            bool trained = false;
            foreach (Kernel kernel in _kernels)
                trained |= kernel.First is { RequiresGradient: true } || kernel.Second is { RequiresGradient: true };
            return trained ? _kernels.Length * _functions[0].Parameters(_kernels[0].Channels) : 0;
        }
    }

    protected override void Fill(Span<T> weights)
    {
        int part = weights.Length / _kernels.Length;
        for (int group = 0; group < _kernels.Length; group++)
            _kernels[group].Fill(weights.Slice(group * part, part), _functions[group].Functions.Count, Width);
    }

    protected override void Distribute(ReadOnlySpan<T> weights)
    {
        int part = weights.Length / _kernels.Length;
        for (int group = 0; group < _kernels.Length; group++)
            _kernels[group].Distribute(weights.Slice(group * part, part), _functions[group].Functions.Count, Width);
    }

    protected override void DistributeFamilies(ReadOnlySpan<T> parameters)
    {
        int part = parameters.Length / _kernels.Length;
        for (int group = 0; group < _kernels.Length; group++)
        {
            Kernel kernel = _kernels[group];
            bool perFeature = _functions[group].Functions.FeatureParameters > 0;
            GlobalTerm<T>.Distribute(kernel.First, kernel.Second, perFeature ? kernel.Channels : 1, parameters.Slice(group * part, part), Width);
        }
    }

    /// <summary>The parameters of a group.</summary>
    private readonly record struct Kernel(LayerNodes<T> Parts, Node<T>? First, Node<T>? Second, int Channels)
    {
        /// <summary>W[c, n, e] = m·s·C[c, n, e], then the base row m·w.</summary>
        public void Fill(Span<T> weights, int functions, SimdWidth width)
        {
            int edges = Parts.Outputs;
            for (int channel = 0; channel < Channels; channel++)
            {
                ReadOnlySpan<T> scale = Row(Parts.Scale, channel), mask = Mask(channel);
                for (int n = 0; n < functions; n++, weights = weights[edges..])
                {
                    Span<T> row = weights[..edges];
                    Parts.Coefficients.Value.Span.Slice(((channel * functions) + n) * edges, edges).CopyTo(row);
                    if (!scale.IsEmpty)
                        VectorMath.Multiply(row, scale, row, width);
                    if (!mask.IsEmpty)
                        VectorMath.Multiply(row, mask, row, width);
                }

                if (Parts.Base is null)
                    continue;
                Row(Parts.Base, channel).CopyTo(weights);
                if (!mask.IsEmpty)
                    VectorMath.Multiply(weights[..edges], mask, weights[..edges], width);
                weights = weights[edges..];
            }
        }

        /// <summary>From gradients of W: C's += m·s·g, the scale's += Σ_n m·C·g, the base weights' += m·g.</summary>
        public void Distribute(ReadOnlySpan<T> weights, int functions, SimdWidth width)
        {
            int edges = Parts.Outputs;
            Buffer<T> storage = Parts.Coefficients.Tape.Rent(edges);
            Span<T> masked = storage.Span;
            for (int channel = 0; channel < Channels; channel++)
            {
                ReadOnlySpan<T> scale = Row(Parts.Scale, channel), mask = Mask(channel);
                for (int n = 0; n < functions; n++, weights = weights[edges..])
                {
                    weights[..edges].CopyTo(masked);
                    if (!mask.IsEmpty)
                        VectorMath.Multiply(masked, mask, masked, width);
                    int start = ((channel * functions) + n) * edges;
                    if (Parts.Scale is { RequiresGradient: true })
                    {
                        Span<T> target = Parts.Scale.GradientSum().Slice(channel * edges, edges);
                        VectorMath.MultiplyAdd(masked, Parts.Coefficients.Value.Span.Slice(start, edges), target, width);
                    }

                    if (!Parts.Coefficients.RequiresGradient)
                        continue;
                    Span<T> coefficients = Parts.Coefficients.GradientSum().Slice(start, edges);
                    if (scale.IsEmpty)
                        VectorMath.Add(coefficients, masked, coefficients, width);
                    else
                        VectorMath.MultiplyAdd(masked, scale, coefficients, width);
                }

                if (Parts.Base is null)
                    continue;
                weights[..edges].CopyTo(masked);
                weights = weights[edges..];
                if (!mask.IsEmpty)
                    VectorMath.Multiply(masked, mask, masked, width);
                if (Parts.Base.RequiresGradient)
                {
                    Span<T> target = Parts.Base.GradientSum().Slice(channel * edges, edges);
                    VectorMath.Add(target, masked, target, width);
                }
            }
        }

        private ReadOnlySpan<T> Row(Node<T>? values, int channel) => values is null ? default : values.Value.Span.Slice(channel * Parts.Outputs, Parts.Outputs);

        private ReadOnlySpan<T> Mask(int channel) => Parts.Mask.IsEmpty ? default : Parts.Mask.Span.Slice(channel * Parts.Outputs, Parts.Outputs);
    }
}
