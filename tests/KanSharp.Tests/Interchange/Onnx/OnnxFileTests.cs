using KanSharp.Bases;
using KanSharp.Data.Images;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx;
using KanSharp.Interchange.Onnx.Messages;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Networks.Images;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Docs;
using KanSharp.Tests.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>The files themselves: form, names, sizes, errors, and the checker of Python's onnx package.</summary>
public class OnnxFileTests
{
    private const string Checker = """
        import glob, sys
        import onnx, onnx.checker
        names = sorted(glob.glob('*.onnx'))
        for name in names:
            model = onnx.load(name)
            onnx.checker.check_model(model, full_check=True)
            assert model.ir_version == 8 and model.opset_import[0].version == 17
        print('checked', len(names))
        """;

    [Fact]
    public void A_file_begins_with_its_version_and_names_its_operators()
    {
        byte[] file = Small();
        Assert.Equal([0x08, 0x08, 0x12, 0x08], file[..4]);
        Assert.Equal("KanSharp"u8.ToArray(), file[4..12]);
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        Assert.Equal((8, 17, ""), (model.IrVersion, model.OpsetImport[0].Version, model.OpsetImport[0].Domain));
        Assert.Equal(file, Small());
    }

    [Fact]
    public void Inputs_and_outputs_have_any_number_of_rows()
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(Small()).Graph;
        ValueInfoProto input = Assert.Single(graph.Input), output = Assert.Single(graph.Output);
        Assert.Equal(("input", "output"), (input.Name, output.Name));
        Assert.Equal("N", input.Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal((3, 2), (input.Type.TensorType.Shape.Dim[1].DimValue, output.Type.TensorType.Shape.Dim[1].DimValue));
        byte[] file = Small();
        Assert.Equal(2, OnnxRun.First(file, [0.1, 0.2, 0.3], 3).Length);
        Assert.Equal(14, OnnxRun.First(file, new double[21], 3).Length);
        Assert.Empty(OnnxRun.First(file, [], 3));
    }

    /// <summary>Unique names, nodes after what they read, nothing that is not used, no more than one copy of a constant's bytes that matter.</summary>
    [Fact]
    public void Graphs_are_in_order()
    {
        foreach (LoweredModel model in Models())
        {
            GraphProto graph = OnnxWriter.Model(model, new OnnxOptions()).Graph;
            var known = new HashSet<string>(graph.Initializer.Select(tensor => tensor.Name).Append("input"));
            Assert.Equal(graph.Initializer.Count + 1, known.Count);
            var used = new HashSet<string>(graph.Output.Select(value => value.Name));
            foreach (NodeProto node in graph.Node)
            {
                Assert.NotEmpty(node.Name);
                Assert.All(node.Input, name => Assert.Contains(name, known));
                used.UnionWith(node.Input);
                Assert.All(node.Output, name => Assert.True(known.Add(name), name));
            }

            Assert.Equal(graph.Node.Count, graph.Node.Select(node => node.Name).Distinct().Count());
            Assert.Empty(known.Except(used));
            Assert.All(graph.Node.SelectMany(node => node.Attribute), attribute => Assert.NotEqual(AttributeProto.Types.AttributeType.Undefined, attribute.Type));
        }
    }

    [Fact]
    public void Names_are_in_the_metadata()
    {
        LoweredModel model = ModelLowering.Of(["height \"h\"", "größe"], [("area", Expression.Parse("2*x").Substitute(new Dictionary<string, Expression> { ["x"] = Expression.Variable("größe") }))]);
        var notes = new Dictionary<string, string> { ["data"] = "houses.csv" };
        Dictionary<string, string> metadata = OnnxWriter.Model(model with { Notes = notes }, new OnnxOptions()).MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal("""["height \"h\"","größe"]""", metadata["kan.features"]);
        Assert.Equal("""["area"]""", metadata["kan.outputs"]);
        Assert.Equal("""{"data":"houses.csv"}""", metadata["kan.notes"]);
    }

    /// <summary>Coefficients and base weights once each; grids of its own for every input are the rest.</summary>
    [Theory]
    [InlineData("b-spline", 1.05)]
    [InlineData("hat", 1.05)]
    [InlineData("gaussian", 1.05)]
    [InlineData("chebyshev", 1.05)]
    [InlineData("relu", 1.15)]
    [InlineData("fourier", 1.05)]
    [InlineData("sine", 1.05)]
    [InlineData("mexican-hat", 1.05)]
    [InlineData("meyer", 1.05)]
    public void A_file_is_hardly_larger_than_its_parameters(string family, double most)
    {
        KanNetwork<float> network = KanNetwork<float>.Create([64, 128, 32], OnnxCases.Family(KanFamilies.Named(family), 6) with { EdgeScale = false });
        if (family is "b-spline" or "hat")
            network.UpdateGrid(OnnxCases.Inputs<float>(new SplitRandom(3), 300, 64), new GridUpdateOptions { Epsilon = 0.2 });
        long parameters = 4L * network.Parameters().Sum(entry => entry.Parameter.Value.Shape.Count);
        long size = OnnxRun.File(ModelLowering.Of(network), OnnxPrecision.Model).LongLength;
        double room = family is "b-spline" or "hat" ? most + 0.1 : most;
        Assert.InRange(size, parameters * 0.9, parameters * room);
    }

    [Fact]
    public void What_can_not_be_exported_is_named_and_no_file_is_touched()
    {
        using ScratchFolder folder = new();
        string path = Path.Combine(folder.Path, "model.onnx");
        File.WriteAllText(path, "before");
        Assert.Contains("Linear", Assert.Throws<NotSupportedException>(() => OnnxExport.Save(path, Linear<float>.Create(2, 2, new SplitRandom(1)))).Message, StringComparison.Ordinal);
        KanNetwork<double> guarded = KanNetwork<double>.Create([1, 1]).WithSymbolicEdge(0, 0, 0, FunctionCatalog.Standard["1/x"].Protected(10));
        Assert.Contains("avoids singularities", Assert.Throws<NotSupportedException>(() => OnnxExport.Save(path, guarded)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxExport.Save(path, KanNetwork<float>.Create([1, 1]), new OnnxOptions { Precision = (OnnxPrecision)7 }));
        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => OnnxExport.Save(path, ["x"], [("y", Expression.Parse("x + z"))])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OnnxExport.Save(path, ["x"], []));
        Assert.Equal("before", File.ReadAllText(path));
    }

    [Fact]
    public void Streams_and_files_hold_the_same()
    {
        using ScratchFolder folder = new();
        string path = Path.Combine(folder.Path, "model.onnx");
        KanNetwork<float> network = KanNetwork<float>.Create([3, 4, 2], seed: 1);
        OnnxExport.Save(path, network);
        using var stream = new MemoryStream();
        OnnxExport.Save(stream, network);
        Assert.True(stream.CanWrite);
        Assert.Equal(File.ReadAllBytes(path), stream.ToArray());
        Assert.Equal(Small(), stream.ToArray());
    }

    [Fact]
    public void The_checker_of_python_accepts_every_file()
    {
        using ScratchFolder folder = new();
        if (CommandLineProcess.Run(PythonProgram.Name, ["-c", "import onnx, onnx.checker"], folder.Path).Code != 0)
            Assert.Skip($"{PythonProgram.Name} has no onnx package: the files were not checked by it.");
        int count = 0;
        foreach (LoweredModel model in Models())
        {
            File.WriteAllBytes(Path.Combine(folder.Path, $"single{count}.onnx"), OnnxRun.File(model, OnnxPrecision.Single));
            File.WriteAllBytes(Path.Combine(folder.Path, $"double{count++}.onnx"), OnnxRun.File(model, OnnxPrecision.Double));
        }

        foreach (ImagePreset preset in ImagePresets.All.Where(preset => !preset.Name.Contains("big", StringComparison.Ordinal)))
        {
            var shape = new ImageShape(1, 28, 28, 3);
            OnnxExport.Save(Path.Combine(folder.Path, $"{preset.Name}.onnx"), new ImageModel<float>(preset.Create<float>(shape), ImageNormalization.Mnist, ["a", "b", "c"]));
            OnnxExport.Save(Path.Combine(folder.Path, $"{preset.Name}-double.onnx"), new ImageModel<double>(preset.Create<double>(shape), ImageNormalization.Mnist, ["a", "b", "c"]));
        }

        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, ["-c", Checker], folder.Path);
        Assert.True(code == 0, output);
        Assert.Contains($"checked {Directory.GetFiles(folder.Path, "*.onnx").Length}", output, StringComparison.Ordinal);
    }

    /// <summary>A model of each family, each wavelet, each function, with probabilities, and mixed ones.</summary>
    private static IEnumerable<LoweredModel> Models()
    {
        foreach (KanFamily family in KanFamilies.All)
            yield return ModelLowering.Of(KanNetwork<float>.Create([3, 4, 2], OnnxCases.Family(family, 3)));
        foreach (WaveletKind kind in Enum.GetValues<WaveletKind>())
            yield return ModelLowering.Of(KanNetwork<float>.Create([2, 1], new WaveletOptions { Kind = kind, PublishedForm = true }));
        yield return ModelLowering.Of(KanNetwork<float>.Create([2, 1], new BSplineOptions { Outside = OutsideGrid.Zero }));
        yield return ModelLowering.Of(MixedNetworks.Create<double>().WithInputs([2, 0, 1]));
        yield return ModelLowering.Of(MixedNetworks.Formula<double>());
        foreach (CatalogFunction function in FunctionCatalog.Standard)
            yield return ModelLowering.Of(["x", "y"], [("z", function.Apply(Expression.Variable("y"), 1.5))]);
        foreach (Activation activation in Activation.All)
            yield return ModelLowering.Of(Mlp<float>.Create([2, 3, 1], activation));
        var random = new SplitRandom(77);
        for (int number = 0; number < 20; number++)
            yield return ModelLowering.Of(OnnxCases.Random<double>(random));
        yield return new LoweredModel(["x"], ["no", "yes"], [new ProbabilityStep(1)]);
        yield return new LoweredModel(["x", "y", "z"], ["a", "b", "c"], [new ProbabilityStep(3)]);
    }

    private static byte[] Small() => OnnxRun.File(ModelLowering.Of(KanNetwork<float>.Create([3, 4, 2], seed: 1)), OnnxPrecision.Model);
}
