using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange;

public class ModelFileTests
{
    [Fact]
    public void EveryOptionOfALayerSurvives()
    {
        var options = new KanLinearOptions
        {
            Basis = new BSplineOptions { Degree = 2, Intervals = 4, Low = -2, High = 3.5, Outside = OutsideGrid.Zero },
            BaseActivation = Activation.GELU,
            EdgeScale = false,
            Bias = true,
            Mask = true,
        };
        KanNetwork<double> network = KanNetwork<double>.Create([3, 4, 2], options, seed: 5);
        network.SetTrainable(false, "layers.1.base_weight");
        network.Layers[0].Mask!.Value[1, 2] = 0;
        byte[] bytes = ModelFile.ToFile(network, null).ToBytes();
        var loaded = (KanNetwork<double>)ModelFile.ToNetwork<double>(SafetensorsFile.Parse(bytes), null);

        Assert.Equal([3, 4, 2], loaded.Widths);
        Assert.Equal(options.Basis, loaded.Layers[0].Options.Basis);
        Assert.Equal(["layers.1.base_weight"], loaded.Parameters().Where(entry => !entry.Parameter.Trainable).Select(entry => entry.Path));
        Tensor<double> x = Inputs(20, 3);
        Assert.Equal(Predict(network, x), Predict(loaded, x));
        Assert.Equal(bytes, ModelFile.ToFile(loaded, null).ToBytes());
    }

    [Fact]
    public void MlpSurvives()
    {
        Mlp<float> network = Mlp<float>.Create([3, 7, 2], Activation.Tanh, seed: 1);
        byte[] bytes = ModelFile.ToFile(network, null).ToBytes();
        var loaded = (Mlp<float>)ModelFile.ToNetwork<float>(SafetensorsFile.Parse(bytes), null);
        Tensor<float> x = Inputs(20, 3).Cast<float>();
        Assert.Equal(Predict(network, x), Predict(loaded, x));
        Assert.Equal(bytes, ModelFile.ToFile(loaded, null).ToBytes());
    }

    [Theory]
    [InlineData(TaskKind.Regression)]
    [InlineData(TaskKind.Classification)]
    public void TabularModelsSurviveByteByByte(TaskKind task)
    {
        TabularModel<float> model = Tabular<float>(task);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ModelFile.Save(path, model);
            byte[] first = File.ReadAllBytes(path);
            TabularModel<float> loaded = ModelFile.LoadTabular<float>(path);
            ModelFile.Save(path, loaded);
            Assert.Equal(first, File.ReadAllBytes(path));
            Assert.Equal(model.Units, loaded.Units);
            Assert.Equal(model.Notes, loaded.Notes);
            Assert.Equal(model.Predict(Rows()).Values, loaded.Predict(Rows()).Values);
            ModelFileInfo info = ModelFile.Inspect(path);
            Assert.Equal(("kan", true, true), (info.Kind, info.IsTabular, info.IsSingle));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AnotherPrecisionIsConverted()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([2, 3, 1], seed: 3);
        SafetensorsFile file = ModelFile.ToFile(network, null);
        var wide = (KanNetwork<double>)ModelFile.ToNetwork<double>(file, null);
        Assert.Equal(network.Layers[0].Coefficients.Value.Span.ToArray().Select(value => (double)value), wide.Layers[0].Coefficients.Value.Span.ToArray());
        float[] narrow = Predict(network, Inputs(10, 2).Cast<float>());
        double[] exact = Predict(wide, Inputs(10, 2));
        for (int index = 0; index < narrow.Length; index++)
            Assert.Equal(exact[index], narrow[index], 1e-5);
    }

    [Theory]
    [InlineData("format", "onnx", "format 'onnx'")]
    [InlineData("format_version", "2", "version '2'")]
    [InlineData("spec", "{", "structure is damaged")]
    [InlineData("spec", "{\"kind\":\"kan\",\"layers\":[],\"frozen\":[]}", "at least one layer")]
    [InlineData("spec", "{\"kind\":\"forest\"}", "kind is 'forest'")]
    [InlineData("spec", "{\"kind\":\"mlp\",\"widths\":[100000,100000],\"activation\":\"SiLU\",\"frozen\":[]}", "needs 10000000000 numbers")]
    public void WrongMetadataAreNamed(string key, string value, string message)
    {
        SafetensorsFile good = ModelFile.ToFile(KanNetwork<double>.Create([2, 1]), null);
        var metadata = new Dictionary<string, string>(good.Metadata) { [key] = value };
        var error = Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(new SafetensorsFile(good.Tensors, metadata), "m.safetensors"));
        Assert.Contains(message, error.Message);
        Assert.Equal("m.safetensors", error.FileName);
    }

    [Fact]
    public void WrongTensorsAreNamed()
    {
        SafetensorsFile good = ModelFile.ToFile(KanNetwork<double>.Create([2, 1]), null);
        SafetensorsFile Without(string name, params SafetensorsTensor[] instead) =>
            new([.. good.Tensors.Where(tensor => tensor.Name != name), .. instead], good.Metadata);
        void Fails(SafetensorsFile file, string message) =>
            Assert.Contains(message, Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(file, null)).Message);

        Fails(Without("layers.0.coefficients"), "tensor 'layers.0.coefficients': missing");
        Fails(Without("layers.0.base_weight", SafetensorsTensor.Create<double>("layers.0.base_weight", [1, 2], 1, 2)), "has shape [1, 2]");
        Fails(Without("layers.0.base_weight", SafetensorsTensor.Create<double>("layers.0.base_weight", [1, double.NaN], 2, 1)), "NaN");
        Fails(Without("layers.0.base_weight", SafetensorsTensor.Create<long>("layers.0.base_weight", [1L, 2L], 2, 1)), "Int64");
        var knots = new double[24];
        Fails(Without("layers.0.knots", SafetensorsTensor.Create<double>("layers.0.knots", knots, 2, 12)), "no length");
    }

    /// <summary>Every layer of this structure fits into the file, all of them together do not: 999 layers of 10⁶ weights.</summary>
    [Fact]
    public void LayersThatTogetherNeedMoreThanTheFileHoldsAreRefused()
    {
        string widths = string.Join(",", Enumerable.Repeat("1000", 1000));
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "kan",
            ["format_version"] = "1",
            ["spec"] = $"{{\"kind\":\"mlp\",\"widths\":[{widths}],\"activation\":\"SiLU\",\"frozen\":[]}}",
        };
        var file = new SafetensorsFile([SafetensorsTensor.Create<byte>("filler", new byte[1_000_000], 1_000_000)], metadata);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(file, null));
        Assert.Contains("needs 999000000 numbers", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void LayersWithoutInputsOrOutputsAreRefused()
    {
        SafetensorsFile good = ModelFile.ToFile(KanNetwork<double>.Create([1, 1]), null);
        foreach ((int inputs, int outputs) in new[] { (0, 1), (1, 0) })
        {
            string spec = good.Metadata["spec"].Replace("\"inputs\":1,\"outputs\":1", $"\"inputs\":{inputs},\"outputs\":{outputs}", StringComparison.Ordinal);
            var tensors = good.Tensors.Select(tensor =>
            {
                int[] shape = tensor.Name.EndsWith("knots", StringComparison.Ordinal) ? [inputs, tensor.Shape[1]]
                    : tensor.Name.EndsWith("coefficients", StringComparison.Ordinal) ? [inputs, tensor.Shape[1], outputs] : [inputs, outputs];
                return SafetensorsTensor.Create<double>(tensor.Name, new double[shape.Aggregate(1, (product, size) => product * size)], shape);
            });
            var file = new SafetensorsFile(tensors, new Dictionary<string, string>(good.Metadata) { ["spec"] = spec });
            Assert.Contains("at least 1 input and 1 output", Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(file, null)).Message);
        }
    }

    [Fact]
    public void TensorsThatTheStructureDoesNotNameAreRefused()
    {
        foreach (SafetensorsFile good in new[] { ModelFile.ToFile(KanNetwork<double>.Create([2, 1]), null), ModelFile.ToFile(Mlp<double>.Create([2, 1]), null) })
        {
            var file = new SafetensorsFile([.. good.Tensors, SafetensorsTensor.Create<double>("layers.1.bias", [1.0], 1)], good.Metadata);
            string message = Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(file, "m")).Message;
            Assert.StartsWith("m: tensor 'layers.1.bias': the structure does not name it", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4, 3, "takes 4 inputs; the encoding has 3 features")]
    [InlineData(3, 2, "has 2 outputs; a Multiclass model with this encoding needs 3")]
    public void NetworksOfOtherWidthsThanTheEncodingAreRefused(int inputs, int outputs, string message)
    {
        TabularModel<double> model = Tabular<double>(TaskKind.Classification);
        var tabular = new TabularSpec(model.Encoding, model.InputScaling, null, model.Units, model.Notes);
        foreach (Module<double> network in new Module<double>[] { KanNetwork<double>.Create([inputs, 2, outputs]), Mlp<double>.Create([inputs, 2, outputs]) })
        {
            SafetensorsFile file = ModelFile.ToFile(network, tabular);
            Assert.Contains(message, Assert.Throws<ModelFileException>(() => ModelFile.ToTabular<double>(file, null)).Message);
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => new TabularModel<double>(network, model.Encoding, model.InputScaling, null)).Message);
        }
    }

    [Fact]
    public void AnEncodingWithoutFeaturesIsRefused()
    {
        SafetensorsFile good = ModelFile.ToFile(Tabular<double>(TaskKind.Classification));
        System.Text.Json.Nodes.JsonNode spec = System.Text.Json.Nodes.JsonNode.Parse(good.Metadata["spec"])!;
        spec["tabular"]!["encoding"]!["features"] = new System.Text.Json.Nodes.JsonArray();
        spec["tabular"]!["input_scaling"] = System.Text.Json.Nodes.JsonNode.Parse("{\"center\":[],\"spread\":[]}");
        var file = new SafetensorsFile(good.Tensors, new Dictionary<string, string>(good.Metadata) { ["spec"] = spec.ToJsonString() });
        Assert.Throws<ModelFileException>(() => ModelFile.ToTabular<double>(file, null));
    }

    [Fact]
    public void BareNetworkIsNoTabularModel()
    {
        SafetensorsFile file = ModelFile.ToFile(KanNetwork<double>.Create([2, 1]), null);
        Assert.Contains("bare network", Assert.Throws<ModelFileException>(() => ModelFile.ToTabular<double>(file, null)).Message);
    }

    [Fact]
    public void CustomModulesAreRefused() =>
        Assert.Throws<NotSupportedException>(() => ModelFile.ToFile(new Sequential<double>(), null));

    /// <summary>Tables of degree 10 on one interval are 119 times as large as the layer; the file takes 2 MB, the table would take 1 GB.</summary>
    [Fact]
    public void BasisTablesMuchLargerThanTheFileAreRefused()
    {
        const int Inputs = 40_000;
        string spec = ModelFile.ToFile(KanNetwork<double>.Create([1, 1], new BSplineOptions { Degree = 10, Intervals = 1, Outside = OutsideGrid.Zero }), null).Metadata["spec"];
        var file = new SafetensorsFile(
            [Zeros("layers.0.knots", Inputs, 22), Zeros("layers.0.coefficients", Inputs, 11, 1), Zeros("layers.0.base_weight", Inputs, 1)],
            new Dictionary<string, string>
            {
                ["format"] = "kan",
                ["format_version"] = "1",
                ["spec"] = spec.Replace("\"inputs\":1,", $"\"inputs\":{Inputs},", StringComparison.Ordinal).Replace("\"edge_scale\":true", "\"edge_scale\":false", StringComparison.Ordinal),
            });
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(file, null)).Message;
        Assert.Contains($"more than 64 times the {Inputs * 34} numbers of the file", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        static SafetensorsTensor Zeros(string name, params int[] shape) => new(name, ElementType.Float16, shape, new byte[2 * shape.Aggregate(1, (product, size) => product * size)]);
    }

    [Fact]
    public void MutatedFilesNeverCrash()
    {
        Mutate(ModelFile.ToFile(Tabular<float>(TaskKind.Classification)).ToBytes(), 20_000, file => ModelFile.ToTabular<float>(file, null));
        SafetensorsFile steep = ModelFile.ToFile(KanNetwork<float>.Create([2, 2, 1], new BSplineOptions { Degree = 10, Intervals = 2 }, seed: 4), null);
        SafetensorsTensor[] halves = [.. steep.Tensors.Select(tensor => new SafetensorsTensor(
            tensor.Name, ElementType.Float16, tensor.Shape.ToArray(), System.Runtime.InteropServices.MemoryMarshal.AsBytes(tensor.ToArray<double>().Select(value => (Half)value).ToArray().AsSpan()).ToArray()))];
        Mutate(new SafetensorsFile(halves, steep.Metadata).ToBytes(), 5_000, file => ModelFile.ToNetwork<double>(file, null));
        Mutate(ModelFile.ToFile(MixedNetworks.Create<double>().WithInputs([2, 0, 1]), null).ToBytes(), 3_000, file => ModelFile.ToNetwork<double>(file, null));
    }

    private static void Mutate(byte[] original, int mutations, Action<SafetensorsFile> load)
    {
        load(SafetensorsFile.Parse(original));
        var random = new Random(7);
        int loaded = 0;
        int rejected = 0;
        for (int mutation = 0; mutation < mutations; mutation++)
        {
            byte[] bytes = FileMutations.Mutate(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                load(SafetensorsFile.Parse(bytes));
                loaded++;
            }
            catch (ModelFileException)
            {
                rejected++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 256 * 1024 + 64 * bytes.Length, $"mutation {mutation}: {allocated} bytes for a file of {bytes.Length}");
        }

        Assert.True(loaded > 100, $"{loaded} loaded");
        Assert.True(rejected > mutations / 4, $"{rejected} rejected");
    }

    private static TabularModel<T> Tabular<T>(TaskKind task)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var target = task == TaskKind.Regression ? new TargetEncoding(task, ["y"], []) : new TargetEncoding(task, ["y"], ["no", "yes", "perhaps"]);
        var encoding = new TableEncoding(
            [new FeatureEncoding("speed", null, [1.5]), new FeatureEncoding("kind \"x\"", ["a", "ü"], [0.25, 0.75])], target, MissingValues.Mean, UnknownCategories.Zeros);
        LinearScaling? scaling = task == TaskKind.Regression ? new LinearScaling([10], [2.5]) : null;
        return new TabularModel<T>(
            KanNetwork<T>.Create([3, 2, target.Outputs], new BSplineOptions { Intervals = 2 }, seed: 4),
            encoding,
            new LinearScaling([0.1, 0.2, 1.0 / 3], [1, 2, 3]),
            scaling,
            new Dictionary<string, string> { ["speed"] = "m/s" },
            new Dictionary<string, string> { ["seed"] = "4" });
    }

    private static Table Rows() => new([new TableColumn("kind \"x\"", ["a", "ü", "a"]), new TableColumn("speed", [1.0, double.NaN, 3])]);

    private static Tensor<double> Inputs(int rows, int features)
    {
        var x = new Tensor<double>(new Shape(rows, features));
        new SplitRandom(9).FillUniform(x.Span, -1.5, 1.5);
        return x;
    }

    private static T[] Predict<T>(Module<T> network, Tensor<T> x)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        network.Forward(new Tape<T> { RecordsGradients = false }.Constant(x)).Values.ToArray();
}
