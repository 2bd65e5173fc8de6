using System.Numerics;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <content>Modules.</content>
public static partial class Restructuring
{
    /// <summary>
    /// Makes a part of a network stand alone: edges between it and the rest are switched off (pykan: <c>module</c>). The function changes, unless there were none.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="startLayer">Layer that the first two groups are about.</param>
    /// <param name="chain">
    /// Two groups for each layer, its nodes below and the sub-nodes above that they lead to: <c>[-1]->[-1,-2]->[-1]->[-1]</c> is about two layers. Negative numbers count
    /// from the end, −1 is the last.
    /// </param>
    /// <exception cref="ArgumentException">There is no such layer, node or sub-node.</exception>
    /// <exception cref="FormatException">The text is no chain; the message says where.</exception>
    public static EditResult<T> Isolate<T>(KanNetwork<T> network, int startLayer, string chain)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        IReadOnlyList<int[]> groups = ModuleChainText.Parse(chain);
        int layers = groups.Count / 2;
        if (startLayer < 0 || startLayer + layers > network.Stages.Count)
            throw new ArgumentOutOfRangeException(nameof(startLayer), startLayer, Text($"'{chain}' is about {layers} layers from layer {startLayer}; the network has layers 0 to {network.Stages.Count - 1}."));
        EdgeGraph graph = EdgeGraph.Of(network);
        var changes = new List<string>();
        for (int index = 0; index < layers; index++)
        {
            int layer = startLayer + index;
            bool[] inputs = Members(groups[2 * index], network.Stages[layer].Inputs, Text($"node of level {layer}"));
            bool[] subNodes = Members(groups[2 * index + 1], network.Stages[layer].Subnodes, Text($"sub-node of layer {layer}"));
            EdgeAddress[] cut = [.. graph.Edges().Where(edge => edge.Layer == layer && inputs[edge.Input] != subNodes[edge.Output])];
            foreach (EdgeAddress edge in cut)
                graph[edge] = false;
            if (cut.Length > 0)
                changes.Add(Text($"layer {layer}: edges {string.Join(" ", cut)} switched off"));
        }

        return Result(network, EdgeRemoval.Apply(network, graph, null), changes);
    }

    private static bool[] Members(int[] group, int count, string what)
    {
        var members = new bool[count];
        foreach (int number in group)
        {
            int index = number < 0 ? count + number : number;
            if ((uint)index >= (uint)count)
                throw new ArgumentException(Text($"{number} is no {what}: allowed are 0 to {count - 1}, or -1 to -{count} from the end."), nameof(group));
            members[index] = true;
        }

        return members;
    }
}
