using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>Prints the result of a training run.</summary>
internal static class FitReport
{
    private const int MostWarnings = 2;

    /// <summary>Prints to the output, remarks to the error stream, and returns the exit code.</summary>
    public static int Write<T>(FitOutcome<T> outcome, IReadOnlyList<string> said, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitResult<T> training = outcome.Fit.Training;
        foreach (string warning in training.Warnings.Take(MostWarnings))
            terminal.Note($"note: {warning}");
        if (training.Warnings.Count > MostWarnings)
            terminal.Note($"note: {training.Warnings.Count - MostWarnings} more of this kind; --json and the report list them all");
        if (training.Reason is StopReason.Diverged)
            terminal.Note($"error: training diverged and was stopped. {training.Message} The best model before is kept; a smaller --lr usually helps");
        else if (training.Reason is not StopReason.BudgetReached)
            terminal.Note($"note: {training.Message}");
        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, outcome, said));
        else
            Text(outcome, terminal);
        return outcome.ExitCode;
    }

    private static void Text<T>(FitOutcome<T> outcome, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool regression = outcome.Error.Regression is not null;
        IReadOnlyList<(string Name, string Value)> error = Measures.Texts(outcome.Error), constant = Measures.Texts(outcome.Constant);
        ResultTable.Write(
            terminal,
            [$"{outcome.Part} error", "model", regression ? "mean" : "class shares"],
            [.. error.Select((measure, i) => (string[])[measure.Name, measure.Value, constant[i].Value])]);
        if (outcome.Error.Regression is { PerTarget.Count: > 1 } several)
        {
            IReadOnlyList<string> names = outcome.Fit.Model.Encoding.Target.Columns;
            ResultTable.Write(
                terminal,
                ["target", "RMSE", "MAE", "R²"],
                [.. several.PerTarget.Select((one, i) => (string[])[names[i], Show.Value(one.Rmse), Show.Value(one.Mae), Show.Share(one.R2)])]);
        }

        FitResult<T> training = outcome.Fit.Training;
        string kind = outcome.Settings.Mlp ? "MLP" : "KAN";
        var pairs = new List<(string, string)>
        {
            ("network", string.Create(CultureInfo.InvariantCulture, $"{kind} [{string.Join(", ", outcome.Widths)}], {Show.Count(outcome.Fit.Model.Network.CountParameters())} parameters")),
            ("training", string.Create(CultureInfo.InvariantCulture, $"{training.History.Count} epochs in {Show.Time(training.Seconds)}, best epoch {training.BestEpoch}, {Show.Count((long)training.SamplesPerSecond)} samples/s")),
            ("model", outcome.Settings.Out!),
        };
        if (outcome.Fit.StartSeed is { } start)
            pairs.Insert(1, ("start", string.Create(CultureInfo.InvariantCulture, $"the best of {outcome.Settings.Starts}, seed {start}")));
        if (training.Stages.Count > 1)
            pairs.Insert(1, ("grids", string.Join(", ", training.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Intervals}: loss {Show.Value(stage.Loss)} after {stage.Epochs} epochs")))));
        if (outcome.Folder is not null)
            pairs.Add(("run", outcome.Folder.Path));
        ResultTable.Pairs(terminal, pairs);
        if (outcome.Part == "validation")
            terminal.Note("The validation rows also chose the best epoch, so their error is a little optimistic; --test 0.2 keeps rows aside for an honest one.");
        if (outcome.Part == "training")
            terminal.Note("The error is that of the training rows and says nothing about new ones; --test 0.2 keeps rows aside.");
    }

    private static void Members<T>(Utf8JsonWriter json, FitOutcome<T> outcome, IReadOnlyList<string> said)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitResult<T> training = outcome.Fit.Training;
        json.WriteString("command", "fit");
        json.WriteString("model", outcome.Settings.Out);
        json.WriteString("run", outcome.Folder?.Path);
        json.WriteString("task", TaskNames.Key(outcome.Fit.Model.Task));
        json.WriteString("network", outcome.Settings.Mlp ? "mlp" : "kan");
        json.Counts("width", outcome.Widths);
        json.WriteNumber("parameters", outcome.Fit.Model.Network.CountParameters());
        json.WriteString("optimizer", outcome.Settings.Optimizer);
        json.WriteString("optimizer_reason", outcome.Settings.OptimizerReason);
        json.WriteString("basis", outcome.Settings.Mlp ? null : outcome.Settings.Basis ?? "b-spline");
        json.Counts("grid", outcome.Settings.Mlp || !BasisChoices.IsSpline(outcome.Settings) ? [] : outcome.Settings.Grids ?? [outcome.Settings.Grid!.Value]);
        json.WriteNumber("starts", outcome.Settings.Starts);
        json.WriteString("precision", outcome.Settings.Precision);
        json.WriteNumber("seed", outcome.Settings.Seed);
        json.WriteStartObject("rows");
        json.WriteNumber("train", outcome.Fit.Problem.Split.Train.Count);
        json.WriteNumber("validation", outcome.Fit.Problem.Split.Validation?.Count ?? 0);
        json.WriteNumber("test", outcome.Fit.Problem.Split.Test?.Count ?? 0);
        json.WriteNumber("dropped", outcome.Fit.Problem.Report.DroppedRows);
        json.WriteEndObject();
        json.WriteNumber("epochs", training.History.Count);
        json.WriteNumber("best_epoch", training.BestEpoch);
        json.Number("best_loss", training.BestLoss);
        json.WriteString("stop_reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(training.Reason.ToString()));
        json.Number("seconds", training.Seconds);
        json.Number("samples_per_second", training.SamplesPerSecond);
        json.WriteString("error_on", outcome.Part);
        json.WriteStartObject("error");
        Measures.Write(json, outcome.Error);
        Measures.WriteTargets(json, outcome.Error, outcome.Fit.Model.Encoding.Target.Columns);
        json.WriteEndObject();
        json.WriteStartObject("constant");
        Measures.Write(json, outcome.Constant);
        json.WriteEndObject();
        json.Texts("choices", said);
        json.Texts("warnings", training.Warnings);
    }
}
