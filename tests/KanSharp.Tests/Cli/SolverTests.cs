using System.Text.Json;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Networks;

namespace KanSharp.Tests.Cli;

/// <summary>The choice of the optimiser on the command line, and training with each of them.</summary>
public sealed class SolverTests
{
    private static readonly string[] Columns = ["--target", "y", "--exclude", "class"];

    [Fact]
    public void Numbers_without_noise_are_left_to_Levenberg_Marquardt_on_finer_and_finer_grids_and_that_is_said()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(["fit", folder.Table(rows: 300), .. Columns, "--epochs", "20", "--json", "--run", folder["run"]]).Expect(0);
        Assert.Contains("optimizer: lm, because there is next to no noise", result.Error);
        Assert.Contains("precision: f64, because Levenberg-Marquardt needs it", result.Error);
        JsonElement json = result.Json();
        Assert.Equal("lm", json.GetProperty("optimizer").GetString());
        Assert.Contains("parameters on 240 rows", json.GetProperty("optimizer_reason").GetString());
        Assert.Equal([3, 5, 10, 20], json.GetProperty("grid").EnumerateArray().Select(grid => grid.GetInt32()));
        Assert.Equal("f64", json.GetProperty("precision").GetString());
        Assert.True(json.GetProperty("error").GetProperty("r2").GetDouble() > 0.999, json.ToString());
        using JsonDocument record = JsonDocument.Parse(File.ReadAllText(folder["run/run.json"]));
        JsonElement options = record.RootElement.GetProperty("options");
        Assert.Equal("lm", options.GetProperty("optimizer").GetString());
        Assert.Equal(json.GetProperty("optimizer_reason").GetString(), options.GetProperty("optimizer_reason").GetString());
        Assert.Equal(4, options.GetProperty("grids").GetArrayLength());
        Assert.Contains(record.RootElement.GetProperty("choices").EnumerateArray(), choice => choice.GetString()!.StartsWith("optimizer: lm", StringComparison.Ordinal));
        using JsonDocument first = JsonDocument.Parse(File.ReadAllLines(folder["run/metrics.jsonl"])[0]);
        Assert.Equal(3, first.RootElement.GetProperty("grid").GetInt32());
        Assert.Contains("next to no noise", File.ReadAllText(folder["run/report.html"]));
    }

    [Theory]
    [InlineData("class", "classes are learned by cross-entropy", "--exclude", "y")]
    [InlineData("y", "--lr is for optimisers of its kind", "--lr", "0.01")]
    [InlineData("y", "the usual one for a perceptron", "--mlp", "--degree", "3")]
    public void Other_tables_are_left_to_AdamW(string target, string reason, params string[] more)
    {
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run(["fit", folder.Table(), "--target", target, .. more, "--epochs", "2", "--optimizer", "auto", "--json", "--out", folder["m"]]).Expect(0).Json();
        Assert.Equal("adamw", json.GetProperty("optimizer").GetString());
        Assert.Contains(reason, json.GetProperty("optimizer_reason").GetString());
        Assert.Equal("f32", json.GetProperty("precision").GetString());
    }

    [Theory]
    [InlineData("lm")]
    [InlineData("nk")]
    [InlineData("ssbfgs")]
    [InlineData("ssbroyden")]
    [InlineData("lbfgs")]
    [InlineData("rmsprop")]
    public void Every_optimiser_trains_on_a_list_of_grids_with_a_run_folder(string optimizer)
    {
        using var folder = new CliFolder();
        string[] line = ["fit", folder.Table(), .. Columns, "--optimizer", optimizer, "--width", "4,3,1", "--grid", "2,4", "--epochs", "6", "--run", folder["run"], "--json"];
        CliResult result = CliFolder.Run(line).Expect(0);
        Assert.Equal(optimizer, result.Json().GetProperty("optimizer").GetString());
        Assert.Equal(JsonValueKind.Null, result.Json().GetProperty("optimizer_reason").ValueKind);
        double mean = result.Json().GetProperty("constant").GetProperty("rmse").GetDouble();
        Assert.InRange(result.Json().GetProperty("error").GetProperty("rmse").GetDouble(), 0, mean);
        foreach (string file in (string[])["best.safetensors", "last.safetensors", "checkpoint.safetensors", "loss.svg", "network.svg", "report.html"])
            Assert.True(File.Exists(folder["run/" + file]), file);
        CliFolder.Run("predict", folder["run"], folder["table.csv"]).Expect(0);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public void A_cancelled_run_of_Levenberg_Marquardt_over_several_grids_goes_on_to_the_same_end(string starts)
    {
        using var folder = new CliFolder();
        string[] line = ["fit", folder.Table(rows: 400), .. Columns, "--optimizer", "lm", "--width", "4,6,1", "--grid", "2,4,8", "--epochs", "60", "--starts", starts];
        CliFolder.Run([.. line, "--run", folder["whole"]]).Expect(0);
        CliResult cancelled = CliFolder.RunUntilLine(folder["parts/metrics.jsonl"], [.. line, "--run", folder["parts"], "--json"]).Expect(130);
        Assert.Equal("cancelled", cancelled.Json().GetProperty("stop_reason").GetString());
        Assert.True(File.Exists(folder["parts/best.safetensors"]));
        Assert.Contains("shared out its 60 epochs", CliFolder.Run("resume", folder["parts"], "--epochs", "90").Expect(2).Error);
        CliFolder.Run("resume", folder["parts"]).Expect(0);
        foreach (string model in (string[])["best.safetensors", "last.safetensors"])
            Assert.Equal(File.ReadAllBytes(folder["whole/" + model]), File.ReadAllBytes(folder["parts/" + model]));
    }

    [Fact]
    public void Ridge_smoothness_sparsity_and_starts_change_what_is_learned()
    {
        using var folder = new CliFolder();
        string table = folder.Table();
        var predictions = new List<double>();
        string[][] variants = [["lm"], ["lm", "--smoothness", "0.5"], ["lm", "--weight-decay", "0.5"], ["lm", "--lambda", "0.01"], ["lm", "--starts", "3", "--seed", "5"], ["lbfgs"], ["lbfgs", "--smoothness", "0.5"]];
        foreach (string[] variant in variants)
        {
            CliFolder.Run(["fit", table, .. Columns, "--width", "4,2,1", "--grid", "6", "--epochs", "5", "--out", folder["m"], "--optimizer", .. variant]).Expect(0);
            TabularModelOf(folder["m"], table, predictions);
        }

        Assert.Equal(predictions.Count, predictions.Distinct().Count());
    }

    private static void TabularModelOf(string model, string table, List<double> predictions)
    {
        var loaded = ModelFile.LoadTabular<double>(model);
        Assert.IsType<KanNetwork<double>>(loaded.Network);
        predictions.Add(loaded.Predict(Csv.Read(table)).Values[0]);
    }
}
