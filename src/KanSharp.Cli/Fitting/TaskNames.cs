using System.Numerics;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>Tasks in words.</summary>
internal static class TaskNames
{
    public static string Of<T>(TabularProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Of(problem.Task, problem.Encoding.Target.Outputs);

    public static string Of(TabularTask task, int outputs) => task == TabularTask.Regression
        ? outputs == 1 ? "regression" : $"regression of {outputs} targets"
        : $"classification into {outputs} classes";

    /// <summary>For JSON.</summary>
    public static string Key(TabularTask task) => task switch
    {
        TabularTask.Regression => "regression",
        TabularTask.Binary => "binary",
        _ => "multiclass",
    };
}
