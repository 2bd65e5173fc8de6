using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Cli.Models;

/// <summary>Measures a model on a table with known targets.</summary>
internal static class ModelEvaluation
{
    private const int MostColumns = 12;
    private static readonly TimeSpan MeasuredTime = TimeSpan.FromSeconds(0.3);

    public static int Run<T>(ModelPath path, Table table, MissingValues? missing, bool json, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T> model = path.Load<T>(missing);
        FitInput.CheckMissing(table, [.. model.Encoding.Features.Select(feature => feature.Column), .. model.Encoding.Target.Columns], model.Encoding.Missing);
        Dataset<double> rows = model.Encoding.Encode<double>(table, out EncodingReport report);
        FitNotes.Encoding(report, terminal);
        TabularEvaluation evaluation = TabularEvaluation.Of(model, rows);
        double speed = Speed(model, rows, cancellation);
        double memory = Memory.PeakMegabytes();
        if (json)
        {
            JsonResult.Write(terminal.Out, members =>
            {
                members.WriteString("command", "evaluate");
                members.WriteString("model", path.Path);
                members.WriteString("task", TaskNames.Key(model.Task));
                Measures.Write(members, evaluation);
                Measures.WriteTargets(members, evaluation, model.Encoding.Target.Columns);
                if (evaluation.Classification is { } classes)
                {
                    members.Texts("classes", model.Classes);
                    members.WriteStartArray("confusion");
                    foreach (IReadOnlyList<int> row in classes.Confusion)
                    {
                        members.WriteStartArray();
                        foreach (int count in row)
                            members.WriteNumberValue(count);
                        members.WriteEndArray();
                    }

                    members.WriteEndArray();
                }

                members.WriteNumber("dropped", report.DroppedRows);
                members.Number("samples_per_second", speed);
                members.Number("peak_memory_mb", memory);
            });
            return ExitCode.Success;
        }

        Text(model, evaluation, terminal);
        ResultTable.Pairs(
            terminal,
            [
                ("rows", Show.Count(rows.Count)),
                ("samples/s", Show.Count((long)speed)),
                ("peak memory", memory.ToString("0", CultureInfo.InvariantCulture) + " MB"),
            ]);
        return ExitCode.Success;
    }

    private static void Text<T>(TabularModel<T> model, TabularEvaluation evaluation, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (evaluation.Regression is { } regression)
        {
            IReadOnlyList<string> names = model.Encoding.Target.Columns;
            string[][] rows = [.. regression.PerTarget.Select((one, i) => (string[])[Unit(model, names[i]), Show.Value(one.Rmse), Show.Value(one.Mae), Show.Share(one.R2)])];
            if (rows.Length > 1)
                rows = [.. rows, ["all", Show.Value(regression.Rmse), Show.Value(regression.Mae), Show.Share(regression.R2)]];
            ResultTable.Write(terminal, ["target", "RMSE", "MAE", "R²"], rows);
            return;
        }

        ClassificationMetrics classes = evaluation.Classification!;
        ResultTable.Write(terminal, ["accuracy", "macro-F1", "log-loss"], [[Show.Percent(classes.Accuracy), Show.Share(classes.MacroF1), Show.Value(classes.LogLoss)]]);
        bool narrow = model.Classes.Count <= MostColumns;
        ResultTable.Write(
            terminal,
            ["true class", "rows", "precision", "recall", "F1", .. narrow ? model.Classes.Select(label => "→ " + label) : []],
            [
                .. classes.PerClass.Select((one, i) => (string[])
                [
                    model.Classes[i], Show.Count(one.Samples), Show.Percent(one.Precision), Show.Percent(one.Recall), Show.Share(one.F1),
                    .. narrow ? classes.Confusion[i].Select(count => Show.Count(count)) : [],
                ]),
            ]);
    }

    private static string Unit<T>(TabularModel<T> model, string column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Units.TryGetValue(column, out string? unit) ? $"{column} [{unit}]" : column;

    /// <summary>Rows predicted in a second, warm.</summary>
    private static double Speed<T>(TabularModel<T> model, Dataset<double> rows, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long predicted = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            model.Predict(rows.Features);
            predicted += rows.Count;
        }
        while (watch.Elapsed < MeasuredTime);
        return predicted / watch.Elapsed.TotalSeconds;
    }
}
