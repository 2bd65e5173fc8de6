using System.Numerics;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Extensions;

/// <summary>Small models of every task, with numbers and texts among their columns, untrained: their outputs depend on all inputs.</summary>
internal static class PredictorModels
{
    /// <summary>The task, the precision and the network that a test runs with.</summary>
    public static TheoryData<TabularTask, bool> Cases => new()
    {
        { TabularTask.Regression, false }, { TabularTask.Binary, false }, { TabularTask.Multiclass, false },
        { TabularTask.Regression, true }, { TabularTask.Binary, true }, { TabularTask.Multiclass, true },
    };

    public static TabularModel<T> Create<T>(TabularTask task, bool mlp, MissingValues missing = MissingValues.Error, UnknownCategories unknown = UnknownCategories.Error)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TargetEncoding target = task switch
        {
            TabularTask.Regression => new TargetEncoding(TaskKind.Regression, ["y", "z"], []),
            TabularTask.Binary => new TargetEncoding(TaskKind.Classification, ["class"], ["no", "yes"]),
            _ => new TargetEncoding(TaskKind.Classification, ["class"], ["red", "green", "blue"]),
        };
        var encoding = new TableEncoding(
            [new FeatureEncoding("mass", null, [2.5]), new FeatureEncoding("kind", ["left", "right", "7"], [0.5, 0.25, 0.25]), new FeatureEncoding("height", null, [-1])],
            target, missing, unknown);
        int outputs = task == TabularTask.Binary ? 1 : target.Outputs;
        int[] widths = [5, 4, outputs];
        Module<T> network = mlp ? Mlp<T>.Create(widths, seed: 3) : KanNetwork<T>.Create(widths, seed: 3);
        return new TabularModel<T>(
            network, encoding, new LinearScaling([2, 0.5, 0.5, 0.5, -1], [1.5, 0.5, 0.5, 0.5, 3]),
            task == TabularTask.Regression ? new LinearScaling([100, -5], [20, 0.5]) : null,
            new Dictionary<string, string> { ["mass"] = "kg" });
    }

    /// <summary>Encoded rows.</summary>
    public static double[] Rows(int count)
    {
        var random = new Random(11);
        var rows = new double[5 * count];
        for (int row = 0; row < count; row++)
        {
            rows[5 * row] = 4 * random.NextDouble();
            rows[(5 * row) + 1 + random.Next(3)] = 1;
            rows[(5 * row) + 4] = (6 * random.NextDouble()) - 4;
        }

        return rows;
    }
}
