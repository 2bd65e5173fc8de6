using System.Globalization;
using System.Text;
using System.Text.Json;
using KanSharp.Data;

namespace KanSharp.Tests.Cli;

/// <summary>Commands that turn a model into another: refine, prune.</summary>
public sealed class EditTests
{
    [Theory]
    [InlineData("f32", 1e-4)]
    [InlineData("f64", 1e-10)]
    public void Refining_keeps_the_predictions(string precision, double tolerance)
    {
        using var folder = new CliFolder();
        string table = Table(folder), model = Model(folder, table, precision, "3,2,1");
        string text = CliFolder.Run("refine", model, "--grid", "16,24", "--out", folder["fine.safetensors"]).Expect(0).Out;
        Assert.DoesNotContain("RMSE", text);
        double[] before = Predict(folder, model, table), after = Predict(folder, folder["fine.safetensors"], table);
        for (int row = 0; row < before.Length; row++)
            Assert.Equal(before[row], after[row], tolerance);
        Assert.Contains("refined to grid 16,24", CliFolder.Run("inspect", folder["fine.safetensors"]).Expect(0).Out);
        JsonElement json = CliFolder.Run("refine", model, "--grid", "40", "--data", table, "--json", "--out", folder["moved.safetensors"]).Expect(0).Json();
        Assert.Equal(["command", "model", "parameters", "layers", "before", "after", "notes"], Names(json));
        Assert.Equal([40, 40], json.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("grid").GetInt32()));
        Assert.Equal(json.GetProperty("before").GetProperty("rmse").GetDouble(), json.GetProperty("after").GetProperty("rmse").GetDouble(), 1e-3);
    }

    [Fact]
    public void Pruning_removes_what_does_not_matter_and_a_dry_run_writes_nothing()
    {
        using var folder = new CliFolder();
        string table = Table(folder), model = Model(folder, table, "f64", "3,1");
        string[] line = ["prune", model, table, "--inputs", "0.02", "--json", "--out", folder["small.safetensors"]];
        JsonElement dry = CliFolder.Run([.. line, "--dry-run"]).Expect(0).Json();
        Assert.False(File.Exists(folder["small.safetensors"]));
        Assert.Equal(JsonValueKind.Null, dry.GetProperty("model").ValueKind);
        JsonElement json = CliFolder.Run(line).Expect(0).Json();
        Assert.Equal(
            ["command", "model", "dry_run", "width_before", "width", "edges_before", "edges", "removed_inputs", "kept_edges", "removed_edges", "before", "after", "notes"],
            Names(json));
        Assert.Equal(dry.GetProperty("removed_edges").ToString(), json.GetProperty("removed_edges").ToString());
        Assert.Equal(["noise"], json.GetProperty("removed_inputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([2, 1], json.GetProperty("width").EnumerateArray().Select(width => width.GetInt32()));
        JsonElement evaluated = CliFolder.Run("evaluate", folder["small.safetensors"], table, "--json").Expect(0).Json();
        Assert.Equal(json.GetProperty("after").GetProperty("rmse").GetDouble(), evaluated.GetProperty("rmse").GetDouble(), 1e-9);
        Assert.True(evaluated.GetProperty("rmse").GetDouble() < 0.05);
        string text = CliFolder.Run("prune", model, table, "--dry-run", "--keep-edges", "2").Expect(0).Out;
        Assert.Contains("goes", text);
        Assert.Contains("3 -> 2 edges", text);
    }

    [Fact]
    public void Least_harm_removes_what_the_error_allows()
    {
        using var folder = new CliFolder();
        string table = Table(folder), model = Model(folder, table, "f64", "3,1");
        JsonElement json = CliFolder.Run("prune", model, table, "--least-harm", "20", "--json", "--out", folder["small.safetensors"]).Expect(0).Json();
        Assert.Equal(["noise"], json.GetProperty("removed_inputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(2, json.GetProperty("steps").GetArrayLength());
        Assert.False(json.GetProperty("steps")[1].GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public void Training_after_pruning_lowers_the_error()
    {
        using var folder = new CliFolder();
        string table = Table(folder), model = Model(folder, table, "f64", "3,3,1");
        string[] line = ["prune", model, table, "--keep-edges", "6", "--dry-run", "--json"];
        double cut = After(CliFolder.Run(line)), trained = After(CliFolder.Run([.. line, "--refit", "10"]));
        Assert.True(trained < cut / 10, $"{cut} {trained}");
        string small = Model(folder, table, "f32", "3,2,1");
        Assert.True(After(CliFolder.Run("prune", small, table, "--keep-edges", "5", "--refit", "3", "--dry-run", "--json")) > 0);
    }

    /// <summary>y = 10 + 3·sin(2a) + b², and a column of noise.</summary>
    private static string Table(CliFolder folder)
    {
        var text = new StringBuilder("a,b,noise,y\n");
        for (int row = 0; row < 200; row++)
        {
            double a = 1.5 * Math.Sin(row * 1.7), b = 2 * Math.Cos(row * 0.9), noise = Math.Sin(row * row);
            text.Append(CultureInfo.InvariantCulture, $"{a:R},{b:R},{noise:R},{10 + 3 * Math.Sin(2 * a) + b * b:R}\n");
        }

        return folder.Write("t.csv", text.ToString());
    }

    private static string Model(CliFolder folder, string table, string precision, string width)
    {
        string model = folder["m.safetensors"];
        string[] optimizer = precision == "f64" ? ["--optimizer", "lm", "--grid", "8", "--epochs", "25"] : ["--optimizer", "adamw", "--epochs", "10"];
        CliFolder.Run(["fit", table, "--target", "y", "--precision", precision, "--width", width, .. optimizer, "--out", model]).Expect(0);
        return model;
    }

    private static double[] Predict(CliFolder folder, string model, string table)
    {
        CliFolder.Run("predict", model, table, "--out", folder["p.csv"]).Expect(0);
        return Csv.Read(folder["p.csv"])["y"].Numbers.ToArray();
    }

    private static double After(CliResult result) => result.Expect(0).Json().GetProperty("after").GetProperty("rmse").GetDouble();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
