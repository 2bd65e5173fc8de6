using System.Globalization;
using KanSharp.Cli.Discovery;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Plotting;

namespace KanSharp.Cli.Demo;

/// <summary>The report of the demonstration.</summary>
internal static class DemoPage
{
    public static string Write(IReadOnlyList<DemoResult> results, DiscoveryOutcome formula)
    {
        var page = new HtmlReport("KanSharp: two Kolmogorov-Arnold networks on real data, and a formula");
        page.Paragraph("A Kolmogorov-Arnold network has a learnable function of one variable on every edge; its nodes only add. So each edge can be drawn and read. Both networks below were trained a moment ago on this machine and measured on rows that training never saw; the formula was found without knowing the law.");
        foreach (DemoResult result in results)
            Section(page, result);
        DemoFormula.Section(page, formula);
        page.Heading("Go on");
        page.Paragraph("The folder holds the data, the models and the pictures. The same model from the command line, then predictions and your own data:");
        if (results.Count > 0)
            page.Code($"{Command(results[^1])}\nkan predict {results[^1].Settings.Out} {results[^1].Settings.Data} --out predictions.csv\nkan inspect {results[^1].Settings.Out}\nkan fit DATA.csv --target NAME");
        page.Paragraph("Data: scikit-learn's copies, BSD licence, and computed ones, see NOTICE.txt in this folder.");
        return page.Write();
    }

    private static void Section(HtmlReport page, DemoResult result)
    {
        page.Heading(result.Case.Title);
        page.Paragraph(result.Case.Sentence);
        IReadOnlyList<string> names = [.. Measures.Texts(result.Kan.Error).Select(measure => measure.Name)];
        page.Table(
            ["test error of", "parameters", .. names, "seconds"],
            [
                .. result.Models().Select(entry => (string[])
                [
                    $"{entry.Name} [{string.Join(", ", entry.Outcome.Widths)}]", Show.Count(entry.Outcome.Fit.Model.Network.CountParameters()),
                    .. Measures.Texts(entry.Outcome.Error).Select(measure => measure.Value), entry.Outcome.Fit.Training.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
                ]),
                (string[])[result.ConstantName, "–", .. Measures.Texts(result.Kan.Constant).Select(measure => measure.Value), "–"],
            ]);
        foreach ((string name, Scene scene) in result.Pictures())
            page.Figure(scene, Caption(name, result));
    }

    private static string Caption(string name, DemoResult result) => name switch
    {
        "network" => "The trained network, inputs at the bottom. Every box shows the learned function of its edge; the darker, the more it varies over the training rows.",
        "loss" => "Loss and metric over the epochs; the parameters of the best epoch by validation loss are kept.",
        "images" => "Digits of the test rows with the prediction below; mistakes are framed.",
        "confusion" => "Test rows by true and predicted class.",
        "parity" => "Test rows; on the dashed line a prediction is exact.",
        _ => $"The learned function of the strongest edge of one of the two most important inputs.",
    };

    private static string Command(DemoResult result)
    {
        FitSettings settings = result.Settings;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"kan fit {settings.Data} --target {settings.Targets[0]} --width {string.Join(',', settings.Width!)} --grid {settings.Grid} --weight-decay {settings.WeightDecay} --epochs {settings.Epochs} --validation {settings.Validation} --test {settings.Test} --seed {settings.Seed}");
    }
}
