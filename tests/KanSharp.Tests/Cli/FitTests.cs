using System.Text.Json;
using System.Text.RegularExpressions;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Tests.Plotting;
using KanSharp.Training;

namespace KanSharp.Tests.Cli;

/// <summary>Training, prediction and evaluation from the command line.</summary>
public sealed class FitTests
{
    private static readonly string[] Short = ["--epochs", "20", "--width", "4,3,1", "--exclude", "class", "--optimizer", "adamw"];

    [Fact]
    public void Fit_says_what_it_chose_and_prints_errors_beside_the_mean()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run("fit", folder.Table(), "--target", "y", "--exclude", "class", "--test", "0.2", "--optimizer", "adamw", "--out", folder["m.safetensors"]).Expect(0);
        string text = Digits(result.Out.Replace(folder.Path + "/", "")) + "---\n" + Digits(result.Error);
        CliApproved.Check("fit.txt", Regex.Replace(text, @"(?m)^epoch .*\n", ""));
    }

    [Fact]
    public void Json_has_the_documented_members()
    {
        using var folder = new CliFolder();
        JsonElement fit = CliFolder.Run(["fit", folder.Table(), "--target", "y", .. Short, "--test", "0.2", "--json", "--out", folder["m.safetensors"]]).Expect(0).Json();
        Assert.Equal(
            ["command", "model", "run", "task", "network", "width", "parameters", "optimizer", "optimizer_reason", "basis", "grid", "starts", "precision", "seed", "rows", "epochs", "best_epoch", "best_loss", "stop_reason", "seconds", "samples_per_second", "error_on", "error", "constant", "choices", "warnings"],
            Names(fit));
        Assert.Equal(["rows", "rmse", "mae", "r2"], Names(fit.GetProperty("error")));
        Assert.Equal("test", fit.GetProperty("error_on").GetString());
        Assert.Equal(24, fit.GetProperty("error").GetProperty("rows").GetInt32());
        Assert.Equal("budget_reached", fit.GetProperty("stop_reason").GetString());
        JsonElement evaluated = CliFolder.Run("evaluate", folder["m.safetensors"], folder["table.csv"], "--json").Expect(0).Json();
        Assert.Equal(["command", "model", "task", "rows", "rmse", "mae", "r2", "dropped", "samples_per_second", "peak_memory_mb"], Names(evaluated));
        Assert.True(evaluated.GetProperty("samples_per_second").GetDouble() > 0);
        Assert.True(evaluated.GetProperty("peak_memory_mb").GetDouble() > 1);
        JsonElement inspected = CliFolder.Run("inspect", folder["m.safetensors"], "--json").Expect(0).Json();
        Assert.Equal([4, 3, 1], inspected.GetProperty("width").EnumerateArray().Select(width => width.GetInt32()));
        Assert.Equal(["a", "b", "kind=left", "kind=right"], inspected.GetProperty("features").EnumerateArray().Select(name => name.GetString()!));
    }

    [Fact]
    public void Classes_are_evaluated_with_accuracy_f1_log_loss_and_confusion()
    {
        using var folder = new CliFolder();
        string model = folder["m.safetensors"], table = folder.Table();
        CliFolder.Run("fit", table, "--target", "class", "--exclude", "y", "--epochs", "60", "--out", model).Expect(0);
        JsonElement result = CliFolder.Run("evaluate", model, table, "--json").Expect(0).Json();
        Assert.Equal(
            ["command", "model", "task", "rows", "accuracy", "macro_f1", "log_loss", "classes", "confusion", "dropped", "samples_per_second", "peak_memory_mb"],
            Names(result));
        Assert.True(result.GetProperty("accuracy").GetDouble() > 0.85, result.ToString());
        Assert.Equal(120, result.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(count => count.GetInt32())));
        string text = CliFolder.Run("evaluate", model, table).Expect(0).Out;
        Assert.Contains("high, very", text);
        Assert.Contains("macro-F1", text);
    }

    [Theory]
    [InlineData("f32")]
    [InlineData("f64")]
    public void Predictions_are_those_of_the_model(string precision)
    {
        using var folder = new CliFolder();
        string model = folder["m.safetensors"], table = folder.Table();
        CliFolder.Run(["fit", table, "--target", "y", .. Short, "--precision", precision, "--out", model]).Expect(0);
        CliFolder.Run("predict", model, table, "--out", folder["p.csv"]).Expect(0);
        double[] expected = precision == "f32"
            ? ModelFile.LoadTabular<float>(model).Predict(Csv.Read(table)).Values
            : ModelFile.LoadTabular<double>(model).Predict(Csv.Read(table)).Values;
        Table predicted = Csv.Read(folder["p.csv"]);
        Assert.Equal("y", Assert.Single(predicted.Columns).Name);
        Assert.Equal(expected, predicted["y"].Numbers.ToArray());
        JsonElement json = CliFolder.Run("predict", model, table, "--json").Expect(0).Json();
        JsonElement fourth = json.GetProperty("predictions")[3];
        Assert.Equal(expected[3], fourth.GetProperty("y").GetDouble());
        Assert.Equal(5, fourth.GetProperty("line").GetInt32());
    }

    [Fact]
    public void Labels_are_quoted_where_needed_and_rows_that_are_left_out_stay_as_empty_cells()
    {
        using var folder = new CliFolder();
        string model = folder["m.safetensors"];
        CliFolder.Run("fit", folder.Table(), "--target", "class", "--exclude", "y", "--missing", "drop", "--epochs", "5", "--out", model).Expect(0);
        string gaps = folder.Write("gaps.csv", "a,b,kind\n0.1,0.2,left\n,0.2,left\n0.9,-0.9,right\n");
        CliResult result = CliFolder.Run("predict", model, gaps).Expect(0);
        string[] lines = result.Out.Split('\n');
        Assert.Equal("class,\"p(high, very)\",p(low)", lines[0]);
        Assert.Equal(",,", lines[2]);
        Assert.Equal(5, lines.Length);
        Table read = Csv.Read(new StringReader(result.Out));
        Assert.Equal(1, read["p(high, very)"].Numbers[2] + read["p(low)"].Numbers[2], 1e-6);
        Assert.Contains("1 rows with missing cells were left out", result.Error);
        CliResult stopped = CliFolder.Run("predict", model, gaps, "--missing", "error").Expect(1);
        Assert.Contains("gaps.csv: row 3, column 'a': the cell is missing", stopped.Error);
        Assert.DoesNotContain(",,", CliFolder.Run("predict", model, gaps, "--missing", "mean").Expect(0).Out);
    }

    [Fact]
    public void Own_texts_for_missing_cells_and_codes_as_texts_are_understood()
    {
        using var folder = new CliFolder();
        string table = folder.Write("codes.csv", "x,code,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 20 == 7 ? "n/a" : i)},{i % 3},{i + i % 3}.5\n")));
        string[] line = ["fit", table, "--target", "y", "--epochs", "2", "--out", folder["m.safetensors"]];
        Assert.Contains("'n/a' is not a number", CliFolder.Run(line).Expect(1).Error);
        Assert.Contains("one of 3", CliFolder.Run([.. line, "--na", "n/a,-"]).Expect(1).Error);
        CliFolder.Run([.. line, "--na", "n/a,-", "--text", "code", "--missing", "mean"]).Expect(0);
        Assert.Equal(["x", "code=0", "code=1", "code=2"], ModelFile.LoadTabular<float>(folder["m.safetensors"]).Encoding.FeatureNames);
        CliFolder.Run("evaluate", folder["m.safetensors"], table, "--na", "n/a", "--text", "code").Expect(0);
        Assert.Contains("--text 'q'", CliFolder.Run([.. line, "--na", "n/a", "--text", "q"]).Expect(2).Error);
    }

    [Fact]
    public void The_culture_of_the_machine_changes_nothing()
    {
        using var folder = new CliFolder();
        string table = folder.Table();
        string[] line = ["fit", table, "--target", "y", .. Short, "--lr", "0.02", "--validation", "0.25", "--json", "--out"];
        CliFolder.Run([.. line, folder["a.safetensors"]]).Expect(0);
        string plain = CliFolder.Run("predict", folder["a.safetensors"], table).Expect(0).Out;
        using (new GermanCulture())
        {
            CliResult german = CliFolder.Run([.. line, folder["b.safetensors"]]).Expect(0);
            Assert.True(german.Json().GetProperty("error").GetProperty("rmse").GetDouble() > 0);
            Assert.Equal(plain, CliFolder.Run("predict", folder["b.safetensors"], table).Expect(0).Out);
            CliFolder.Run("plot", folder["b.safetensors"], "--beta", "2.5", "--out", folder["n.svg"]).Expect(0);
            CliFolder.Run("inspect", folder["b.safetensors"]).Expect(0);
        }

        Assert.Equal(File.ReadAllBytes(folder["a.safetensors"]), File.ReadAllBytes(folder["b.safetensors"]));
    }

    [Fact]
    public void Threads_do_not_change_the_model()
    {
        using var folder = new CliFolder();
        string table = folder.Table();
        CliFolder.Run(["fit", table, "--target", "y", .. Short, "--threads", "1", "--out", folder["one.safetensors"]]).Expect(0);
        CliFolder.Run(["fit", table, "--target", "y", .. Short, "--threads", "3", "--out", folder["three.safetensors"]]).Expect(0);
        Assert.Equal(File.ReadAllBytes(folder["one.safetensors"]), File.ReadAllBytes(folder["three.safetensors"]));
    }

    [Fact]
    public void Several_targets_a_perceptron_and_lbfgs_are_trained()
    {
        using var folder = new CliFolder();
        string table = folder.Table();
        JsonElement several = CliFolder.Run("fit", table, "--target", "y,b", "--exclude", "class", "--epochs", "5", "--json", "--out", folder["s.safetensors"]).Expect(0).Json();
        Assert.Equal(["y", "b"], Names(several.GetProperty("error").GetProperty("targets")));
        CliFolder.Run("fit", table, "--target", "y", "--exclude", "class", "--mlp", "--epochs", "5", "--out", folder["mlp.safetensors"]).Expect(0);
        Assert.IsType<Mlp<float>>(ModelFile.LoadTabular<float>(folder["mlp.safetensors"]).Network);
        CliResult lbfgs = CliFolder.Run("fit", table, "--target", "y", "--exclude", "class", "--width", "4,2,1", "--optimizer", "lbfgs", "--lambda", "1e-4", "--epochs", "4", "--out", folder["l.safetensors"]).Expect(0);
        Assert.Contains("precision: f64", lbfgs.Error);
        Assert.Equal(TabularTask.Regression, ModelFile.LoadTabular<double>(folder["l.safetensors"]).Task);
        Assert.Contains("an mlp", CliFolder.Run("plot", folder["mlp.safetensors"]).Expect(1).Error);
    }

    [Fact]
    public void Diverged_training_ends_with_1_and_keeps_the_best_model()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run("fit", folder.Table(), "--target", "y", "--exclude", "class", "--optimizer", "sgd", "--lr", "1e30", "--epochs", "20", "--out", folder["m.safetensors"]).Expect(1);
        Assert.Contains("diverged", result.Error);
        Assert.All(ModelFile.LoadTabular<float>(folder["m.safetensors"]).Predict(Csv.Read(folder["table.csv"])).Values, value => Assert.True(double.IsFinite(value)));
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    /// <summary>Numbers differ in the last digits between processors; their places and the words do not.</summary>
    private static string Digits(string text) =>
        string.Join('\n', Regex.Replace(text, @"(?<![\w.])-?\d[\d,.]*(e-?\d+)?", "#").Split('\n').Select(line => Regex.Replace(line.TrimEnd(), @"(?<=\S) {2,}", "  ")));
}
