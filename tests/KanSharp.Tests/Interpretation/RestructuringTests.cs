using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public class RestructuringTests
{
    private static readonly Tensor<double> X = Nets.Uniform(40, 4);

    [Theory]
    [InlineData(0, "3,3,[3,x2,x3],[2,1],2")]
    [InlineData(1, "3,[3,x2,x3],5,[2,1],2")]
    [InlineData(3, "3,[3,x2,x3],[2,1],2,2")]
    [InlineData(null, "3,[3,x2,x3],[2,1],2,2")]
    public void ADeeperNetworkComputesTheSame(int? level, string shape)
    {
        KanNetwork<double> network = Nets.Rich();
        EditResult<double> deeper = Restructuring.ExpandDepth(network, level);
        Assert.Equal(("3,[3,x2,x3],[2,1],2", shape), (deeper.ShapeBefore, deeper.ShapeAfter));
        Assert.True(Nets.Difference(network, deeper.Network, X) < 1e-12);
        Assert.Contains("symbolic identities", Assert.Single(deeper.Changes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2, null, "3,[5,x2,x3],[2,1],2")]
    [InlineData(1, 1, 2, "3,[3,x2,x3,x2],[2,1],2")]
    [InlineData(2, 2, 3, "3,[3,x2,x3],[2,x2,2x3],2")]
    public void AWiderNetworkComputesTheSame(int level, int count, int? arity, string shape)
    {
        KanNetwork<double> network = Nets.Rich();
        EditResult<double> wider = Restructuring.ExpandWidth(network, level, count, arity);
        Assert.Equal(shape, wider.ShapeAfter);
        Assert.True(Nets.Difference(network, wider.Network, X) < 1e-12);
        Assert.Equal([3, 0, 2], wider.Network.InputSelection);
    }

    [Fact]
    public void PlainNetworksGrowToo()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([4, 3, 2], seed: 1);
        Assert.True(Nets.Difference(network, Restructuring.ExpandWidth(network, 1, 2).Network, X) < 1e-12);
        Assert.True(Nets.Difference(network, Restructuring.ExpandWidth(network, 1, 1, 2).Network, X) < 1e-12);
        Assert.True(Nets.Difference(network, Restructuring.ExpandDepth(network).Network, X) < 1e-12);
    }

    [Fact]
    public void NewInputsChangeNothingUntilTheyHaveEdges()
    {
        KanNetwork<double> network = Nets.Rich();
        KanNetwork<double> wider = Restructuring.AddInputs(network, 2).Network;
        Assert.Equal([3, 0, 2, 4, 5], wider.InputSelection);
        Assert.Equal(6, wider.Features);
        Tensor<double> rows = Nets.Uniform(40, 6);
        var old = new Tensor<double>(new Shape(40, 4));
        for (int row = 0; row < 40; row++)
            rows.Row(row)[..4].CopyTo(old.Row(row));
        double[] before = network.Predict(old).Span.ToArray(), after = wider.Predict(rows).Span.ToArray();
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void NonIntrusivePerturbationChangesNothingButCanBeTrained()
    {
        KanNetwork<double> wider = Restructuring.ExpandWidth(Nets.Rich(), 1, 1).Network;
        EditResult<double> perturbed = Restructuring.Perturb(wider);
        Assert.True(Nets.Difference(wider, perturbed.Network, X) < 1e-12);
        Assert.Equal(EdgeMode.Numeric, perturbed.Network.Mode(0, 1, 3));
        Assert.Equal(2, perturbed.Changes.Count);

        // a network of symbolic edges alone: the last layer's numeric edges come with the value 0 and learn
        KanNetwork<double> symbolic = Restructuring.ExpandDepth(KanNetwork<double>.Create([4, 1], seed: 1)).Network;
        KanNetwork<double> woken = Restructuring.Perturb(symbolic).Network;
        Assert.True(Nets.Difference(symbolic, woken, X) < 1e-12);
        var target = new Tensor<double>(new Shape(40, 1));
        target.Span.Fill(1);
        double Loss(KanNetwork<double> network) => Trainer.Fit(network, new TrainingData<double>(X, target), new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = 3 }).BestLoss;
        woken.Layers[0].SetTrainable(false);
        woken.Stages[1].Symbolic!.SetTrainable(false);
        Assert.True(Loss(woken) < 1e-2);
    }

    [Fact]
    public void PerturbationSwitchesOnWhatItsModeSays()
    {
        KanNetwork<double> network = Nets.Rich();
        KanNetwork<double> minimal = Restructuring.Perturb(network, Perturbation.Minimal, 0.5).Network;
        Assert.Equal(EdgeMode.Both, minimal.Mode(0, 1, 1));
        Assert.Equal(0.5, minimal.Layers[0].Mask!.Value[1, 1]);
        KanNetwork<double> all = Restructuring.Perturb(network, Perturbation.All, 0.25).Network;
        Assert.All(all.Layers, layer => Assert.DoesNotContain(0.0, layer.Mask!.Value.Span.ToArray()));
        Assert.True(Nets.Difference(network, all, X) > 1e-3);
    }

    [Fact]
    public void SwappedNodesComputeTheSame()
    {
        KanNetwork<double> network = Nets.Rich();
        KanNetwork<double> swapped = Restructuring.Swap(network, 1, 0, 2).Network;
        swapped = Restructuring.Swap(swapped, 1, 3, 4).Network;
        swapped = Restructuring.Swap(swapped, 2, 0, 1).Network;
        Assert.Equal("3,[3,x3,x2],[2,1],2", swapped.Shape.ToString());
        Assert.True(Nets.Difference(network, swapped, X) < 1e-12);
        Assert.Equal(network.Formula(0, 1, 1), swapped.Formula(0, 1, 1));
        Assert.Contains("one is a sum", Assert.Throws<ArgumentException>(() => Restructuring.Swap(network, 1, 0, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.Swap(network, 1, 0, 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AutoSwapUntanglesEdges()
    {
        KanNetwork<double> crossed = Nets.Linear(
            new double[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } }, new double[,] { { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } });
        Tensor<double> x = Nets.Corners(3);
        EditResult<double> straight = Restructuring.AutoSwap(crossed, x);
        Assert.True(Nets.Difference(crossed, straight.Network, x) < 1e-12);
        Assert.Equal(0, Restructuring.ConnectionCost(straight.Network, Attribution.Compute(straight.Network, x)), 1e-12);
        Assert.Equal("level 1: order [2, 0, 1]", straight.Changes[0]);
        KanNetwork<double> rich = Nets.Rich();
        KanNetwork<double> better = Restructuring.AutoSwap(rich, X).Network;
        Assert.True(Nets.Difference(rich, better, X) < 1e-12);
        double Cost(KanNetwork<double> network) => Restructuring.ConnectionCost(network, Attribution.Compute(network, X));
        Assert.True(Cost(better) <= Cost(rich));
    }

    [Fact]
    public void AModuleIsCutOffFromTheRest()
    {
        KanNetwork<double> network = Nets.Lively(3, 3, 2);
        EditResult<double> module = Restructuring.Isolate(network, 0, "[-1]->[-1, -2]->[1,2]→[-1]");
        for (int input = 0; input < 3; input++)
        {
            for (int output = 0; output < 3; output++)
                Assert.Equal(input == 2 == output >= 1 ? EdgeMode.Numeric : EdgeMode.Off, module.Network.Mode(0, input, output));
            Assert.Equal(input >= 1 ? EdgeMode.Off : EdgeMode.Numeric, module.Network.Mode(1, input, 0));
            Assert.Equal(input >= 1 ? EdgeMode.Numeric : EdgeMode.Off, module.Network.Mode(1, input, 1));
        }

        Assert.StartsWith("layer 0: edges (0, 0, 1) (0, 0, 2)", module.Changes[0], StringComparison.Ordinal);
        Assert.Contains("3 groups", Assert.Throws<FormatException>(() => Restructuring.Isolate(network, 0, "[0]->[1]->[0]")).Message, StringComparison.Ordinal);
        Assert.Contains("stands in brackets", Assert.Throws<FormatException>(() => Restructuring.Isolate(network, 0, "0->[1]")).Message, StringComparison.Ordinal);
        Assert.Contains("no whole number", Assert.Throws<FormatException>(() => Restructuring.Isolate(network, 0, "[0,x]->[1]")).Message, StringComparison.Ordinal);
        Assert.Contains("-1 to -3", Assert.Throws<ArgumentException>(() => Restructuring.Isolate(network, 0, "[-4]->[1]")).Message, StringComparison.Ordinal);
        Assert.Contains("layers 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.Isolate(network, 1, "[0]->[0]->[0]->[0]")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AuxiliaryInputsAreComputedAndNamed()
    {
        var auxiliary = new InputAugmentation(["v", "m"], ("gamma", Expression.Parse("1/sqrt(1-v^2)")), ("p", Expression.Parse("m*v")));
        Dataset<double> data = Dataset.Regression([0.6, 2, 0.8, 3], 2, [2.5, 5.0], 1, ["v", "m"]);
        Dataset<double> wider = auxiliary.Apply(data);
        Assert.Equal(["v", "m", "gamma", "p"], wider.FeatureNames);
        Assert.Equal(["y"], wider.TargetNames);
        Assert.All(new[] { 0.6, 2, 1.25, 1.2, 0.8, 3, 5.0 / 3, 2.4 }.Zip(wider.Features.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(data.Targets.ToArray(), wider.Targets.ToArray());
        Assert.Equal(["v", "m"], auxiliary.Expressions.Take(2).Select(expression => expression.ToString()));
        KanNetwork<double> network = Nets.Lively(2, 2, 1);
        KanNetwork<double> aware = auxiliary.Apply(network).Network;
        Tensor<double> rows = new(new Shape(2, 2), [0.6, 2, 0.8, 3]);
        Assert.Equal(network.Predict(rows)[1, 0], aware.Predict(auxiliary.Apply(rows))[1, 0], 1e-12);
        Assert.Contains("inside of its domain", Assert.Throws<ArgumentException>(() => auxiliary.Apply(new Tensor<double>(new Shape(1, 2), [1.0, 1.0]))).Message, StringComparison.Ordinal);
        Assert.Contains("variable 'w'", Assert.Throws<ArgumentException>(() => new InputAugmentation(["v"], ("a", Expression.Parse("w+1")))).Message, StringComparison.Ordinal);
        Assert.Contains("'v' is given twice", Assert.Throws<ArgumentException>(() => new InputAugmentation(["v"], ("v", Expression.Parse("v+1")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MisuseSaysWhatIsAllowed()
    {
        KanNetwork<double> network = Nets.Lively(2, 3, 1);
        Assert.Contains("hidden levels 1 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.ExpandWidth(network, 2, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("no hidden level", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.ExpandWidth(Nets.Lively(2, 1), 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 factors", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.ExpandWidth(network, 1, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("levels 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.ExpandDepth(network, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("positive", Assert.Throws<ArgumentOutOfRangeException>(() => Restructuring.Perturb(network, magnitude: 0)).Message, StringComparison.Ordinal);
    }
}
