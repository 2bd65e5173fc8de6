using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>Runs samples through a network edge by edge; memory is that of a block, whatever the number of samples.</summary>
internal static class SamplePass
{
    private const int MostRows = 1024, MostValues = 1 << 20;

    /// <summary>Runs all samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="visitor">Who is told.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a sample leads to a value that is not finite.</exception>
    public static void Run<T>(KanNetwork<T> network, Tensor<T> inputs, ISampleVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(network, inputs);
        StageView<T>[] stages = StageView<T>.Of(network);
        int most = Math.Clamp(MostValues / stages.Max(stage => stage.SubNodes), 1, MostRows);
        for (int start = 0; start < inputs.Shape[0]; start += most)
        {
            int rows = Math.Min(most, inputs.Shape[0] - start);
            var block = new Tensor<T>(new Shape(rows, network.Features), inputs.Span.Slice(start * network.Features, rows * network.Features).ToArray());
            double[] x = Array.ConvertAll(network.SelectInputs(block).Span.ToArray(), double.CreateTruncating);
            visitor.Nodes(0, rows, x);
            for (int layer = 0; layer < stages.Length; layer++)
            {
                x = Stage(stages[layer], layer, rows, x, visitor);
                if (x.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                    throw new ArgumentException($"A sample in rows {start} to {start + rows - 1} leads to a value that is not finite in layer {layer}; scores need finite values.", nameof(inputs));
                visitor.Nodes(layer + 1, rows, x);
            }
        }
    }

    private static double[] Stage<T>(StageView<T> stage, int layer, int rows, double[] x, ISampleVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = new double[rows * stage.SubNodes];
        var edges = new double[sums.Length];
        var column = new T[rows];
        for (int subNode = 0; subNode < stage.SubNodes; subNode++)
        {
            double bias = stage.Bias(subNode);
            for (int row = 0; row < rows; row++)
                sums[row * stage.SubNodes + subNode] = bias;
        }

        for (int input = 0; input < stage.Inputs; input++)
        {
            for (int row = 0; row < rows; row++)
                column[row] = T.CreateTruncating(x[row * stage.Inputs + input]);
            stage.Edges(input, column, edges);
            visitor.Edges(layer, input, rows, edges);
            for (int index = 0; index < sums.Length; index++)
                sums[index] += edges[index];
        }

        visitor.SubNodes(layer, rows, sums);
        var nodes = new double[rows * stage.Nodes];
        stage.Combine(sums, nodes);
        return nodes;
    }

    private static void Check<T>(KanNetwork<T> network, Tensor<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        int width = network.Features;
        if (inputs.Shape.Rank != 2 || inputs.Shape.Last != width || inputs.Shape[0] == 0)
            throw new ArgumentException($"Inputs have shape {inputs.Shape}; expected [N, {width}] with at least one row.", nameof(inputs));
    }
}
