using System.Text.Json;
using KanSharp.Layers;

namespace KanSharp.Tests.Cli;

/// <summary>Families of functions from the command line.</summary>
public sealed class FamilyTests
{
    public static TheoryData<string> Names => [.. KanFamilies.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_table_is_fitted_saved_and_predicted(string family)
    {
        using var folder = new CliFolder();
        JsonElement fit = CliFolder.Run(
            "fit", folder.Table(), "--target", "y", "--exclude", "class", "--basis", family, "--width", "4,3,1", "--epochs", "30", "--json", "--out", folder["m.safetensors"]).Expect(0).Json();
        Assert.Equal(family, fit.GetProperty("basis").GetString());
        Assert.True(fit.GetProperty("error").GetProperty("rmse").GetDouble() < fit.GetProperty("constant").GetProperty("rmse").GetDouble());
        JsonElement inspected = CliFolder.Run("inspect", folder["m.safetensors"], "--json").Expect(0).Json();
        Assert.Equal(fit.GetProperty("parameters").GetInt64(), inspected.GetProperty("parameters").GetInt64());
        Assert.Equal(KanFamilies.Named(family).Options().Basis.Family, inspected.GetProperty("layers")[0].GetProperty("basis").GetString());
        JsonElement evaluated = CliFolder.Run("evaluate", folder["m.safetensors"], folder["table.csv"], "--json").Expect(0).Json();
        Assert.True(double.IsFinite(evaluated.GetProperty("rmse").GetDouble()));
    }

    [Fact]
    public void Size_and_input_map_reach_the_model()
    {
        using var folder = new CliFolder();
        CliFolder.Run(
            "fit", folder.Table(), "--target", "y", "--exclude", "class", "--basis", "gaussian", "--basis-size", "5", "--input-map", "batch-norm+tanh", "--width", "4,3,1", "--epochs", "5",
            "--out", folder["m.safetensors"]).Expect(0);
        string text = CliFolder.Run("inspect", folder["m.safetensors"]).Expect(0).Out;
        CliFolder.Run(
            "fit", folder.Table(), "--target", "y", "--exclude", "class", "--edge-dropout", "0.1", "--input-noise", "0.05", "--width", "4,3,1", "--epochs", "5", "--out", folder["d.safetensors"]).Expect(0);
        Assert.Contains("gaussian, 5 functions after batch normalisation of tanh", text);
    }

    [Theory]
    [InlineData("--basis gaussian --grid 5", "--basis-size")]
    [InlineData("--basis gaussian --degree 2", "--basis-size")]
    [InlineData("--basis gaussian --optimizer nk", "nk")]
    [InlineData("--basis gaussian --basis-size 1", "Centers is 1")]
    [InlineData("--basis-size 4", "--grid 4")]
    [InlineData("--mlp --basis gaussian", "perceptron")]
    [InlineData("--input-map tanh --grid 3,5", "several grids")]
    [InlineData("--basis gaussian --smoothness 0.1", "splines")]
    [InlineData("--basis splines", "b-spline")]
    [InlineData("--edge-dropout 0.1 --optimizer lm", "adamw")]
    [InlineData("--edge-dropout 0.1 --mlp", "perceptron")]
    [InlineData("--edge-dropout 1", "expected a number")]
    [InlineData("--edge-dropout 0.2 --basis dog", "wavelets")]
    public void What_does_not_go_together_is_said(string options, string hint)
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(["fit", folder.Table(), "--target", "y", "--exclude", "class", .. options.Split(' ')]).Expect(2);
        Assert.Contains(hint, result.Error);
    }

    [Fact]
    public void Families_are_listed_and_drawn()
    {
        using var folder = new CliFolder();
        string text = CliFolder.Run("families", "--pictures", folder["pictures"]).Expect(0).Out;
        JsonElement json = CliFolder.Run("families", "--json").Expect(0).Json();
        Assert.Equal(KanFamilies.All.Count, json.GetProperty("families").GetArrayLength());
        foreach (KanFamily family in KanFamilies.All)
        {
            Assert.Contains(family.Summary, text);
            string picture = File.ReadAllText(Path.Combine(folder["pictures"], family.Name + ".svg"));
            Assert.Contains("<path", picture);
            Assert.DoesNotContain("NaN", picture);
            string approved = Path.Combine(Workplace.Root, "docs", "pictures", "families", family.Name + ".svg");
            Assert.True(File.Exists(approved) && File.ReadAllText(approved) == picture, $"{approved} is not what the code draws: kan families --pictures docs/pictures/families");
        }
    }
}
