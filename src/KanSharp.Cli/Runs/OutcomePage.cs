using System.Globalization;
using System.Numerics;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>The report of one training run.</summary>
internal static class OutcomePage
{
    public static string Write<T>(FitOutcome<T> outcome, OutcomePictures<T> pictures)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T> model = outcome.Fit.Model;
        FitResult<T> training = outcome.Fit.Training;
        var page = new HtmlReport($"{string.Join(", ", model.Encoding.Target.Columns)} from {Path.GetFileName(outcome.Settings.Data)}");
        page.Paragraph($"{TaskNames.Of(model.Task, model.Encoding.Target.Outputs)}: {(outcome.Settings.Mlp ? "MLP" : "KAN")} [{string.Join(", ", outcome.Widths)}] with {Show.Count(model.Network.CountParameters())} parameters.");
        page.Heading($"Error on the {outcome.Part} rows");
        IReadOnlyList<(string Name, string Value)> error = Measures.Texts(outcome.Error), constant = Measures.Texts(outcome.Constant);
        page.Table(
            ["measure", "model", outcome.Error.Regression is null ? "class shares" : "mean"],
            [.. error.Select((measure, i) => (string[])[measure.Name, measure.Value, constant[i].Value])]);
        foreach (Scene scene in pictures.Errors)
            page.Figure(scene);
        if (pictures.Network is not null)
        {
            page.Heading("The network");
            page.Figure(pictures.Network, "Inputs at the bottom. Every box shows the learned function of its edge; the darker, the more it varies over the training rows.");
        }

        page.Heading("Training");
        page.Figure(pictures.Loss);
        page.KeyValues(
        [
            ("rows", string.Create(CultureInfo.InvariantCulture, $"{outcome.Fit.Problem.Split.Train.Count} training, {outcome.Fit.Problem.Split.Validation?.Count ?? 0} validation, {outcome.Fit.Problem.Split.Test?.Count ?? 0} test")),
            ("ended", training.Message),
            ("best epoch", training.BestEpoch.ToString(CultureInfo.InvariantCulture)),
            ("time", $"{Show.Time(training.Seconds)}, {Show.Count((long)training.SamplesPerSecond)} samples/s"),
            ("optimizer", string.Create(CultureInfo.InvariantCulture, $"{outcome.Settings.Optimizer}, learning rate {outcome.Settings.LearningRate}, {outcome.Settings.Schedule}, batch {outcome.Settings.Batch}{(outcome.Settings.OptimizerReason is { } why ? $"; chosen, because {why}" : "")}")),
            ("seed, precision", string.Create(CultureInfo.InvariantCulture, $"{outcome.Settings.Seed}, {outcome.Settings.Precision}")),
            .. training.Warnings.Select(warning => ("note", warning)),
        ]);
        return page.Write();
    }
}
