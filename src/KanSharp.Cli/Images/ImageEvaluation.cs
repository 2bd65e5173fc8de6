using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Data.Images;
using KanSharp.Interchange;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>Measures an image model on images with known classes.</summary>
/// <param name="Model">Model file.</param>
/// <param name="Data">Known data set or folder.</param>
/// <param name="From">Folder of a known data set's files.</param>
/// <param name="Part">test or train; null for the test images where there are such.</param>
/// <param name="Confusion">SVG file of the confusion matrix.</param>
/// <param name="Mistakes">PNG or SVG file of a sheet of mistakes.</param>
internal sealed record ImageEvaluation(string Model, string Data, string? From, string? Part, string? Confusion, string? Mistakes)
{
    private const int MostColumns = 12;

    public int Run(bool json, Terminal terminal, CancellationToken cancellation)
    {
        if (Confusion is not null)
            OutputFile.CheckFolder(Confusion, "--confusion");
        if (Mistakes is not null)
            OutputFile.CheckFolder(Mistakes, "--mistakes");
        ImageModel<float> model = ImageModelFile.Load<float>(Model);
        (ImageSet images, string part) = ImageInput.ReadFor(Part, Data, From);
        if (!images.ClassNames.SequenceEqual(model.ClassNames))
            throw new UserErrorException($"{Data} has the classes {string.Join(", ", images.ClassNames.Take(12))}; the model knows {string.Join(", ", model.ClassNames.Take(12))}");
        model.Predict(images.Take(Math.Min(images.Count, 64)), cancellation: cancellation);
        long start = Stopwatch.GetTimestamp();
        double[] probabilities = model.Predict(images, cancellation: cancellation);
        double speed = images.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var judgement = new ImageJudgement(images, probabilities);
        if (Confusion is not null)
            OutputFile.Write(Confusion, judgement.Confusion().ToSvg());
        if (Mistakes is not null)
            judgement.WriteMistakes(Mistakes);
        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, model, judgement, part, speed));
        else
            Text(model, judgement, part, speed, terminal);
        return ExitCode.Success;
    }

    private void Text(ImageModel<float> model, ImageJudgement judgement, string part, double speed, Terminal terminal)
    {
        ClassificationMetrics metrics = judgement.Metrics;
        ResultTable.Write(terminal, [$"{part} images", "accuracy", "macro-F1", "log-loss", "mistakes"], [[Show.Count(judgement.Count), Show.Percent(metrics.Accuracy), Show.Share(metrics.MacroF1), Show.Value(metrics.LogLoss), Show.Count(judgement.Mistakes.Count)]]);
        bool narrow = judgement.ClassNames.Count <= MostColumns;
        ResultTable.Write(
            terminal,
            ["true class", "images", "precision", "recall", .. narrow ? judgement.ClassNames.Select(name => "→ " + name) : []],
            [
                .. metrics.PerClass.Select((one, i) => (string[])
                [
                    judgement.ClassNames[i], Show.Count(one.Samples), Show.Percent(one.Precision), Show.Percent(one.Recall),
                    .. narrow ? metrics.Confusion[i].Select(count => Show.Count(count)) : [],
                ]),
            ]);
        ResultTable.Pairs(
            terminal,
            [
                ("network", $"{model.Network.Preset}, {Show.Count(model.Network.CountParameters())} parameters"),
                ("images/s", Show.Count((long)speed)),
                ("peak memory", Memory.PeakMegabytes().ToString("0", CultureInfo.InvariantCulture) + " MB"),
                .. Confusion is null ? Array.Empty<(string, string)>() : [("confusion", Confusion)],
                .. Mistakes is null ? Array.Empty<(string, string)>() : [("mistakes", judgement.Mistakes.Count == 0 ? "none, so there is no sheet" : Mistakes)],
            ]);
    }

    private void Members(Utf8JsonWriter json, ImageModel<float> model, ImageJudgement judgement, string part, double speed)
    {
        json.WriteString("command", "evaluate");
        json.WriteString("model", Model);
        json.WriteString("data", Data);
        json.WriteString("part", part);
        json.WriteString("preset", model.Network.Preset);
        json.WriteNumber("parameters", model.Network.CountParameters());
        json.Number("accuracy", judgement.Metrics.Accuracy);
        json.Number("macro_f1", judgement.Metrics.MacroF1);
        json.Number("log_loss", judgement.Metrics.LogLoss);
        json.Texts("classes", judgement.ClassNames);
        json.WriteStartArray("confusion");
        foreach (IReadOnlyList<int> row in judgement.Metrics.Confusion)
        {
            json.WriteStartArray();
            foreach (int count in row)
                json.WriteNumberValue(count);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.Counts("mistakes", judgement.Mistakes);
        json.Number("images_per_second", speed);
        json.Number("peak_memory_mb", Memory.PeakMegabytes());
    }
}
