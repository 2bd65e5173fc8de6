using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training.Kaczmarz;

namespace KanSharp.Training;

/// <summary>
/// Pre-training of groups of hidden units, each alone and all at the same time (the idea of arXiv 2512.18921, sections on concurrency): every group learns the whole
/// target by itself, and the network begins as the mean of the groups.
/// </summary>
public static class DisjointUnits
{
    /// <summary>Trains the groups and puts them back into the network.</summary>
    /// <param name="network">A network of two layers; its parameters change.</param>
    /// <param name="data">Samples with target values.</param>
    /// <param name="groups">Groups of hidden units, 1 to their number. The result depends on it, never on the number of threads.</param>
    /// <param name="epochs">Passes through the data, at least 1 (default 2).</param>
    /// <param name="options">The steps; the defaults if null. Nothing is annealed.</param>
    /// <param name="seed">Seed of the order of samples.</param>
    /// <param name="executor">Threads and SIMD width; the process-wide executor by default.</param>
    /// <exception cref="ArgumentException">The network has not two layers, or data and network do not fit.</exception>
    /// <exception cref="ArithmeticException">A residual was not finite; the network is as it was.</exception>
    public static void Pretrain<T>(
        KanNetwork<T> network, TrainingData<T> data, int groups, int epochs = 2, NewtonKaczmarz? options = null, ulong seed = 0, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (network.Layers.Count != 2)
            throw new ArgumentException($"Disjoint units are hidden units between two layers; the network has {network.Layers.Count} layers.", nameof(network));
        if (!network.IsPlain)
            throw new ArgumentException($"Disjoint units are pre-trained in networks of numeric layers alone; this one ({network.Shape}) has symbolic edges, product nodes, node scales or chosen inputs.", nameof(network));
        int units = network.Layers[0].Outputs;
        if (groups < 1 || groups > units)
            throw new ArgumentOutOfRangeException(nameof(groups), groups, $"There are {units} hidden units: groups are 1 to {units}.");
        executor ??= Executor.Default;
        options ??= new NewtonKaczmarz();
        foreach (KanLinear<T> layer in network.Layers)
            RowWeights.FoldEdgeScale(layer);
        var work = new GroupWork<T>(network, data, groups, options, executor);
        var order = new EpochOrder(data.Count, shuffle: true, seed);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            order.Start(epoch);
            work.Run(order.Rows);
        }

        work.Merge();
    }
}
