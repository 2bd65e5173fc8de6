using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Cli;
using KanSharp.Tests.Interchange.PyTorch;

namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>Recognition and assembly without Python: sources, prefixes, order, normalisations, settings, and what is refused.</summary>
public sealed class CheckpointImportTests : IDisposable
{
    private readonly CliFolder _folder = new();

    private static TorchState Two(string prefix = "") => new TorchState().EfficientKan(prefix + "layers.0.", 2, 3).EfficientKan(prefix + "layers.1.", 3, 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_sources_give_the_same_network()
    {
        TorchState state = Two();
        double[] expected = Predict(Import(state).Network);
        Npz.Write(_folder["m.npz"], state.Tensors.Select(tensor => new KeyValuePair<string, NpyArray>(tensor.Name, NpyArray.Create<double>(tensor.Values, tensor.Shape))));
        new SafetensorsFile(state.Tensors.Select(tensor => SafetensorsTensor.Create<double>(tensor.Name, tensor.Values, tensor.Shape))).Save(_folder["m.safetensors"]);
        foreach (string file in (string[])["m.npz", "m.safetensors"])
            Assert.Equal(expected, Predict(CheckpointImport.Read<double>(_folder[file]).Network));
        foreach (string prefix in (string[])["module.", "model.", "_orig_mod.", "a.b.0."])
        {
            ImportResult<double> result = Import(Two(prefix));
            Assert.Equal([2, 3, 1], ((KanNetwork<double>)result.Network).Widths);
            Assert.Empty(result.Report.Unmapped);
        }
    }

    [Fact]
    public void The_network_computes_what_its_layers_compute()
    {
        TorchState state = Two();
        var tensors = new NamedTensors<double>(state.Tensors.ToDictionary(tensor => tensor.Name, tensor => new Tensor<double>(new Shape(tensor.Shape), tensor.Values)));
        var own = new KanNetwork<double>(PublishedLayers.EfficientKan(tensors.Below("layers.0.")), PublishedLayers.EfficientKan(tensors.Below("layers.1.")));
        ImportResult<double> result = Import(state);
        Assert.Equal(Predict(own), Predict(result.Network));
        Assert.Equal("efficient-kan", result.Report.Family);
        Assert.Equal(["layers.0: 2 → 3, B-spline of degree 2 on 3 intervals, base SiLU", "layers.1: 3 → 1, B-spline of degree 2 on 3 intervals, base SiLU"], result.Report.Layers);
        Assert.Contains(result.Report.Assumptions, line => line.StartsWith("base function SiLU", StringComparison.Ordinal));
        Assert.Empty(result.Report.Warnings);
        Assert.NotEqual(Predict(own), Predict(Import(state, "base", "gelu").Network));
    }

    [Fact]
    public void Ten_layers_and_more_are_in_the_order_of_their_numbers()
    {
        var state = new TorchState();
        foreach (int layer in (int[])[10, 2, 0, 9, 1, 3, 4, 5, 6, 7, 8])
            state.EfficientKan($"layers.{layer}.", layer + 1, layer + 2);
        Assert.Equal(Enumerable.Range(1, 12), ((KanNetwork<double>)Import(state).Network).Widths);
    }

    [Theory]
    [InlineData("between", false)]
    [InlineData("between", true)]
    [InlineData("list", false)]
    [InlineData("list", true)]
    [InlineData("last", false)]
    [InlineData("last", true)]
    [InlineData("first", false)]
    [InlineData("first", true)]
    public void Normalisations_compute_what_they_did(string place, bool batch)
    {
        TorchState state = place switch
        {
            "between" => new TorchState().EfficientKan("net.0.", 2, 3).Norm("net.1.", 3, batch).EfficientKan("net.2.", 3, 2),
            "list" => new TorchState().EfficientKan("net.0.", 2, 3).EfficientKan("net.1.", 3, 2).Norm("norms.0.", 3, batch),
            "last" => new TorchState().EfficientKan("net.0.", 2, 3).EfficientKan("net.2.", 3, 2).Norm("net.3.", 2, batch),
            _ => new TorchState().Norm("net.0.", 2, batch).EfficientKan("net.1.", 2, 3).EfficientKan("net.2.", 3, 2),
        };
        var tensors = new NamedTensors<double>(state.Tensors.ToDictionary(tensor => tensor.Name, tensor => new Tensor<double>(new Shape(tensor.Shape), tensor.Values)));
        string[] order = place == "list" ? ["net.0.", "norms.0.", "net.1."] : [.. state.Tensors.Select(tensor => tensor.Name[..6]).Distinct()];
        var parts = order.Select(owner => tensors.Has(owner + "grid") ? PublishedLayers.EfficientKan(tensors.Below(owner)) : Norm(tensors.Below(owner), batch));
        ImportResult<double> result = Import(state);
        double[] expected = Predict(new Sequential<double>([.. parts])), actual = Predict(result.Network);
        Assert.Empty(result.Report.Unmapped);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 1e-12);

        // what becomes of it can be saved and loaded
        ModelFile.Save(_folder["m.safetensors"], result.ToTabularModel());
        Assert.Equal(actual, Predict(ModelFile.LoadNetwork<double>(_folder["m.safetensors"])));
    }

    [Fact]
    public void Numbers_of_normalisations_tell_their_places_where_a_file_is_sorted_by_name()
    {
        TorchState state = new TorchState().Random("chebykan1.cheby_coeffs", 2, 4, 4).Norm("ln1.", 4, batch: false).Random("chebykan2.cheby_coeffs", 4, 3, 4).Norm("ln2.", 3, batch: false)
            .Random("chebykan3.cheby_coeffs", 3, 1, 4);
        new SafetensorsFile(state.Tensors.Select(tensor => SafetensorsTensor.Create<double>(tensor.Name, tensor.Values, tensor.Shape))).Save(_folder["m.safetensors"]);
        ImportResult<double> sorted = CheckpointImport.Read<double>(_folder["m.safetensors"]);
        Assert.Equal(Predict(Import(state).Network), Predict(sorted.Network));
        Assert.Contains("each normalisation stands after the layer of its number", sorted.Report.Assumptions);
    }

    [Fact]
    public void Families_may_follow_each_other()
    {
        TorchState state = new TorchState().EfficientKan("a.", 2, 3).Random("b.cheby_coeffs", 3, 2, 4).Random("c.fouriercoeffs", 2, 1, 2, 3);
        ImportResult<double> result = Import(state);
        Assert.Equal([2, 3, 2, 1], ((KanNetwork<double>)result.Network).Widths);
        Assert.Equal("efficient-kan + chebykan + fourierkan", result.Report.Family);
        Assert.Contains("order of the layers: a, b, c", result.Report.Assumptions);
    }

    [Fact]
    public void What_is_left_over_is_said()
    {
        ImportReport report = Import(Two().Random("head.weight", 4, 1).Random("scale")).Report;
        Assert.Equal(["head.weight", "scale"], report.Unmapped);
        Assert.Single(report.Warnings, line => line.StartsWith("tensors were left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_and_families_are_checked()
    {
        Assert.Equal("There is no setting 'wavelet' for efficient-kan; allowed are base, prefix.", Assert.Throws<ArgumentException>(() => Import(Two(), "wavelet", "dog")).Message);
        Assert.StartsWith("The setting base is 'none'; allowed: silu, gelu", Assert.Throws<ArgumentException>(() => Import(Two(), "base", "none")).Message);
        TorchState wavelets = new TorchState().Random("w.wavelet_weights", 2, 2).Add("w.scale", [2, 2], 1, 1, 1, 1).Random("w.translation", 2, 2);
        Assert.Contains("allowed: mexican-hat, morlet, dog, meyer, shannon", Assert.Throws<ArgumentException>(() => Import(wavelets, "wavelet", "haar")).Message);
        Assert.Equal(Predict(Import(wavelets).Network), Predict(Import(wavelets, "wavelet", "mexican_hat").Network));
        var options = new ImportOptions { Family = "mlp" };
        Assert.StartsWith("There is no family 'mlp'; known are efficient-kan", Assert.Throws<ArgumentException>(() => CheckpointImport.Read<double>(Two().Save(_folder["m.pt"]), options)).Message);
    }

    [Fact]
    public void Tensors_that_make_no_network_say_why()
    {
        Assert.Contains("layers.1 takes 4 inputs, but layers.0 before it gives 3", Refused(new TorchState().EfficientKan("layers.0.", 2, 3).EfficientKan("layers.1.", 4, 1)));
        Assert.Contains("no layers of any known family", Refused(new TorchState().Random("fc.weight", 3, 2).Random("fc.bias", 3)));
        Assert.Contains("no layers of chebykan: no name ends with 'cheby_coeffs'", Refused(Two(), "chebykan"));
        Assert.Contains("layer 'layers.0': BaseWeight has shape", Refused(new TorchState().Random("layers.0.base_weight", 9, 9).Random("layers.0.spline_weight", 3, 2, 5).Random("layers.0.grid", 2, 8)));
        Assert.Contains("layer 'layers.0'", Refused(new TorchState().Random("layers.0.base_weight", 3, 2).Random("layers.0.spline_weight", 3, 2, 5).Random("layers.0.grid", 2, 4)));
        Assert.Contains("each activation goes with the linear layer after it", Refused(new TorchState().Random("act.weight_numerator", 1, 6).Random("act.weight_denominator", 2, 4)));
        Assert.Contains("before version 0.2", Refused(new TorchState().Random("act_fun.0.coef", 10, 8).Random("act_fun.0.grid", 10, 12)));
        Assert.Contains("no published architecture", Refused(new TorchState().EfficientKan("conv1.convs.0.conv.", 4, 1)));
        Assert.Contains("bad.bin: neither a file of torch.save", Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(_folder.Write("bad.bin", "hello, world"))).Message);
        ModelFile.Save(_folder["own.safetensors"], KanNetwork<double>.Create([2, 1]));
        Assert.Contains("a model of KanSharp already", Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(_folder["own.safetensors"])).Message);
    }

    [Theory]
    [InlineData(double.NaN, "spline_weight", "tensor 'layers.0.spline_weight': holds NaN in double precision; parameters of a model are finite")]
    [InlineData(double.NegativeInfinity, "base_weight", "tensor 'layers.0.base_weight': holds -Infinity in double precision")]
    [InlineData(double.NaN, "grid", "layer 'layers.0'")]
    public void Numbers_that_are_not_finite_are_refused(double number, string name, string message)
    {
        TorchState state = Two();
        state.Tensors.First(tensor => tensor.Name == "layers.0." + name).Values[1] = number;
        Assert.Contains(message, Refused(state));

        // what is left out may hold anything
        Assert.Equal(["left"], Import(Two().Add("left", [1], number)).Report.Unmapped);
    }

    [Fact]
    public void Numbers_beyond_the_precision_are_refused()
    {
        TorchState state = Two();
        state.Tensors.First(tensor => tensor.Name == "layers.1.base_weight").Values[0] = 1e300;
        Import(state);
        string message = Assert.Throws<ModelFileException>(() => CheckpointImport.Read<float>(_folder["m.pt"])).Message;
        Assert.Equal("m.pt: tensor 'layers.1.base_weight': holds Infinity in single precision; parameters of a model are finite", message);
    }

    [Fact]
    public void Messages_name_no_parameter_of_the_code()
    {
        TorchState state = Two();
        Array.Fill(state.Tensors.First(tensor => tensor.Name == "layers.0.grid").Values, 0);
        string message = Refused(state);
        Assert.StartsWith("m.pt: layer 'layers.0': ", message);
        Assert.DoesNotContain("(Parameter", message);
    }

    [Fact]
    public void A_weight_and_a_bias_alone_are_said_to_be_a_layer_normalisation()
    {
        const string Line = "a weight and a bias of one length without running statistics are a layer normalisation (nn.LayerNorm)";
        TorchState Between(bool batch) => new TorchState().EfficientKan("net.0.", 2, 3).Norm("net.1.", 3, batch).EfficientKan("net.2.", 3, 1);
        Assert.Contains(Line, Import(Between(batch: false)).Report.Assumptions);
        Assert.DoesNotContain(Line, Import(Between(batch: true)).Report.Assumptions);
    }

    [Fact]
    public void A_prefix_chooses_one_of_two_networks()
    {
        TorchState state = Two("net.").EfficientKan("ema.layers.0.", 2, 3).EfficientKan("ema.layers.1.", 3, 1);
        Assert.Contains("prefix=TEXT", Refused(state));
        Assert.Equal([2, 3, 1], ((KanNetwork<double>)Import(state, "prefix", "ema.").Network).Widths);
    }

    [Fact]
    public void A_model_for_tables_has_names()
    {
        ImportResult<double> result = Import(Two());
        Assert.Equal(["x1", "x2"], result.ToTabularModel().Encoding.FeatureNames);
        Assert.Equal(["a", "b"], result.ToTabularModel(["a", "b"], ["z"]).Encoding.FeatureNames);
        Assert.Equal(["z"], result.ToTabularModel(["a", "b"], ["z"]).Encoding.Target.Columns);
        Assert.Throws<ArgumentException>(() => result.ToTabularModel(["a"]));
        Assert.Throws<ArgumentException>(result.ToImageModel);
    }

    private ImportResult<double> Import(TorchState state, string? setting = null, string value = "") => CheckpointImport.Read<double>(
        state.Save(_folder["m.pt"]), new ImportOptions { Settings = setting is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [setting] = value } });

    private string Refused(TorchState state, string? family = null)
    {
        string path = state.Save(_folder["m.pt"]);
        string message = Assert.Throws<ModelFileException>(() => CheckpointImport.Read<double>(path, new ImportOptions { Family = family })).Message;
        Assert.StartsWith("m.pt: ", message);
        return message;
    }

    private static Module<double> Norm(NamedTensors<double> tensors, bool batch)
    {
        int features = tensors.Take("weight", 1).Shape.Count;
        Module<double> norm = batch ? new BatchNorm<double>(features) : new LayerNorm<double>(features);
        foreach ((string path, Parameter<double> parameter) in norm.Parameters())
            tensors.CopyTo(path, parameter.Value);
        foreach ((string path, StateTensor<double> part) in norm.States())
            tensors.CopyTo(path, part.Value);
        return norm;
    }

    private static double[] Predict(Module<double> network) =>
        network.Predict(new Tensor<double>(new Shape(5, 2), [.. Enumerable.Range(0, 10).Select(index => 0.9 * Math.Sin(index))])).Span.ToArray();
}
