using System.Globalization;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Discovery;

/// <summary>What a search found as models of the table.</summary>
internal static class DiscoveryModels
{
    /// <summary>The pick as a network of symbolic edges, which takes columns as they are.</summary>
    public static TabularModel<double> Formula(DiscoveryOutcome outcome) =>
        TabularFormulas.ToModel([outcome.Pick.Formula], outcome.Input.Encoding, notes: Notes(outcome, "formula", outcome.Pick.Formula.ToString()));

    /// <summary>A trained network with all columns of the table, of which it reads its own.</summary>
    public static TabularModel<double> Network(DiscoveryOutcome outcome, NetworkFinding found)
    {
        TableEncoding encoding = outcome.Input.Encoding;
        int[] columns = [.. found.Columns.Select(name => encoding.FeatureNames.ToList().IndexOf(name))];
        double[] center = new double[encoding.Inputs], spread = [.. Enumerable.Repeat(1.0, encoding.Inputs)];
        for (int input = 0; input < columns.Length; input++)
            (center[columns[input]], spread[columns[input]]) = (found.Inputs.Center[input], found.Inputs.Spread[input]);
        var network = new KanNetwork<double>(found.Network.Stages, encoding.Inputs, [.. found.Network.InputSelection.Select(input => columns[input])]);
        return new TabularModel<double>(network, encoding, new LinearScaling(center, spread), found.Target, notes: Notes(outcome, "found_by", "kan discover, before its edges became formulas"));
    }

    private static Dictionary<string, string> Notes(DiscoveryOutcome outcome, string name, string text) => new()
    {
        ["seed"] = outcome.Settings.Seed.ToString(CultureInfo.InvariantCulture),
        ["training_rows"] = outcome.Result.Train.Count.ToString(CultureInfo.InvariantCulture),
        [name] = text,
    };
}
