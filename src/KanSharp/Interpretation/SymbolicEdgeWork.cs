using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>Fits the curves of numeric edges, several at a time.</summary>
internal sealed class SymbolicEdgeWork : ParallelWork
{
    private readonly EdgeLibrary _library;
    private readonly EdgeFitOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly List<(int Layer, int Input, int Output, double[] X, double[] Y)> _edges = [];
    private readonly EdgeFit[] _fits;

    private SymbolicEdgeWork(KanNetwork<double> network, Tensor<double> inputs, int? layer, EdgeLibrary library, EdgeFitOptions options, CancellationToken cancellation)
    {
        (_library, _options, _cancellation) = (library, options, cancellation);
        NodeValues nodes = NodeValues.Of(network, inputs);
        StageView<double>[] stages = StageView<double>.Of(network);
        for (int l = 0; l < stages.Length; l++)
        {
            if (layer is null || l == layer)
                Collect(stages[l], l, nodes);
        }

        _fits = new EdgeFit[_edges.Count];
    }

    /// <summary>Candidates of every edge with a numeric part, of a layer or of all layers.</summary>
    public static IReadOnlyList<SymbolicEdgeFit> Run(
        KanNetwork<double> network, Tensor<double> inputs, int? layer, EdgeLibrary library, EdgeFitOptions options, Executor? executor, CancellationToken cancellation)
    {
        var work = new SymbolicEdgeWork(network, inputs, layer, library, options, cancellation);
        if (work._fits.Length > 0)
            (executor ?? Executor.Default).Run(work, work._fits.Length);
        return [.. work._edges.Select((edge, index) => new SymbolicEdgeFit(edge.Layer, edge.Input, edge.Output, work._fits[index]))];
    }

    public override void Execute(int piece) =>
        _fits[piece] = EdgeFitter.Fit(_library, _edges[piece].X, _edges[piece].Y, default, _options, _cancellation);

    private void Collect(StageView<double> stage, int layer, NodeValues nodes)
    {
        double[] values = new double[nodes.Rows * stage.SubNodes];
        for (int input = 0; input < stage.Inputs; input++)
        {
            int[] live = [.. Enumerable.Range(0, stage.SubNodes).Where(output => stage.IsNumeric(input, output))];
            if (live.Length == 0)
                continue;
            double[] x = nodes.Column(layer, input);
            stage.Edges(input, x, values);
            foreach (int output in live)
                _edges.Add((layer, input, output, x, [.. x.Select((_, row) => values[row * stage.SubNodes + output])]));
        }
    }
}
