using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>
/// Removes what does not matter: hidden nodes, edges and inputs. Layers really shrink, nodes that lose all edges on one side go with what they contributed kept as a
/// bias, product nodes go with all their factors, and no layer is ever emptied. The network that is given stays as it is.
/// </summary>
public static class Pruner
{
    /// <summary>Prunes by scores: hidden nodes first, then edges by the scores of what is left, then inputs, if asked for (pykan: <c>prune</c>, <c>prune_input</c>).</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, features] that scores and means are about: training data, as a rule.</param>
    /// <param name="options">What to remove; pykan's defaults if null.</param>
    /// <param name="data">Data by name, to report the errors before and after; none by default.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a sample leads to a value that is not finite.</exception>
    public static PruneResult<T> Prune<T>(
        KanNetwork<T> network, Tensor<T> inputs, PruneOptions? options = null, params IReadOnlyList<(string Name, TrainingData<T> Data)> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new PruneOptions();
        var session = new PruneSession<T>(network, inputs, options);
        session.Nodes();
        session.Edges();
        session.Inputs();
        return session.Finish(data);
    }

    /// <summary>Removes named edges.</summary>
    /// <param name="network">The network.</param>
    /// <param name="edges">Edges to remove; those that are off already may be among them.</param>
    /// <param name="inputs">Samples whose means of the removed edges are kept; null (default) keeps none.</param>
    /// <param name="dryRun">Whether to report only (default false).</param>
    /// <param name="data">Data by name, to report the errors before and after; none by default.</param>
    /// <exception cref="ArgumentException">There is no such edge, or nothing would lead from the inputs to the outputs.</exception>
    public static PruneResult<T> RemoveEdges<T>(
        KanNetwork<T> network, IReadOnlyList<EdgeAddress> edges, Tensor<T>? inputs = null, bool dryRun = false, params IReadOnlyList<(string Name, TrainingData<T> Data)> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(edges);
        return Named(network, inputs, dryRun, data, session => session.RemoveEdges(edges));
    }

    /// <summary>Removes named hidden nodes with their edges.</summary>
    /// <param name="network">The network.</param>
    /// <param name="nodes">Nodes to remove.</param>
    /// <param name="inputs">Samples whose means of the removed edges are kept; null (default) keeps none.</param>
    /// <param name="dryRun">Whether to report only (default false).</param>
    /// <param name="data">Data by name, to report the errors before and after; none by default.</param>
    /// <exception cref="ArgumentException">There is no such hidden node, or nothing would lead from the inputs to the outputs.</exception>
    public static PruneResult<T> RemoveNodes<T>(
        KanNetwork<T> network, IReadOnlyList<NodeAddress> nodes, Tensor<T>? inputs = null, bool dryRun = false, params IReadOnlyList<(string Name, TrainingData<T> Data)> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(nodes);
        return Named(network, inputs, dryRun, data, session => session.RemoveNodes(nodes));
    }

    /// <summary>Removes named inputs with their edges. Rows keep their width; the network reads the other columns.</summary>
    /// <param name="network">The network.</param>
    /// <param name="columns">Columns of full rows to remove, see <see cref="KanNetwork{T}.InputSelection"/>.</param>
    /// <param name="inputs">Samples whose means of the removed edges are kept; null (default) keeps none.</param>
    /// <param name="dryRun">Whether to report only (default false).</param>
    /// <param name="data">Data by name, to report the errors before and after; none by default.</param>
    /// <exception cref="ArgumentException">A column is no input, or nothing would lead from the inputs to the outputs.</exception>
    public static PruneResult<T> RemoveInputs<T>(
        KanNetwork<T> network, IReadOnlyList<int> columns, Tensor<T>? inputs = null, bool dryRun = false, params IReadOnlyList<(string Name, TrainingData<T> Data)> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Named(network, inputs, dryRun, data, session => session.RemoveColumns(columns));
    }

    private static PruneResult<T> Named<T>(
        KanNetwork<T> network, Tensor<T>? inputs, bool dryRun, IReadOnlyList<(string Name, TrainingData<T> Data)> data, Action<PruneSession<T>> remove)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        var session = new PruneSession<T>(network, inputs, new PruneOptions { DryRun = dryRun });
        remove(session);
        return session.Finish(data);
    }
}
