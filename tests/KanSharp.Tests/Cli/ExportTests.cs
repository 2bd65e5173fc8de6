using System.Text.Json;
using KanSharp.Data.Images;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Networks.Images;
using KanSharp.Tests.Interchange.Onnx;
using KanSharp.Training;

namespace KanSharp.Tests.Cli;

/// <summary>kan export.</summary>
public sealed class ExportTests
{
    [Fact]
    public void A_model_becomes_an_onnx_file_that_predicts_the_same()
    {
        using var folder = new CliFolder();
        string table = folder.Table(), model = folder["model.safetensors"], file = folder["model.onnx"];
        CliFolder.Run("fit", table, "--target", "y", "--exclude", "class", "--precision", "f64", "--width", "4,2,1", "--epochs", "1", "--out", model).Expect(0);
        string text = CliFolder.Run("export", model, "--to", "onnx", "--out", file).Expect(0).Out;
        Assert.Contains("model.onnx", text);
        Assert.Contains("f64", text);
        TabularModel<double> loaded = ModelFile.LoadTabular<double>(model);
        double[] row = [.. Enumerable.Range(0, loaded.Encoding.Inputs).Select(column => 0.3 + (0.1 * column))];
        Assert.Equal(loaded.Predict(row)[0], OnnxRun.First(File.ReadAllBytes(file), row, row.Length)[0], 1e-10);
        JsonElement json = CliFolder.Run("export", model, "--out", file, "--precision", "f32", "--json").Expect(0).Json();
        Assert.Equal(["command", "model", "target", "file", "numbers", "bytes", "notes"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("onnx", "f32", new FileInfo(file).Length), (json.GetProperty("target").GetString(), json.GetProperty("numbers").GetString(), json.GetProperty("bytes").GetInt64()));
        Assert.Equal(loaded.Predict(row)[0], OnnxRun.First(File.ReadAllBytes(file), row, row.Length)[0], 1e-4);
    }

    [Fact]
    public void A_bare_network_is_exported_too()
    {
        using var folder = new CliFolder();
        string model = folder["net.safetensors"];
        ModelFile.Save(model, KanNetwork<float>.Create([2, 3, 1]));
        CliFolder.Run("export", model, "--to", "onnx", "--out", folder["net.onnx"]).Expect(0);
        Assert.Single(OnnxRun.First(File.ReadAllBytes(folder["net.onnx"]), [0.1, 0.2], 2));
    }

    [Fact]
    public void An_image_model_is_exported_too()
    {
        using var folder = new CliFolder();
        string model = folder["images.safetensors"], file = folder["images.onnx"];
        ImageNetwork<float> network = ImagePresets.Named("kkan-small").Create<float>(new ImageShape(1, 28, 28, 3));
        ImageModelFile.Save(model, new ImageModel<float>(network, ImageNormalization.Mnist, ["a", "b", "c"]));
        JsonElement json = CliFolder.Run("export", model, "--out", file, "--json").Expect(0).Json();
        Assert.Equal("f32", json.GetProperty("numbers").GetString());
        Assert.Equal(6, OnnxRun.Images(File.ReadAllBytes(file), new double[2 * 28 * 28], 1, 28, 28).Length);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        using var folder = new CliFolder();
        string model = folder["net.safetensors"];
        ModelFile.Save(model, KanNetwork<float>.Create([2, 3, 1]));
        Assert.Contains("--to", CliFolder.Run("export", model).Expect(2).Error);
        Assert.Contains("--to", CliFolder.Run("export", model, "--out", folder["net.xyz"]).Expect(2).Error);
        Assert.Contains("one of onnx", CliFolder.Run("export", model, "--to", "paper").Expect(2).Error);
        Assert.Contains("folder", CliFolder.Run("export", model, "--to", "onnx", "--out", folder["missing/net.onnx"]).Expect(2).Error);
        Assert.Contains("no such model", CliFolder.Run("export", folder["none"], "--to", "onnx").Expect(1).Error);
    }
}
