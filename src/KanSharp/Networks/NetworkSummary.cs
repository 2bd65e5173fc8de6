using System.Globalization;
using System.Numerics;
using System.Text;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <summary>A network as a table: sizes, basis, symbolic edges, nodes, parameters of every layer.</summary>
internal static class NetworkSummary
{
    public static string Of<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        NetworkShape shape = network.Shape;
        text.Append(CultureInfo.InvariantCulture, $"KAN [{string.Join(", ", shape.Levels)}], {network.CountParameters()} trainable parameters\n");
        if (network.SelectsInputs)
            text.Append(CultureInfo.InvariantCulture, $"  inputs: columns {string.Join(", ", network.InputSelection)} of {network.Features}\n");
        for (int index = 0; index < network.Stages.Count; index++)
        {
            KanStage<T> stage = network.Stages[index];
            text.Append(CultureInfo.InvariantCulture, $"  layer {index}: {stage.Inputs} -> {stage.Outputs}");
            if (!stage.NumericIsOff)
                Append(text, stage.Numeric);
            if (stage.Symbolic is { } symbolic)
                text.Append(CultureInfo.InvariantCulture, $", {symbolic.Edges.Count} symbolic {(symbolic.Edges.Count == 1 ? "edge" : "edges")}: {string.Join(", ", symbolic.Edges.Select(edge => edge.Function.Name).Distinct())}");
            if (stage.Nodes is { } nodes)
                text.Append(CultureInfo.InvariantCulture, $", {nodes.Sums} sums, {nodes.Arities.Count} products of {stage.Subnodes} sub-nodes");
            text.Append(CultureInfo.InvariantCulture, $", {stage.CountParameters()} parameters\n");
        }

        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinearOptions options = layer.Options;
        text.Append(CultureInfo.InvariantCulture, $", {BasisText.Of(options)}");
        text.Append(CultureInfo.InvariantCulture, $", base {(options.BaseActivation is null ? "none" : options.BaseActivation.Name)}");
        text.Append(CultureInfo.InvariantCulture, $"{(options.EdgeScale ? ", edge scale" : "")}{(options.Bias ? ", bias" : "")}{(options.Mask ? ", mask" : "")}");
    }
}
