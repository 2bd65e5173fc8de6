using System.Buffers.Binary;
using System.Text.Json;
using System.Xml.Linq;
using KanSharp.Autodiff;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Tests.Interchange.TensorBoard;
using KanSharp.Training;

namespace KanSharp.Tests.Cli;

/// <summary>kan train, resume, evaluate and tune on images.</summary>
public sealed class TrainTests
{
    private static readonly string[] Short = ["--preset", "kkan-small", "--batch", "16", "--lr", "0.01", "--schedule", "constant"];

    [Fact]
    public void A_run_learns_and_leaves_everything_in_its_folder()
    {
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run(["train", Images(folder), .. Short, "--epochs", "6", "--run", folder["run"], "--tensorboard", folder["events"], "--json"]).Expect(0).Json();
        Assert.Equal("test", json.GetProperty("judged_on").GetString());
        Assert.True(json.GetProperty("accuracy").GetDouble() > 0.9, json.ToString());
        Assert.Equal(200, json.GetProperty("train_images").GetInt32());
        Assert.Equal(40, json.GetProperty("validation_images").GetInt32());
        string[] files = [.. Directory.EnumerateFiles(folder["run"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["best.safetensors", "checkpoint.safetensors", "confusion.svg", "image-run.json", "loss.svg", "metrics.csv", "metrics.jsonl", "mistakes.svg", "report.html"], files);
        List<EventFile.Entry> events = EventFile.Read(Assert.Single(Directory.GetFiles(folder["events"])));
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Where(entry => entry.Tag == "metrics/accuracy").Select(entry => entry.Step));
        Assert.Equal([1, 6], events.Where(entry => entry.Tag == "network").Select(entry => entry.Step));
        foreach (string svg in (string[])["confusion.svg", "loss.svg", "mistakes.svg"])
            _ = XDocument.Load(folder[$"run/{svg}"]);
        Assert.Contains("already holds a run", CliFolder.Run(["train", folder["images"], .. Short, "--run", folder["run"]]).Expect(1).Error);
        Assert.Contains("is an image model", CliFolder.Run("predict", folder["run"], folder.Table()).Expect(1).Error);

        JsonElement measured = CliFolder.Run("evaluate", folder["run"], folder["images"], "--confusion", folder["c.svg"], "--mistakes", folder["m.svg"], "--json").Expect(0).Json();
        Assert.Equal(json.GetProperty("accuracy").GetDouble(), measured.GetProperty("accuracy").GetDouble());
        Assert.Equal(60, measured.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(count => count.GetInt32())));
        Assert.Equal(60 - measured.GetProperty("mistakes").GetArrayLength(), (int)Math.Round(60 * measured.GetProperty("accuracy").GetDouble()));
        Assert.True(File.Exists(folder["c.svg"]) && File.Exists(folder["m.svg"]));
        CliFolder.Run(["train", folder["images"], .. Short, "--epochs", "0", "--out", folder["fresh.safetensors"]]).Expect(0);
        CliFolder.Run("evaluate", folder["fresh.safetensors"], folder["images"], "--mistakes", folder["m.png"]).Expect(0);
        Assert.True(File.Exists(folder["m.png"]));
        Assert.Contains("true class", CliFolder.Run("evaluate", folder["run"], folder["images"], "--part", "train").Expect(0).Out);
        Assert.Contains("kkan-small", CliFolder.Run("inspect", folder["run"]).Expect(0).Out);
        JsonElement inspected = CliFolder.Run("inspect", folder["run"], "--json").Expect(0).Json();
        Assert.Equal(inspected.GetProperty("parameters").GetInt64(), inspected.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("parameters").GetInt64()));
        CliFolder.Run("plot", "--loss", folder["run"], "--out", folder["loss.svg"]).Expect(0);
        _ = XDocument.Load(folder["loss.svg"]);
        CliFolder.Run("plot", folder["run"], "--out", folder["kernels.svg"]).Expect(0);
        Assert.True(XDocument.Load(folder["kernels.svg"]).Descendants().Count(element => element.Name.LocalName == "rect") >= 5 * 9);
    }

    [Theory]
    [InlineData("kkan-small")]
    [InlineData("kan-classifier")]
    public void A_run_that_goes_on_equals_one_that_never_stopped(string preset)
    {
        using var folder = new CliFolder();
        string[] line = ["train", Images(folder), "--preset", preset, "--batch", "16", "--lr", "0.01", "--schedule", "constant", "--augment", "shift=2,rotate=10", "--average", "0.9", "--grid-updates", "3"];
        CliFolder.Run([.. line, "--epochs", "4", "--run", folder["whole"]]).Expect(0);
        CliFolder.Run([.. line, "--epochs", "2", "--run", folder["parts"]]).Expect(0);
        CliFolder.Run("resume", folder["parts"], "--epochs", "4").Expect(0);
        ImageModel<float> whole = ImageModelFile.Load<float>(folder["whole/best.safetensors"]), parts = ImageModelFile.Load<float>(folder["parts/best.safetensors"]);
        foreach (((string path, Parameter<float> one), (_, Parameter<float> other)) in whole.Network.Parameters().Zip(parts.Network.Parameters()))
            Assert.True(one.Value.Span.SequenceEqual(other.Value.Span), path);
        foreach (((string path, StateTensor<float> one), (_, StateTensor<float> other)) in whole.Network.States().Zip(parts.Network.States()))
            Assert.True(one.Value.Span.SequenceEqual(other.Value.Span), path);
    }

    [Fact]
    public void A_cancelled_run_keeps_the_best_model()
    {
        using var folder = new CliFolder();
        CliResult cancelled = CliFolder.RunUntilLine(folder["run/metrics.jsonl"], ["train", Images(folder), .. Short, "--epochs", "2000", "--run", folder["run"], "--json"]).Expect(130);
        Assert.Equal("cancelled", cancelled.Json().GetProperty("stop_reason").GetString());
        Assert.True(cancelled.Json().GetProperty("best_epoch").GetInt32() >= 1);
        _ = ImageModelFile.Load<float>(folder["run/best.safetensors"]);
    }

    [Fact]
    public void A_search_chooses_on_validation_images_and_tests_once()
    {
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run("tune", Images(folder), "--preset", "cnn-small", "--draws", "3", "--epochs", "4", "--lr", "1e-5,0.01", "--batch", "8,16", "--weight-decay", "0", "--out", folder["tuned.safetensors"], "--json").Expect(0).Json();
        JsonElement[] trials = [.. json.GetProperty("trials").EnumerateArray()];
        Assert.Equal(3, trials.Length);
        JsonElement chosen = Assert.Single(trials, trial => trial.GetProperty("chosen").GetBoolean());
        Assert.Equal(trials.Max(trial => trial.GetProperty("validation_accuracy").GetDouble()), chosen.GetProperty("validation_accuracy").GetDouble());
        Assert.Equal(0.01, chosen.GetProperty("learning_rate").GetDouble());
        Assert.Equal("test", json.GetProperty("judged_on").GetString());
        _ = ImageModelFile.Load<float>(folder["tuned.safetensors"]);
    }

    [Fact]
    public void A_search_survives_a_trial_that_diverges_and_has_an_honest_end_without_test_images()
    {
        using var folder = new CliFolder();
        string images = Images(folder);
        foreach (string file in Directory.GetFiles(images, "t10k*"))
            File.Delete(file);
        JsonElement json = CliFolder.Run("tune", images, "--preset", "cnn-small", "--draws", "2", "--epochs", "2", "--lr", "0.01,1e30", "--batch", "16", "--weight-decay", "0", "--out", folder["t.safetensors"], "--json").Expect(0).Json();
        Assert.Equal("validation of the trial", json.GetProperty("judged_on").GetString());
        Assert.Equal(json.GetProperty("trials").EnumerateArray().Max(trial => trial.GetProperty("validation_accuracy").GetDouble()), json.GetProperty("accuracy").GetDouble());
        Assert.Contains("no test images", CliFolder.Run("evaluate", folder["t.safetensors"], images, "--part", "test").Expect(2).Error);
        Assert.Equal("all", CliFolder.Run("evaluate", folder["t.safetensors"], images, "--json").Expect(0).Json().GetProperty("part").GetString());
    }

    [Fact]
    public void A_cancelled_search_leaves_the_file_as_it_was()
    {
        using var folder = new CliFolder();
        File.WriteAllText(folder["old.safetensors"], "old");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        CliFolder.Run(cancelled.Token, "tune", Images(folder), "--preset", "cnn-small", "--out", folder["old.safetensors"]).Expect(130);
        CliFolder.Run(cancelled.Token, "train", folder["images"], "--preset", "cnn-small", "--out", folder["old.safetensors"]).Expect(130);
        Assert.Equal("old", File.ReadAllText(folder["old.safetensors"]));
    }

    [Fact]
    public void Parts_with_other_classes_are_refused_before_training()
    {
        using var folder = new CliFolder();
        foreach ((string place, int count) in new[] { ("train/cat", 3), ("train/dog", 3), ("test/cat", 2), ("test/wolf", 2) })
        {
            Directory.CreateDirectory(folder[$"pets/{place}"]);
            for (int image = 0; image < count; image++)
                File.WriteAllText(folder[$"pets/{place}/{image}.pgm"], "P2 16 16 255 " + string.Join(' ', Enumerable.Range(0, 256).Select(pixel => (pixel + image) % 256)));
        }

        Assert.Contains("the classes to train on are cat, dog, those to test on cat, wolf", CliFolder.Run("train", folder["pets"], "--preset", "cnn-small", "--out", folder["x"]).Expect(1).Error);
    }

    [Theory]
    [InlineData("neither a known data set", "train", "nowhere")]
    [InlineData("expected one of mlp1", "train", "mnist", "--preset", "resnet")]
    [InlineData("--augment is 'twirl=2'", "train", "IMAGES", "--augment", "twirl=2")]
    [InlineData("leaves nothing of 240 images", "train", "IMAGES", "--validation", "240")]
    [InlineData("no KAN layers", "train", "IMAGES", "--preset", "mlp1", "--basis", "gaussian")]
    [InlineData("kan data get mnist", "train", "mnist", "--from", "EMPTY")]
    [InlineData("is a folder", "train", "IMAGES", "--from", "EMPTY")]
    [InlineData("no published mean", "train", "IMAGES", "--normalize", "known")]
    public void What_is_wrong_is_said(string message, params string[] args)
    {
        using var folder = new CliFolder();
        Directory.CreateDirectory(folder["empty"]);
        string images = Images(folder);
        CliResult result = CliFolder.Run([.. args.Select(word => word == "IMAGES" ? images : word == "EMPTY" ? folder["empty"] : word), .. args.Contains("--out") ? Array.Empty<string>() : ["--out", folder["x.safetensors"]]]);
        Assert.NotEqual(0, result.Code);
        Assert.Contains(message, result.Error);
        Assert.DoesNotContain("should not have happened", result.Error);
    }

    [Fact]
    public void An_image_model_is_not_for_other_images()
    {
        using var folder = new CliFolder();
        CliFolder.Run(["train", Images(folder), .. Short, "--epochs", "1", "--out", folder["m.safetensors"]]).Expect(0);
        string other = Images(folder, "other", side: 18);
        Assert.Contains("1 × 18 × 18", CliFolder.Run("evaluate", folder["m.safetensors"], other).Expect(2).Error);
        Assert.Contains("for models of tables", CliFolder.Run("plot", folder["m.safetensors"], "--edge", "0,0,0").Expect(2).Error);
    }

    /// <summary>A folder of IDX files: a bright bar at one of four places on noise, 240 images to train on and 60 to test.</summary>
    internal static string Images(CliFolder folder, string name = "images", int side = 20)
    {
        Directory.CreateDirectory(folder[name]);
        var random = new Random(5);
        foreach ((string part, int count) in new[] { ("train", 240), ("t10k", 60) })
        {
            var pixels = new byte[count * side * side];
            var labels = new byte[count];
            for (int image = 0; image < count; image++)
            {
                labels[image] = (byte)(image % 4);
                for (int place = 0; place < side * side; place++)
                {
                    int row = place / side, column = place % side;
                    bool bright = labels[image] switch { 0 => row is 4 or 5, 1 => row == side - 5 || row == side - 6, 2 => column is 4 or 5, _ => column == side - 5 || column == side - 6 };
                    pixels[image * side * side + place] = (byte)(random.Next(60) + (bright ? 180 : 0));
                }
            }

            Write(folder[$"{name}/{part}-images-idx3-ubyte"], [count, side, side], pixels);
            Write(folder[$"{name}/{part}-labels-idx1-ubyte"], [count], labels);
        }

        return folder[name];
    }

    private static void Write(string path, int[] shape, byte[] data)
    {
        var bytes = new byte[4 + 4 * shape.Length + data.Length];
        (bytes[2], bytes[3]) = (8, (byte)shape.Length);
        for (int axis = 0; axis < shape.Length; axis++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * axis), shape[axis]);
        data.CopyTo(bytes, 4 + 4 * shape.Length);
        File.WriteAllBytes(path, bytes);
    }
}
