using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <content>Numeric edges that are switched on.</content>
public static partial class Restructuring
{
    /// <summary>Switches numeric edges on, so that training can change what a network was given or had lost (pykan: <c>perturb</c>). Those that are on stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="mode">Which edges. Default <see cref="Perturbation.NonIntrusive"/>.</param>
    /// <param name="magnitude">Mask of the edges that are switched on, positive (default 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The magnitude is not positive and finite, or the mode is none of the defined ones.</exception>
    public static EditResult<T> Perturb<T>(KanNetwork<T> network, Perturbation mode = Perturbation.NonIntrusive, double magnitude = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(magnitude > 0) || !double.IsFinite(magnitude))
            throw new ArgumentOutOfRangeException(nameof(magnitude), magnitude, "The magnitude is positive and finite.");
        if (!Enum.IsDefined(mode))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Modes are NonIntrusive, Minimal and All.");
        EdgeGraph graph = EdgeGraph.Of(network);
        HashSet<NodeAddress> used = [.. graph.Edges().SelectMany(edge => new[] { EdgeGraph.Source(edge), graph.Target(edge) })];
        var changes = new List<string>();
        KanNetwork<T> perturbed = network;
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            KanStage<T> stage = network.Stages[layer];
            bool isLast = layer == network.Stages.Count - 1;
            Tensor<T> mask = stage.Numeric.Mask?.Value.Clone() ?? Ones<T>(stage.Inputs, stage.Subnodes);
            var on = new List<EdgeAddress>();
            for (int index = 0; index < mask.Shape.Count; index++)
            {
                var edge = new EdgeAddress(layer, index / stage.Subnodes, index % stage.Subnodes);
                bool wanted = mode switch
                {
                    Perturbation.All => true,
                    Perturbation.Minimal => stage.Symbolic?.IndexOf(edge.Input, edge.Output) >= 0,
                    _ => isLast || !used.Contains(graph.Target(edge)),
                };
                if (!wanted || mask.Span[index] != T.Zero)
                    continue;
                mask.Span[index] = T.CreateTruncating(isLast && mode == Perturbation.NonIntrusive ? 1 : magnitude);
                on.Add(edge);
            }

            if (on.Count == 0)
                continue;
            perturbed = perturbed.WithMask(layer, mask);
            bool silent = isLast && mode == Perturbation.NonIntrusive;
            if (silent)
                Silence(perturbed.Layers[layer], on);
            changes.Add(Text($"layer {layer}: numeric edges {string.Join(" ", on)} switched on{(silent ? " with the value 0" : "")}"));
        }

        return Result(network, perturbed == network ? network.Clone() : perturbed, changes);
    }

    /// <summary>Gives edges the value 0 in a way that training gets out of.</summary>
    private static void Silence<T>(KanLinear<T> layer, List<EdgeAddress> edges)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (EdgeAddress edge in edges)
        {
            if (layer.BaseWeight is { } weight)
                weight.Value[edge.Input, edge.Output] = T.Zero;
            if (layer.EdgeScale is { } scale)
            {
                scale.Value[edge.Input, edge.Output] = T.Zero;
                continue;
            }

            for (int n = 0; n < layer.Options.Basis.Count; n++)
                layer.Coefficients.Value[edge.Input, n, edge.Output] = T.Zero;
        }
    }

    private static Tensor<T> Ones<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var ones = new Tensor<T>(new Shape(rows, columns));
        ones.Span.Fill(T.One);
        return ones;
    }
}
