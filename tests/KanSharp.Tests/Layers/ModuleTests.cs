using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

public class ModuleTests
{
    [Fact]
    public void PathsFollowTheStructure()
    {
        Sequential<double> model = Model();
        Assert.Equal(
            ["0.weight", "0.bias", "2.weight", "2.bias", "3.body.weight", "3.body.bias"], model.Parameters().Select(entry => entry.Path));
        Assert.Equal(["2.running_mean", "2.running_var"], model.States().Select(entry => entry.Path));
        Assert.Equal(6, model.Modules().Count());
        Assert.Equal(3 * 4 + 4 + 8 + 16 + 4, model.CountParameters());
    }

    [Fact]
    public void AFrozenPartGetsNoGradientAndTheRestStaysExact()
    {
        Sequential<double> model = Model();
        model.SetTrainable(false, "0");
        model.SetTrainable(false, "2.weight");
        Assert.Equal(4 + 16 + 4, model.CountParameters());
        Check.Passed(GradientCheck.Run(model.Forward, Check.Sample<double>(new Shape(5, 3)), model.Parameters(), new GradientCheckOptions { Training = true }));
        var tape = new Tape<double> { Training = true };
        tape.Backward(model.Forward(tape.Constant(Check.Sample<double>(new Shape(5, 3)))).Square().Sum());
        foreach ((string path, Parameter<double> parameter) in model.Parameters())
            Assert.Equal(parameter.Trainable, parameter.Gradient.ToArray().Any(value => value != 0));
        model.SetTrainable(true);
        Assert.Equal(44, model.CountParameters());
    }

    [Fact]
    public void APathThatDoesNotExistIsAnError()
    {
        string message = Assert.Throws<ArgumentException>(() => Model().SetTrainable(false, "1.weight")).Message;
        Assert.Contains("1.weight", message, StringComparison.Ordinal);
        Assert.Contains("3.body.weight", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Model().SetTrainable(false, "3.bod"));
    }

    [Fact]
    public void ASharedLayerIsListedOnceAndGetsBothGradients()
    {
        Linear<double> layer = Linear<double>.Create(3, 3, new SplitRandom(1));
        var model = new Sequential<double>(layer, new ActivationLayer<double>(Activation.Tanh), layer);
        Assert.Equal(["0.weight", "0.bias"], model.Parameters().Select(entry => entry.Path));
        Check.Passed(GradientCheck.Run(model.Forward, Check.Sample<double>(new Shape(2, 3)), model.Parameters()));
    }

    [Fact]
    public void ACustomModuleWithAnAttentionParameter()
    {
        var model = new Attention(Linear<double>.Create(3, 2, new SplitRandom(1)), new Parameter<double>(Check.Sample<double>(new Shape(3))));
        Assert.Equal(["inner.weight", "inner.bias", "attention"], model.Parameters().Select(entry => entry.Path));
        Check.Passed(GradientCheck.Run(model.Forward, Check.Sample<double>(new Shape(4, 3)), model.Parameters()));
    }

    private static Sequential<double> Model() => new(
        Linear<double>.Create(3, 4, new SplitRandom(1)),
        new ActivationLayer<double>(Activation.SiLU),
        new BatchNorm<double>(4),
        new Residual<double>(Linear<double>.Create(4, 4, new SplitRandom(2))));

    private sealed class Attention(Module<double> inner, Parameter<double> attention) : Module<double>
    {
        public override IReadOnlyList<Member<double>> Members => [("inner", inner), ("attention", attention)];

        public override Var<double> Forward(Var<double> x) => inner.Forward(x * attention);
    }
}
