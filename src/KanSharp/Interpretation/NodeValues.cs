using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>Values of all nodes over samples; of many samples every n-th.</summary>
internal sealed class NodeValues : ISampleVisitor
{
    private readonly double[][] _levels;
    private readonly int[] _filled;

    private NodeValues(int rows, IReadOnlyList<int> widths)
    {
        Rows = rows;
        Widths = widths;
        _levels = [.. widths.Select(width => new double[rows * width])];
        _filled = new int[widths.Count];
    }

    /// <summary>Samples that are kept.</summary>
    public int Rows { get; }

    /// <summary>Nodes of every level.</summary>
    public IReadOnlyList<int> Widths { get; }

    /// <summary>Runs samples through a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="most">Most samples that are kept.</param>
    /// <exception cref="ArgumentException">The shape does not fit, or a sample leads to a value that is not finite.</exception>
    public static NodeValues Of<T>(KanNetwork<T> network, Tensor<T> inputs, int most = int.MaxValue)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        Tensor<T> some = Samples.Thin(inputs, most);
        StageView<T>[] stages = StageView<T>.Of(network);
        var values = new NodeValues(some.Shape.Rank == 0 ? 0 : some.Shape[0], [stages[0].Inputs, .. stages.Select(stage => stage.Nodes)]);
        SamplePass.Run(network, some, values);
        return values;
    }

    /// <summary>All nodes of a level, row-major [rows × nodes].</summary>
    public ReadOnlySpan<double> Level(int level) => _levels[level];

    /// <summary>One node over the samples.</summary>
    public double[] Column(int level, int node)
    {
        var column = new double[Rows];
        for (int row = 0; row < Rows; row++)
            column[row] = _levels[level][row * Widths[level] + node];
        return column;
    }

    void ISampleVisitor.Nodes(int level, int rows, ReadOnlySpan<double> values)
    {
        values.CopyTo(_levels[level].AsSpan(_filled[level]));
        _filled[level] += values.Length;
    }

    void ISampleVisitor.Edges(int layer, int input, int rows, ReadOnlySpan<double> values)
    {
    }

    void ISampleVisitor.SubNodes(int layer, int rows, ReadOnlySpan<double> values)
    {
    }
}
