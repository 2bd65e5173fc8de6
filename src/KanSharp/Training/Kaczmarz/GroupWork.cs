using System.Numerics;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Trains groups of hidden units of a network with two layers, each as a network of its own.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed class GroupWork<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanNetwork<T> _network;
    private readonly TrainingData<T> _data;
    private readonly Executor _executor;
    private readonly NewtonKaczmarzOptimizer<T>[] _groups;
    private readonly int[] _starts;
    private readonly double[] _targetScale;
    private int[] _order = [];

    public GroupWork(KanNetwork<T> network, TrainingData<T> data, int groups, NewtonKaczmarz options, Executor executor)
    {
        _network = network;
        _data = data;
        _executor = executor;
        _targetScale = [.. RecordStatistics.Of(data).TargetDeviation];
        int units = network.Layers[0].Outputs;
        _starts = [.. Enumerable.Range(0, groups + 1).Select(group => (int)((long)units * group / groups))];
        _groups = new NewtonKaczmarzOptimizer<T>[groups];
        for (int group = 0; group < groups; group++)
        {
            KanNetwork<T> part = LayerSlices.Units(network, _starts[group], _starts[group + 1]);
            LayerSlices.Scale(part.Layers[1], T.CreateTruncating(groups));
            _groups[group] = options.Bind(part, executor);
        }
    }

    /// <summary>One pass of all groups.</summary>
    public void Run(ReadOnlySpan<int> order)
    {
        _order = order.ToArray();
        _executor.Run(this, _groups.Length);
    }

    public override void Execute(int piece)
    {
        NewtonKaczmarzOptimizer<T> group = _groups[piece];
        for (int start = 0; start < _order.Length; start += group.Options.Round)
        {
            group.Step(_data, _order.AsSpan(start, Math.Min(group.Options.Round, _order.Length - start)), _targetScale);
            if (group.FailedRecord >= 0)
                throw new ArithmeticException($"The residual of sample {_order[start + group.FailedRecord]} is not finite in group {piece}: its values are not, or the steps are too long.");
        }
    }

    /// <summary>Puts the groups back: the network is then their mean.</summary>
    public void Merge()
    {
        T share = T.One / T.CreateTruncating(_groups.Length);
        if (_network.Layers[1].Bias is { } bias)
        {
            bias.Value.Span.Clear();
            foreach (NewtonKaczmarzOptimizer<T> group in _groups)
            {
                for (int o = 0; o < bias.Shape.Count; o++)
                    bias.Value[o] += share * group.Network.Layers[1].Bias!.Value[o];
            }
        }

        for (int group = 0; group < _groups.Length; group++)
        {
            LayerSlices.Scale(_groups[group].Network.Layers[1], share);
            LayerSlices.PutBack(_groups[group].Network, _network, _starts[group]);
        }
    }
}
