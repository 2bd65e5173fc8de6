using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange;

/// <summary>Model files of networks with symbolic edges, product nodes and chosen inputs.</summary>
public class MixedModelFileTests
{
    [Fact]
    public void Everything_survives_byte_by_byte()
    {
        KanNetwork<double> network = MixedNetworks.Create<double>().WithInputs([2, 0, 1]);
        network.SetTrainable(false, "nodes.0.node_bias");
        network.SetTrainable(false, "symbolic.0.exponents");
        KanNetwork<double> loaded = Reload(network, out byte[] bytes);
        Assert.Equal(bytes, ModelFile.ToFile(loaded, null).ToBytes());
        Assert.Equal(network.Shape, loaded.Shape);
        Assert.Equal([2, 0, 1], loaded.InputSelection);
        Assert.Equal(
            network.Parameters().Select(entry => (entry.Path, entry.Parameter.Trainable)), loaded.Parameters().Select(entry => (entry.Path, entry.Parameter.Trainable)));
        Tensor<double> x = MixedNetworks.Inputs<double>(40, 3);
        Assert.Equal(network.Predict(x).Span.ToArray(), loaded.Predict(x).Span.ToArray());
        for (int input = 0; input < 3; input++)
        {
            for (int output = 0; output < 6; output++)
            {
                Assert.Equal(network.Mode(0, input, output), loaded.Mode(0, input, output));
                Assert.Equal(network.Formula(0, input, output), loaded.Formula(0, input, output));
            }
        }
    }

    [Fact]
    public void A_choice_of_fewer_inputs_survives()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([5, 2, 1]).WithInputs([4, 1]);
        KanNetwork<float> loaded = Reload(network, out _);
        Assert.Equal((5, 2), (loaded.Features, loaded.Widths[0]));
        Assert.Equal([4, 1], loaded.InputSelection);
        Tensor<float> x = Check.Sample<float>(new Shape(10, 5));
        Assert.Equal(network.Predict(x).Span.ToArray(), loaded.Predict(x).Span.ToArray());
    }

    [Fact]
    public void Functions_of_the_user_are_stored_as_expressions()
    {
        FunctionCatalog own = FunctionCatalog.Standard.With("ricker", "(1 - x^2)*exp(-x^2/2)", 5);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1]).WithSymbolicEdge(0, 1, 0, own["ricker"], 1.5);
        KanNetwork<double> loaded = Reload(network, out byte[] bytes);
        Assert.Equal(bytes, ModelFile.ToFile(loaded, null).ToBytes());
        CatalogFunction function = loaded.Formula(0, 1, 0)!.Function;
        Assert.Equal(("ricker", 5), (function.Name, function.Complexity));
        Tensor<double> x = Check.Sample<double>(new Shape(30, 2));
        Check.Close<double>(network.Predict(x).Span, loaded.Predict(x).Span, 1e-14);
    }

    [Fact]
    public void Two_functions_of_one_name_are_not_saved()
    {
        FunctionCatalog first = FunctionCatalog.Standard.With("mine", "x^2", 1), second = FunctionCatalog.Standard.With("mine", "x^3", 1);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1]).WithSymbolicEdge(0, 0, 0, first["mine"]).WithSymbolicEdge(0, 1, 0, second["mine"]);
        Assert.Contains("two different functions 'mine'", Assert.Throws<NotSupportedException>(() => ModelFile.ToFile(network, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"function\":\"sin\"", "\"function\":\"sun\"", "no function 'sun'")]
    [InlineData("\"input\":2", "\"input\":9", "leads nowhere")]
    [InlineData("\"arities\":[2,3]", "\"arities\":[2,4]", "7 sub-nodes, but the layer has 6")]
    [InlineData("\"arities\":[2,3]", "\"arities\":[2,2147483647]", "network")]
    [InlineData("\"sums\":1,", "\"sums\":2000000000,", "sub-nodes")]
    [InlineData("\"features\":3", "\"features\":2", "columns are 0 to 1")]
    [InlineData("\"inputs\":[2,0,1]", "\"inputs\":[2,0,0]", "none may be chosen twice")]
    [InlineData("\"inputs\":[2,0,1]", "\"inputs\":[2,0]", "layer 0 takes 3 inputs")]
    public void Damaged_structures_are_named(string from, string to, string message)
    {
        SafetensorsFile file = ModelFile.ToFile(MixedNetworks.Create<double>().WithInputs([2, 0, 1]), null);
        string spec = file.Metadata["spec"];
        Assert.Contains(from, spec, StringComparison.Ordinal);
        var damaged = new SafetensorsFile(file.Tensors, new Dictionary<string, string>(file.Metadata) { ["spec"] = spec.Replace(from, to, StringComparison.Ordinal) });
        Assert.Contains(message, Assert.Throws<ModelFileException>(() => ModelFile.ToNetwork<double>(damaged, "x")).Message, StringComparison.Ordinal);
    }

    /// <summary>A model for tables takes all columns of its encoding, whatever its network reads of them.</summary>
    [Fact]
    public void A_choice_of_inputs_survives_in_a_model_for_tables()
    {
        var encoding = new TableEncoding(
            [new FeatureEncoding("a", null, [0]), new FeatureEncoding("b", null, [0]), new FeatureEncoding("c", null, [0])],
            new TargetEncoding(TaskKind.Regression, ["y"], []), MissingValues.Mean, UnknownCategories.Zeros);
        KanNetwork<double> network = KanNetwork<double>.Create([3, 2, 1], seed: 3).WithInputs([2, 0]).WithSymbolicEdge(0, 0, 1, FunctionCatalog.Standard["exp"], 0.5);
        var model = new TabularModel<double>(network, encoding, new LinearScaling([0.1, 0.2, 0.3], [1, 2, 3]), new LinearScaling([10], [2.5]));
        SafetensorsFile file = SafetensorsFile.Parse(ModelFile.ToFile(model).ToBytes());
        TabularModel<double> loaded = ModelFile.ToTabular<double>(file, null);
        double[] rows = [.. Check.Sample<double>(new Shape(9, 3)).Span];
        double[] expected = model.Predict(rows);
        Assert.Equal(expected, loaded.Predict(rows));
        for (int row = 0; row < 9; row++)
            rows[3 * row + 1] += 100;
        Assert.Equal(expected, loaded.Predict(rows));
        Assert.Equal(["c", "a"], NetworkPictures.Diagram(loaded).InputNames);
    }

    private static KanNetwork<T> Reload<T>(KanNetwork<T> network, out byte[] bytes)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        bytes = ModelFile.ToFile(network, null).ToBytes();
        return (KanNetwork<T>)ModelFile.ToNetwork<T>(SafetensorsFile.Parse(bytes), null);
    }
}
