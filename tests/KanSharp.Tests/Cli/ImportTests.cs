using System.Text.Json;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Tests.Interchange.PyTorch;

namespace KanSharp.Tests.Cli;

/// <summary>kan import, and that its models are taken by the other commands.</summary>
public sealed class ImportTests
{
    private static TorchState Two => new TorchState().EfficientKan("module.layers.0.", 2, 3).EfficientKan("module.layers.1.", 3, 1);

    [Fact]
    public void A_checkpoint_becomes_a_model_that_predicts()
    {
        using var folder = new CliFolder();
        string file = Two.Random("unused", 3).Save(folder["state.pt"]), model = folder["model.safetensors"];
        string text = CliFolder.Run("import", file, "--inputs", "a,b", "--target", "z", "--out", model).Expect(0).Out;
        Assert.Contains("recognised  efficient-kan\n", text);
        Assert.Contains("module.layers.0: 2 → 3, B-spline of degree 2 on 3 intervals, base SiLU", text);
        Assert.Contains("assumed     base function SiLU", text);
        Assert.Contains("left out    unused\n", text);
        Assert.Contains("parameters, f64\n", text);
        Assert.Contains("efficient-kan", CliFolder.Run("inspect", model).Expect(0).Out);
        string table = folder.Write("rows.csv", "b,a,z\n0.25,-0.5,1\n0.1,0.75,2\n");
        string predicted = CliFolder.Run("predict", model, table).Expect(0).Out;
        Assert.StartsWith("z\n", predicted);
        double[] expected = ModelFile.LoadTabular<double>(model).Predict([-0.5, 0.25, 0.75, 0.1]);
        Assert.Equal(expected, predicted.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        Assert.Contains("RMSE", CliFolder.Run("evaluate", model, table).Expect(0).Out);
        CliFolder.Run("plot", model, "--out", folder["net.svg"]).Expect(0);
        Assert.True(File.Exists(folder["net.svg"]));
    }

    [Fact]
    public void Json_has_everything_that_the_text_has()
    {
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run("import", Two.Save(folder["state.pt"]), "--set", "base=gelu", "--precision", "f32", "--json", "--out", folder["m.safetensors"]).Expect(0).Json();
        Assert.Equal(
            ["command", "model", "family", "precision", "parameters", "width", "layers", "notes", "assumptions", "unmapped", "warnings"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("f32", json.GetProperty("precision").GetString());
        Assert.Equal([2, 3, 1], json.GetProperty("width").EnumerateArray().Select(width => width.GetInt32()));
        Assert.DoesNotContain(json.GetProperty("assumptions").EnumerateArray(), line => line.GetString()!.Contains("base", StringComparison.Ordinal));
        Assert.True(ModelFile.Inspect(folder["m.safetensors"]).IsSingle);
    }

    [Fact]
    public void Wrong_use_says_what_is_allowed()
    {
        using var folder = new CliFolder();
        string file = Two.Save(folder["state.pt"]), model = folder["m.safetensors"];
        Assert.Contains("--out MODEL is missing", CliFolder.Run("import", file).Expect(2).Error);
        Assert.Contains("allowed are base, prefix", CliFolder.Run("import", file, "--set", "wavelet=dog", "--out", model).Expect(2).Error);
        Assert.Contains("expected NAME=VALUE", CliFolder.Run("import", file, "--set", "base", "--out", model).Expect(2).Error);
        Assert.Contains("--from is 'torch'; expected one of auto, efficient-kan", CliFolder.Run("import", file, "--from", "torch", "--out", model).Expect(2).Error);
        Assert.Contains("no layers of chebykan", CliFolder.Run("import", file, "--from", "chebykan", "--out", model).Expect(1).Error);
        Assert.Contains("2 inputs and 1 outputs; 3 and 1 names", CliFolder.Run("import", file, "--inputs", "a,b,c", "--out", model).Expect(2).Error);
        Assert.Contains("--inputs is 'a,,b'; expected names", CliFolder.Run("import", file, "--inputs", "a,,b", "--out", model).Expect(2).Error);
        Assert.Contains("--target is ''; expected names", CliFolder.Run("import", file, "--target", "", "--out", model).Expect(2).Error);
        Assert.Contains("there is no such file", CliFolder.Run("import", folder["none.pt"], "--out", model).Expect(1).Error);
        byte[] harm = TorchZip.Make(new PickleWriter().Global("os", "system").Text("echo harm").Raw(0x85).Op('R').Stop());
        File.WriteAllBytes(folder["harm.pt"], harm);
        Assert.Contains("Python object of class os.system; save model.state_dict() instead", CliFolder.Run("import", folder["harm.pt"], "--out", model).Expect(1).Error);
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void What_is_read_is_never_written_over()
    {
        using var folder = new CliFolder();
        string file = Two.Save(folder["state.pt"]), state = Two.Save(folder["m_state"]);
        foreach (string name in (string[])["state_config.yml", "m_config.yml", "m_cache_data"])
            folder.Write(name, "kept");
        (string Input, string Output)[] same =
        [
            (file, file), (file, Path.Combine(folder.Path, ".", "state.pt")), (file, folder["state_config.yml"]), (folder["m"], state), (folder["m"], folder["m_config.yml"]),
            (folder["m"], folder["m_cache_data"]), (state, state), (state, folder["m_config.yml"]), (folder["m_config.yml"], state),
        ];
        byte[] before = File.ReadAllBytes(file);
        foreach ((string input, string output) in same)
        {
            string error = CliFolder.Run("import", input, "--out", output).Expect(2).Error;
            Assert.Contains($"--out {output} is the", error);
            Assert.Contains("it would be overwritten", error);
        }

        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Equal("kept", File.ReadAllText(folder["m_config.yml"]));
        CliFolder.Run("import", file, "--out", folder["state.safetensors"]).Expect(0);
    }

    [Fact]
    public void A_link_to_what_is_read_is_found()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Links need a right of their own on Windows.");
        using var folder = new CliFolder();
        string file = Two.Save(folder["state.pt"]);
        File.CreateSymbolicLink(folder["link.pt"], file);
        Assert.Contains("is the same file as", CliFolder.Run("import", folder["link.pt"], "--out", file).Expect(2).Error);
        Assert.Contains("is the same file as", CliFolder.Run("import", file, "--out", folder["link.pt"]).Expect(2).Error);
    }

    [Fact]
    public void Arrays_of_NumPy_are_a_source_as_well()
    {
        using var folder = new CliFolder();
        Npz.Write(folder["m.npz"], Two.Tensors.Select(tensor => new KeyValuePair<string, NpyArray>(tensor.Name, NpyArray.Create<float>([.. tensor.Values.Select(value => (float)value)], tensor.Shape))));
        Assert.Contains("parameters, f32", CliFolder.Run("import", folder["m.npz"], "--from", "efficient-kan", "--out", folder["m.safetensors"]).Expect(0).Out);
    }
}
