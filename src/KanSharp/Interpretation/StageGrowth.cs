using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Stages with more nodes. Edges of new nodes are off; their numeric functions have fresh values for when they are switched on.</summary>
internal static class StageGrowth
{
    /// <summary>A stage made of an old one.</summary>
    /// <param name="stage">The old stage.</param>
    /// <param name="inputs">The old number of every input, −1 for a new one.</param>
    /// <param name="subNodes">The old number of every sub-node, −1 for a new one.</param>
    /// <param name="nodes">The node stage of the new one; null passes sub-nodes on.</param>
    /// <param name="random">Source of the values of new edges.</param>
    public static KanStage<T> Grow<T>(KanStage<T> stage, int[] inputs, int[] subNodes, NodeStage<T>? nodes, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Layer(stage.Numeric, inputs, subNodes, random), stage.Symbolic?.Subset(inputs, subNodes), nodes);

    /// <summary>A node stage with more nodes, whose scales are 1 and biases 0; null if it would do nothing.</summary>
    /// <param name="old">The old stage; null if sub-nodes are passed on.</param>
    /// <param name="nodes">The old number of every node, −1 for a new one.</param>
    /// <param name="arity">Factors of a new node; 1 for a sum.</param>
    public static NodeStage<T>? Nodes<T>(NodeStage<T>? old, int[] nodes, int? arity)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (old is null && arity is null)
            return null;
        int oldSums = old?.Sums ?? nodes.Count(node => node >= 0);
        bool IsProduct(int node) => node < 0 ? arity is not null : node >= oldSums;
        int[] arities = [.. nodes.Where(IsProduct).Select(node => node < 0 ? arity!.Value : old!.SubnodesOf(node).Count)];
        var grown = new NodeStage<T>(nodes.Length - arities.Length, arities);
        if (old is null)
            return grown;
        foreach (((_, Parameter<T> from), (_, Parameter<T> to)) in old.Parameters().Zip(grown.Parameters()))
            to.Trainable = from.Trainable;
        for (int node = 0; node < nodes.Length; node++)
        {
            if (nodes[node] < 0)
                continue;
            grown.NodeScale.Value[node] = old.NodeScale.Value[nodes[node]];
            grown.NodeBias.Value[node] = old.NodeBias.Value[nodes[node]];
            (int start, int count) = grown.SubnodesOf(node);
            int from = old.SubnodesOf(nodes[node]).Start;
            for (int factor = 0; factor < count; factor++)
            {
                grown.SubnodeScale.Value[start + factor] = old.SubnodeScale.Value[from + factor];
                grown.SubnodeBias.Value[start + factor] = old.SubnodeBias.Value[from + factor];
            }
        }

        return grown;
    }

    /// <summary>Copies what belongs to the functions of an input: knots, phases, what is done to the input.</summary>
    private static void CopyFeature<T>(KanLinear<T> layer, int from, KanLinear<T> grown, int to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BasisPart[] parts = BasisParts.Of(layer.Options.Basis, layer.Inputs, layer.Outputs);
        for (int index = 0; index < parts.Length; index++)
        {
            Tensor<T> source = layer.Functions.Tensors[index], target = grown.Functions.Tensors[index];
            int part = source.Shape.Count / layer.Inputs;
            if (parts[index].Axis == BasisAxis.Shared)
                source.Span.CopyTo(target.Span);
            else if (parts[index].Axis == BasisAxis.Feature)
                source.Span.Slice(from * part, part).CopyTo(target.Span[(to * part)..]);
        }

        if (layer.Normalization is not { } norm)
            return;
        IEnumerable<(Tensor<T> Old, Tensor<T> New)> pairs = norm.Parameters().Zip(grown.Normalization!.Parameters(), (old, fresh) => (old.Parameter.Value, fresh.Parameter.Value))
            .Concat(norm.States().Zip(grown.Normalization.States(), (old, fresh) => (old.State.Value, fresh.State.Value)));
        foreach ((Tensor<T> old, Tensor<T> fresh) in pairs)
            fresh[to] = old[from];
    }

    /// <summary>Copies the tensors of a family that belong to one edge.</summary>
    private static void CopyEdge<T>(KanLinear<T> layer, int fromInput, int fromOutput, KanLinear<T> grown, int input, int output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BasisPart[] parts = BasisParts.Of(layer.Options.Basis, layer.Inputs, layer.Outputs);
        for (int index = 0; index < parts.Length; index++)
        {
            if (parts[index].Axis == BasisAxis.Edge)
                grown.Functions.Tensors[index][input, output] = layer.Functions.Tensors[index][fromInput, fromOutput];
        }
    }

    private static KanLinear<T> Layer<T>(KanLinear<T> layer, int[] inputs, int[] outputs, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions options = layer.Options with { Mask = true, Initialization = layer.Options.Initialization with { Sparse = false } };
        KanLinear<T> grown = KanLinear<T>.Create(inputs.Length, outputs.Length, options, random);
        grown.Mask!.Value.Span.Clear();
        for (int output = 0; output < outputs.Length; output++)
        {
            if (grown.Bias is { } bias)
                bias.Value[output] = outputs[output] < 0 ? T.Zero : layer.Bias!.Value[outputs[output]];
        }

        for (int input = 0; input < inputs.Length; input++)
        {
            int from = inputs[input];
            if (from < 0)
                continue;
            CopyFeature(layer, from, grown, input);
            for (int output = 0; output < outputs.Length; output++)
            {
                int to = outputs[output];
                if (to < 0)
                    continue;
                for (int n = 0; n < options.Basis.Count; n++)
                    grown.Coefficients.Value[input, n, output] = layer.Coefficients.Value[from, n, to];
                CopyEdge(layer, from, to, grown, input, output);
                if (grown.BaseWeight is { } weight)
                    weight.Value[input, output] = layer.BaseWeight!.Value[from, to];
                if (grown.EdgeScale is { } scale)
                    scale.Value[input, output] = layer.EdgeScale!.Value[from, to];
                grown.Mask.Value[input, output] = layer.Mask?.Value[from, to] ?? T.One;
            }
        }

        if (!layer.IsOff)
        {
            foreach (((_, Parameter<T> from), (_, Parameter<T> to)) in layer.Parameters().Zip(grown.Parameters()))
                to.Trainable = from.Trainable;
        }

        return grown;
    }
}
