using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Cli;
using KanSharp.Tests.Interchange.PyTorch;

namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>Checkpoints of pykan made here: several files of one name, without a configuration, with functions that are not known.</summary>
public sealed class PykanImportTests : IDisposable
{
    private const string Config = """
        base_fun_name: silu
        grid: 3
        k: 2
        mult_arity: 2
        symbolic.funs_name.0:
        - - '0'
          - sin
        - - magic
          - '0'
        - - '0'
          - '0'
        symbolic_enabled: true
        width:
        - - 2
          - 0
        - - 1
          - 1
        """;

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_of_one_name_belong_together()
    {
        State().Save(_folder["0.1_state"]);
        _folder.Write("0.1_config.yml", Config);
        new TorchState().Random("x", 5, 2).Save(_folder["0.1_cache_data"]);
        double[]? first = null;
        foreach (string name in (string[])["0.1", "0.1_state", "0.1_config.yml"])
        {
            ImportResult<double> result = CheckpointImport.Read<double>(_folder[name]);
            Assert.Equal("pykan", result.Report.Family);
            Assert.Equal(["configuration: 0.1_config.yml", "0.1_cache_data: inputs [5, 2], not needed"], result.Report.Notes);
            double[] y = Predict(result.Network);
            Assert.Equal(first ??= y, y);
        }

        File.Delete(_folder["0.1_state"]);
        Assert.Contains("0.1_state) is missing", Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(_folder["0.1_config.yml"])).Message);
    }

    [Theory]
    [InlineData("m.pykan.safetensors", "m.pykan_config.yml")]
    [InlineData("m.safetensors", "m_config.yml")]
    [InlineData("m.pt", "m_config.yml")]
    [InlineData("m.pth", "m_config.yml")]
    public void An_exported_network_comes_back_with_the_configuration_beside_it(string file, string config)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = 2, Intervals = 4, Outside = OutsideGrid.Zero }, BaseActivation = Activation.GELU, Mask = true };
        var first = new NodeStage<double>(2, [2, 2]);
        KanLinear<double> numeric = KanLinear<double>.Create(2, first.Subnodes, options, new SplitRandom(3));
        numeric.Mask!.Value[0, 1] = 0;
        numeric.Mask.Value[1, 4] = 0;
        SymbolicEdge[] edges = [new(0, 1, FunctionCatalog.Pykan.Find("sin")!), new(1, 4, FunctionCatalog.Pykan.Find("x^2")!)];
        var symbolic = new SymbolicEdges<double>(2, first.Subnodes, edges, new Tensor<double>(new Shape(2, 4), [1.5, 0.2, 0.7, -0.1, -0.8, 0.3, 1.1, 0.4]));
        var network = new KanNetwork<double>([new KanStage<double>(numeric, symbolic, first), new KanStage<double>(KanLinear<double>.Create(4, 1, options, new SplitRandom(4)), null, null)]);
        PublishedModel published = PublishedTensors.Pykan(network);
        if (file.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            published.Tensors.Save(_folder[file]);
        }
        else
        {
            var state = new TorchState();
            foreach (SafetensorsTensor tensor in published.Tensors.Tensors)
                state.Add(tensor.Name, tensor.Shape.ToArray(), tensor.ToArray<double>());
            state.Save(_folder[file]);
        }

        _folder.Write(config, published.Config!);
        ImportResult<double> result = CheckpointImport.Read<double>(_folder[file]);
        double[] expected = Predict(network), actual = Predict(result.Network);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-13);
        Assert.Equal([$"configuration: {config}"], result.Report.Notes);
        Assert.DoesNotContain(result.Report.Assumptions, line => line.StartsWith("base function", StringComparison.Ordinal));
        Assert.Equal(EdgeMode.Symbolic, ((KanNetwork<double>)result.Network).Mode(0, 0, 1));

        // without it the edges would be splines
        File.Delete(_folder[config]);
        Assert.NotEqual(expected, Predict(CheckpointImport.Read<double>(_folder[file]).Network));
    }

    [Fact]
    public void A_configuration_beside_a_network_of_another_family_is_not_read()
    {
        new TorchState().EfficientKan("layers.0.", 2, 1).Save(_folder["m.pt"]);
        _folder.Write("m_config.yml", "- not pykan");
        Assert.Equal("efficient-kan", CheckpointImport.Read<double>(_folder["m.pt"]).Report.Family);
    }

    [Fact]
    public void Unknown_functions_leave_the_spline_in_place_and_are_said()
    {
        State().Save(_folder["m_state"]);
        _folder.Write("m_config.yml", Config);
        ImportResult<double> result = CheckpointImport.Read<double>(_folder["m"]);
        var network = (KanNetwork<double>)result.Network;
        Assert.Equal(EdgeMode.Symbolic, network.Mode(0, 1, 0));
        Assert.Equal(EdgeMode.Numeric, network.Mode(0, 0, 1));
        Assert.Contains("edge (0, 0, 1) has the unknown function 'magic': its spline stands in for it", result.Report.Warnings);
        Assert.Contains(result.Report.Warnings, line => line.Contains("--inputs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_state_alone_is_read_with_assumptions()
    {
        State(symbolic: false).Save(_folder["m.pt"]);
        ImportReport report = CheckpointImport.Read<double>(_folder["m.pt"]).Report;
        Assert.Contains(report.Assumptions, line => line.StartsWith("base function SiLU", StringComparison.Ordinal));
        Assert.Contains("1 products of 2 factors after layer 0 (arity=N says otherwise)", report.Assumptions);
        var wrong = new ImportOptions { Settings = new Dictionary<string, string> { ["arity"] = "3" } };
        Assert.Contains("products of 3 factors", Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(_folder["m.pt"], wrong)).Message);
        State().Save(_folder["m.pt"]);
        Assert.Contains(CheckpointImport.Read<double>(_folder["m.pt"]).Report.Warnings, line => line.Contains("whose name is not in the file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("base_fun_name: silu", "base_fun_name: wobble", "base function 'wobble', which is not known; say it with base=NAME")]
    [InlineData("- - 1\n  - 1", "- - 2\n  - 1", "is made of|made of 4")]
    [InlineData("width:", "width: 3\nother:", "width: expected a list")]
    [InlineData("mult_arity: 2", "mult_arity: many", "mult_arity: expected whole numbers")]
    [InlineData("  - sin", "  - sin\n  - cos", "for another number of edges than 3 × 2")]
    [InlineData("k: 2", "k: !!python/object/apply:os.system [harm]", "refused: it would construct a Python object")]
    public void Configurations_that_do_not_fit_say_why(string from, string to, string message)
    {
        State().Save(_folder["m_state"]);
        string config = Config.ReplaceLineEndings("\n");
        Assert.Contains(from, config);
        _folder.Write("m_config.yml", config.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(message.Split('|')[^1], Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(_folder["m"])).Message);
    }

    /// <summary>2 inputs, one sum and one product of two: 3 sub-nodes. Edges (1, 0) and (0, 1) are symbolic.</summary>
    private static TorchState State(bool symbolic = true)
    {
        TorchState state = new TorchState()
            .Add("act_fun.0.grid", [2, 8], [.. Enumerable.Range(0, 16).Select(index => (index % 8 - 2) * 2 / 3.0 - 1)])
            .Random("act_fun.0.coef", 2, 3, 5).Random("act_fun.0.scale_base", 2, 3).Random("act_fun.0.scale_sp", 2, 3)
            .Add("act_fun.0.mask", [2, 3], symbolic ? [1, 0, 1, 0, 1, 1] : [1, 1, 1, 1, 1, 1]);
        state.Add("symbolic_fun.0.mask", [3, 2], symbolic ? [0, 1, 1, 0, 0, 0] : new double[6]).Random("symbolic_fun.0.affine", 3, 2, 4);
        return state.Random("subnode_scale_0", 3).Random("subnode_bias_0", 3).Random("node_scale_0", 2).Random("node_bias_0", 2);
    }

    private static double[] Predict(KanSharp.Layers.Module<double> network) =>
        network.Predict(new Tensor<double>(new Shape(4, 2), [.. Enumerable.Range(0, 8).Select(index => 0.9 * Math.Sin(index))])).Span.ToArray();
}
