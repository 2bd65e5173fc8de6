using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

/// <summary>Penalties of networks with product nodes and symbolic edges.</summary>
public class ProductPenaltyTests
{
    public static TheoryData<RegularizationMetric> Metrics => [.. Enum.GetValues<RegularizationMetric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_product_of_one_factor_is_a_sum(RegularizationMetric metric)
    {
        KanNetwork<double> plain = KanNetwork<double>.Create([2, 3, 2, 1], seed: 4);
        KanNetwork<double> products = plain.WithNodeStage(0, new NodeStage<double>(1, [1, 1])).WithNodeStage(1, new NodeStage<double>(0, [1, 1]));
        Tensor<double> x = Check.Sample<double>(new Shape(40, 2), 3, -0.9, 0.9);
        Assert.Equal(Penalty(plain, x, metric), Penalty(products, x, metric), 1e-12);
    }

    [Theory]
    [InlineData(RegularizationMetric.EdgeBackward)]
    [InlineData(RegularizationMetric.NodeBackward)]
    [InlineData(RegularizationMetric.EdgeForwardNormalized)]
    public void Gradients_go_through_products(RegularizationMetric metric)
    {
        KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("2,[1,x2,x3],[1,1],1"), seed: 4);
        Tensor<double> x = Check.Sample<double>(new Shape(12, 2), 3, -0.9, 0.9);
        Check.Passed(GradientCheck.Run(input => Penalty(network, input, metric), x, network.Parameters()));
    }

    [Fact]
    public void Layers_that_are_off_are_not_penalised_and_backward_metrics_refuse_symbolic_edges()
    {
        KanNetwork<double> formula = MixedNetworks.Formula<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(12, 2), 3, -0.9, 0.9);
        Assert.Equal(0, Penalty(formula, x, RegularizationMetric.EdgeForwardNormalized));
        Assert.Equal(0, EdgeRegularization.Penalty(new Tape<double>(), formula).Item);
        KanNetwork<double> mixed = MixedNetworks.Create<double>();
        Assert.Contains("something else follows KAN layer 0", Assert.Throws<InvalidOperationException>(
            () => Penalty(mixed, MixedNetworks.Inputs<double>(5, 3), RegularizationMetric.EdgeBackward)).Message, StringComparison.Ordinal);
    }

    private static double Penalty(KanNetwork<double> network, Tensor<double> x, RegularizationMetric metric) =>
        Penalty(network, new Tape<double>().Constant(x), metric).Item;

    private static Var<double> Penalty(KanNetwork<double> network, Var<double> x, RegularizationMetric metric)
    {
        var regularizer = new Regularizer<double>(new Regularization { Metric = metric });
        x.Tape.Observer = regularizer;
        return regularizer.Penalty(network.Forward(x));
    }
}
