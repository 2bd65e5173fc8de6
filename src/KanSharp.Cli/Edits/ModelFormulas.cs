using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>What the formulas of a model are of.</summary>
internal static class ModelFormulas
{
    /// <summary>Targets; for classes the log-odds of the second one, or the logit of each.</summary>
    public static string[] Names<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Task switch
        {
            TabularTask.Regression => [.. model.Encoding.Target.Columns],
            TabularTask.Binary => [$"log-odds({model.Classes[1]})"],
            _ => [.. model.Classes.Select(label => $"logit({label})")],
        };
}
