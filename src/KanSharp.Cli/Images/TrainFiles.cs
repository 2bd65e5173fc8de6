using System.Numerics;
using KanSharp.Cli.Output;
using KanSharp.Interchange;
using KanSharp.Plotting;

namespace KanSharp.Cli.Images;

/// <summary>The files of a finished run on images.</summary>
internal static class TrainFiles
{
    public static void Write<T>(ImageRun folder, TrainOutcome<T> outcome)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (outcome.Training.BestEpoch > 0)
            ImageModelFile.Save(folder.File("best.safetensors"), outcome.Model);
        Scene loss = new LossChart
        {
            Training = [.. outcome.Training.History.Select(epoch => epoch.TrainingLoss)],
            Validation = outcome.ValidationCount > 0 ? [.. outcome.Training.History.Select(epoch => epoch.ValidationLoss ?? double.NaN)] : [],
            Metric = [.. outcome.Training.History.Select(epoch => epoch.Metrics[0])],
            MetricName = "accuracy",
            BestEpoch = outcome.Training.BestEpoch > 0 ? outcome.Training.BestEpoch : null,
        }.Draw();
        Scene confusion = outcome.Judgement.Confusion();
        OutputFile.Write(folder.File("loss.svg"), loss.ToSvg());
        OutputFile.Write(folder.File("confusion.svg"), confusion.ToSvg());
        outcome.Judgement.WriteMistakes(folder.File("mistakes.svg"));
        var page = new HtmlReport($"{outcome.Settings.Preset} on {outcome.Settings.Data}");
        page.Paragraph($"{Show.Count(outcome.Model.Network.CountParameters())} parameters; {Show.Percent(outcome.Judgement.Metrics.Accuracy)} of {Show.Count(outcome.Judgement.Count)} {outcome.Part} images right.");
        page.Figure(confusion);
        page.Heading("Training");
        page.Figure(loss);
        page.KeyValues([.. TrainReport.Pairs(outcome)]);
        OutputFile.Write(folder.File("report.html"), page.Write());
    }
}
