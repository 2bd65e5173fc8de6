using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>Moves the grids of KAN layers during training and forgets what optimiser and average knew about the parameters this rewrote.</summary>
internal sealed class GridFollower<T>(Module<T> module, TrainingData<T> data, FitOptions options, Optimizer<T> optimizer, WeightAverage<T>? average)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HashSet<string> _warnings = [];

    /// <summary>Grids that were not moved, with the reason; each once.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>Goes on with the warnings of an earlier run.</summary>
    public void Resume(IEnumerable<string> warnings) => _warnings.UnionWith(warnings);

    /// <summary>Moves the grids to where the first samples of this order lead; null, or where a non-finite value arose.</summary>
    public string? Apply(GridUpdateSchedule schedule, ReadOnlySpan<int> order)
    {
        (string Path, Tensor<T> Value, T[] Before)[] parameters =
            [.. module.Parameters().Select(entry => (entry.Path, entry.Parameter.Value, entry.Parameter.Value.Span.ToArray()))];
        Tensor<T> inputs = Rows(order[..Math.Min(order.Length, schedule.Samples)]);
        IReadOnlyList<GridUpdateReport> reports = GridUpdate.Apply(module, inputs, schedule.Grid, options.Executor, out NonFiniteInput? failure);
        if (reports.Count == 0 && failure is null)
            _warnings.Add("GridUpdates has no effect: the module has no KAN layer.");
        for (int layer = 0; layer < reports.Count; layer++)
        {
            foreach (string reason in reports[layer].Kept)
                _warnings.Add($"Grid not moved in KAN layer {layer}, {reason}.");
        }

        if (failure is { } found)
            return found.Describe(order[found.Row / Math.Max(1, found.Rows / inputs.Shape[0])]);
        foreach ((string path, Tensor<T> value, T[] before) in parameters)
        {
            if (value.Span.SequenceEqual(before))
                continue;
            optimizer.Reset(path);
            average?.Reset(path);
        }

        return null;
    }

    private Tensor<T> Rows(ReadOnlySpan<int> order)
    {
        var rows = new Tensor<T>(new Shape([order.Length, .. data.Samples.SampleShape.ToArray()]));
        data.Samples.Read(order, SampleSource<T>.Plain, rows.Span);
        return rows;
    }
}
