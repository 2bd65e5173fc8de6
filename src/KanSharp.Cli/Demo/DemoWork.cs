using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KanSharp.Cli.Discovery;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Cli.Runs;
using KanSharp.Data;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Demo;

/// <summary>Trains, finds the formula, and writes the folder.</summary>
internal static class DemoWork
{
    public static int Run(string folder, bool quick, ulong seed, bool json, Terminal terminal, CancellationToken cancellation)
    {
        if (File.Exists(folder))
            throw UserErrorException.Usage($"--out {folder} is a file; the name of a folder was expected");
        Directory.CreateDirectory(folder);
        var watch = Stopwatch.StartNew();
        var results = new List<DemoResult>();
        foreach (DemoCase demo in DemoCase.All)
        {
            terminal.Note($"{demo.Title}. {demo.Sentence}");
            results.Add(Train(demo, folder, quick, seed, terminal, cancellation));
            if (cancellation.IsCancellationRequested)
                break;
        }

        DiscoveryOutcome formula = DemoFormula.Find(folder, quick, seed, terminal, cancellation);
        OutputFile.Write(Path.Combine(folder, "NOTICE.txt"), DemoCase.ReadLicence());
        string report = Path.Combine(folder, "report.html");
        OutputFile.Write(report, DemoPage.Write(results, formula));
        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, results, formula, report, watch.Elapsed.TotalSeconds));
        else
            Text(results, formula, report, watch.Elapsed.TotalSeconds, terminal);
        return cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Success;
    }

    private static DemoResult Train(DemoCase demo, string folder, bool quick, ulong seed, Terminal terminal, CancellationToken cancellation)
    {
        string data = Path.Combine(folder, demo.Name + ".csv");
        OutputFile.Write(data, demo.ReadData());
        Table table = FitInput.Read(data);
        FitSettings settings = demo.Kan with
        {
            Data = data,
            Seed = seed,
            Epochs = quick ? demo.QuickEpochs : demo.Kan.Epochs,
            Out = Path.Combine(folder, demo.Name + ".kan.safetensors"),
        };
        FitOutcome<float> kan = Fit(settings, table, terminal, cancellation);
        FitSettings perceptron = settings with { Mlp = true, Width = demo.MlpWidth, WeightDecay = null, Epochs = quick ? demo.QuickEpochs : 2 * demo.Kan.Epochs, Out = Path.Combine(folder, demo.Name + ".mlp.safetensors") };
        FitOutcome<float> mlp = Fit(perceptron, table, terminal, cancellation);
        var pictures = new OutcomePictures<float>(kan);
        var result = new DemoResult(demo, kan.Settings, kan, mlp, pictures);
        foreach ((string name, Scene scene) in result.Pictures())
            OutputFile.Write(Path.Combine(folder, $"{demo.Name}-{name}.svg"), scene.ToSvg());
        return result;
    }

    private static FitOutcome<float> Fit(FitSettings settings, Table table, Terminal terminal, CancellationToken cancellation)
    {
        TabularProblem<float> problem = TabularProblem<float>.Create(table, settings.Targets, FitChoices.DataOptions(settings));
        settings = FitChoices.Late(settings, problem.Data.Count, problem.Encoding.Inputs, problem.NetworkOutputs, []);
        var job = new FitJob<float>(settings, problem, null, terminal);
        return job.Run(null, cancellation);
    }

    private static void Text(IReadOnlyList<DemoResult> results, DiscoveryOutcome formula, string report, double seconds, Terminal terminal)
    {
        var rows = new List<string[]>();
        foreach (DemoResult result in results)
        {
            foreach ((string name, FitOutcome<float> outcome) in result.Models())
            {
                rows.Add(
                [
                    result.Case.Name, $"{name} [{string.Join(", ", outcome.Widths)}]", Show.Count(outcome.Fit.Model.Network.CountParameters()),
                    $"{result.Measure} {Measures.Leading(outcome.Error)}", Show.Time(outcome.Fit.Training.Seconds),
                ]);
            }

            rows.Add([result.Case.Name, result.ConstantName, "", $"{result.Measure} {Measures.Leading(result.Kan.Constant)}", ""]);
        }

        ResultTable.Write(terminal, ["data", "model", "parameters", "test error", "training"], rows);
        DemoFormula.Text(formula, terminal);
        string folder = Path.GetDirectoryName(report)!;
        ResultTable.Pairs(
            terminal,
            [
                ("time", Show.Time(seconds)),
                ("models", string.Join(", ", results.Select(result => result.Settings.Out))),
                ("pictures", Path.Combine(folder, "*.svg")),
                ("report", Path.GetFullPath(report)),
            ]);
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Go on with your own table: kan fit DATA.csv --target NAME, or kan discover DATA.csv --target NAME"));
    }

    private static void Members(Utf8JsonWriter json, IReadOnlyList<DemoResult> results, DiscoveryOutcome formula, string report, double seconds)
    {
        json.WriteString("command", "demo");
        json.WriteString("report", report);
        json.Number("seconds", seconds);
        json.WriteStartArray("results");
        foreach (DemoResult result in results)
        {
            json.WriteStartObject();
            json.WriteString("data", result.Case.Name);
            json.WriteStartArray("models");
            foreach ((string name, FitOutcome<float> outcome) in result.Models())
            {
                json.WriteStartObject();
                json.WriteString("network", name.ToLowerInvariant());
                json.Counts("width", outcome.Widths);
                json.WriteNumber("parameters", outcome.Fit.Model.Network.CountParameters());
                json.WriteString("model", outcome.Settings.Out);
                json.Number("seconds", outcome.Fit.Training.Seconds);
                json.WriteStartObject("error");
                Measures.Write(json, outcome.Error);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("constant");
            Measures.Write(json, result.Kan.Constant);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        DemoFormula.Members(json, formula);
    }
}
