using System.Text.Json;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Tests.Plotting;

namespace KanSharp.Tests.Cli;

/// <summary>Run folders: what they hold, cancelling, going on.</summary>
public sealed class RunTests
{
    private static readonly string[] Columns = ["--target", "y", "--exclude", "class", "--width", "4,3,1", "--optimizer", "adamw"];

    [Fact]
    public void A_run_folder_holds_everything_about_the_run()
    {
        using var folder = new CliFolder();
        CliFolder.Run(["fit", folder.Table(), .. Columns, "--epochs", "6", "--run", folder["run"]]).Expect(0);
        string[] files = [.. Directory.EnumerateFiles(folder["run"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["best.safetensors", "checkpoint.safetensors", "last.safetensors", "loss.svg", "metrics.csv", "metrics.jsonl", "network.svg", "report.html", "run.json"], files);
        string[] lines = File.ReadAllLines(folder["run/metrics.jsonl"]);
        Assert.Equal(6, lines.Length);
        using JsonDocument epoch = JsonDocument.Parse(lines[5]);
        Assert.Equal(
            ["epoch", "training_loss", "penalty", "validation_loss", "rmse", "learning_rate", "seconds"],
            epoch.RootElement.EnumerateObject().Select(member => member.Name));
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(folder["run/run.json"]));
        Assert.Equal(6, record.RootElement.GetProperty("result").GetProperty("epochs").GetInt32());
        Assert.Equal(64, record.RootElement.GetProperty("data").GetProperty("sha256").GetString()!.Length);
        Assert.Equal("adamw", record.RootElement.GetProperty("options").GetProperty("optimizer").GetString());
        Assert.Contains("already holds a run", CliFolder.Run(["fit", folder["table.csv"], .. Columns, "--run", folder["run"]]).Expect(1).Error);
        Assert.Contains("6 epochs are done", CliFolder.Run("resume", folder["run"]).Expect(2).Error);
        CliFolder.Run("predict", folder["run"], folder["table.csv"]).Expect(0);
    }

    [Theory]
    [InlineData("f32", "adamw")]
    [InlineData("f64", "lbfgs")]
    [InlineData("f64", "ssbroyden")]
    public void A_run_that_goes_on_equals_one_that_never_stopped(string precision, string optimizer)
    {
        using var folder = new CliFolder();
        string[] line = ["fit", folder.Table(), .. Columns[..^2], "--precision", precision, "--optimizer", optimizer, "--schedule", "constant", "--grid-updates", "0", "--lambda", "1e-4"];
        CliFolder.Run([.. line, "--epochs", "8", "--run", folder["whole"]]).Expect(0);
        CliFolder.Run([.. line, "--epochs", "3", "--run", folder["parts"]]).Expect(0);
        CliFolder.Run("resume", folder["parts"], "--epochs", "8").Expect(0);
        AssertSameModels(folder);
        Assert.Equal(8, File.ReadAllLines(folder["parts/metrics.jsonl"]).Length);
    }

    [Fact]
    public void A_cancelled_run_keeps_the_best_model_and_goes_on_to_the_same_end()
    {
        using var folder = new CliFolder();
        string[] line = ["fit", folder.Table(rows: 600), .. Columns, "--epochs", "120"];
        CliFolder.Run([.. line, "--run", folder["whole"]]).Expect(0);
        CliResult cancelled = CliFolder.RunUntilLine(folder["parts/metrics.jsonl"], [.. line, "--run", folder["parts"], "--json"]).Expect(130);
        Assert.Equal("cancelled", cancelled.Json().GetProperty("stop_reason").GetString());
        Assert.True(cancelled.Json().GetProperty("best_epoch").GetInt32() >= 1);
        Assert.All(
            ModelFile.LoadTabular<float>(folder["parts/best.safetensors"]).Predict(Csv.Read(folder["table.csv"])).Values,
            value => Assert.True(double.IsFinite(value)));
        CliFolder.Run("resume", folder["parts"]).Expect(0);
        AssertSameModels(folder);
    }

    [Fact]
    public void Cancelling_before_the_first_epoch_still_leaves_a_model()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(new CancellationToken(canceled: true), ["fit", folder.Table(), .. Columns, "--out", folder["m.safetensors"], "--json"]).Expect(130);
        Assert.Equal(0, result.Json().GetProperty("epochs").GetInt32());
        Assert.Equal("y", ModelFile.LoadTabular<float>(folder["m.safetensors"]).Encoding.Target.Columns[0]);
    }

    [Fact]
    public void Changed_data_and_damaged_records_are_refused()
    {
        using var folder = new CliFolder();
        CliFolder.Run(["fit", folder.Table(), .. Columns, "--epochs", "2", "--run", folder["run"]]).Expect(0);
        File.AppendAllText(folder["table.csv"], "1,2,left,3,low\n");
        Assert.Contains("has changed", CliFolder.Run("resume", folder["run"], "--epochs", "4").Expect(1).Error);
        File.Delete(folder["table.csv"]);
        Assert.Contains("not there any more", CliFolder.Run("resume", folder["run"], "--epochs", "4").Expect(1).Error);
        File.WriteAllText(folder["run/run.json"], "{");
        Assert.Contains("damaged", CliFolder.Run("resume", folder["run"]).Expect(1).Error);
    }

    [Fact]
    public void A_terminal_gets_a_bar_and_the_output_stays_clean()
    {
        using var folder = new CliFolder();
        string[] line = ["fit", folder.Table(), .. Columns, "--epochs", "30", "--json", "--out", folder["m.safetensors"]];
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = KanSharp.Cli.Tool.Run(line, new KanSharp.Cli.Terminal(output, error) { IsInteractive = true, ErrorColor = false, Width = 80 }, CancellationToken.None);
        Assert.Equal(0, code);
        Assert.Contains("100%", error.ToString());
        Assert.Contains("30/30 loss", error.ToString());
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.Equal(30, new CliResult(code, output.ToString(), "").Json().GetProperty("epochs").GetInt32());
    }

    [Fact]
    public void A_time_limit_ends_training_with_success()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(["fit", folder.Table(), .. Columns, "--epochs", "1000000", "--time-limit", "50ms", "--json", "--out", folder["m.safetensors"]]).Expect(0);
        Assert.Equal("time_limit", result.Json().GetProperty("stop_reason").GetString());
        Assert.True(File.Exists(folder["m.safetensors"]));
    }

    [Fact]
    public void Pictures_are_well_formed_and_named()
    {
        using var folder = new CliFolder();
        string table = folder.Table();
        CliFolder.Run(["fit", table, .. Columns, "--epochs", "3", "--run", folder["run"]]).Expect(0);
        string[][] lines =
        [
            ["plot", folder["run"]],
            ["plot", folder["run"], "--data", table, "--beta", "10"],
            ["plot", folder["run"], "--data", table, "--edge", "0,1,2"],
            ["plot", folder["run"], "--edge", "1,0,0"],
            ["plot", "--loss", folder["run"]],
        ];
        string[] expected = ["kind=left", "kind=left", "b → hidden 1.2", "hidden 1.0 → y", "best epoch"];
        for (int i = 0; i < lines.Length; i++)
        {
            CliResult result = CliFolder.Run([.. lines[i], "--out", folder["p.svg"]]).Expect(0);
            Assert.Equal(folder["p.svg"] + "\n", result.Out);
            string svg = File.ReadAllText(folder["p.svg"]);
            Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(svg).Root!.Name.LocalName);
            Assert.Contains(expected[i], svg);
        }
    }

    [Fact]
    public void The_demonstration_writes_its_folder_and_gives_the_same_models_for_a_seed()
    {
        using var folder = new CliFolder();
        CliResult first = CliFolder.Run("demo", "--quick", "--out", folder["one"], "--json").Expect(0);
        using (new GermanCulture())
            CliFolder.Run("demo", "--quick", "--out", folder["two"]).Expect(0);
        foreach (string model in (string[])["digits.kan.safetensors", "diabetes.kan.safetensors", "digits.mlp.safetensors", "diabetes.mlp.safetensors"])
            Assert.Equal(File.ReadAllBytes(folder["one/" + model]), File.ReadAllBytes(folder["two/" + model]));
        string page = File.ReadAllText(folder["one/report.html"]);
        Assert.DoesNotContain("<script", page);
        Assert.Contains("Handwritten digits", page);
        string[] pictures = [.. Directory.EnumerateFiles(folder["one"], "*.svg").Select(file => Path.GetFileName(file))];
        Assert.Contains("digits-images.svg", pictures);
        Assert.Contains("digits-confusion.svg", pictures);
        Assert.Contains("diabetes-parity.svg", pictures);
        Assert.Equal(2, first.Json().GetProperty("results").GetArrayLength());
        Assert.Contains("d1", first.Json().GetProperty("discover").GetProperty("formula").GetString());
        Assert.Contains("lens-pareto.svg", pictures);
        Assert.True(File.Exists(folder["one/NOTICE.txt"]));
    }

    private static void AssertSameModels(CliFolder folder)
    {
        foreach (string model in (string[])["best.safetensors", "last.safetensors"])
            Assert.Equal(File.ReadAllBytes(folder["whole/" + model]), File.ReadAllBytes(folder["parts/" + model]));
    }
}
