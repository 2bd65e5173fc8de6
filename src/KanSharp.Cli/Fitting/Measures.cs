using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>The numbers of an evaluation, as rows of a table and as members of a JSON object.</summary>
internal static class Measures
{
    /// <summary>Name and value of each measure, as text.</summary>
    public static IReadOnlyList<(string Name, string Value)> Texts(TabularEvaluation evaluation) => evaluation.Regression is { } regression
        ? [("RMSE", Show.Value(regression.Rmse)), ("MAE", Show.Value(regression.Mae)), ("R²", Show.Share(regression.R2))]
        : [("accuracy", Show.Percent(evaluation.Classification!.Accuracy)), ("macro-F1", Show.Share(evaluation.Classification.MacroF1)), ("log-loss", Show.Value(evaluation.Classification.LogLoss))];

    /// <summary>The measure to compare models by: RMSE or accuracy.</summary>
    public static string Leading(TabularEvaluation evaluation) => Texts(evaluation)[0].Value;

    public static void Write(Utf8JsonWriter json, TabularEvaluation evaluation)
    {
        json.WriteNumber("rows", evaluation.Rows);
        if (evaluation.Regression is { } regression)
        {
            json.Number("rmse", regression.Rmse);
            json.Number("mae", regression.Mae);
            json.Number("r2", regression.R2);
            return;
        }

        ClassificationMetrics classes = evaluation.Classification!;
        json.Number("accuracy", classes.Accuracy);
        json.Number("macro_f1", classes.MacroF1);
        json.Number("log_loss", classes.LogLoss);
    }

    /// <summary>Errors of each target where there are several.</summary>
    public static void WriteTargets(Utf8JsonWriter json, TabularEvaluation evaluation, IReadOnlyList<string> names)
    {
        if (evaluation.Regression is not { PerTarget.Count: > 1 } regression)
            return;
        json.WriteStartObject("targets");
        for (int target = 0; target < names.Count; target++)
        {
            json.WriteStartObject(names[target]);
            json.Number("rmse", regression.PerTarget[target].Rmse);
            json.Number("mae", regression.PerTarget[target].Mae);
            json.Number("r2", regression.PerTarget[target].R2);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
