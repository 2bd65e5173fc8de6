using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

public class LayerErrorTests
{
    [Fact]
    public void InputsOfTheWrongWidthNameBothShapes()
    {
        var tape = new Tape<float>();
        Var<float> x = tape.Input(new Tensor<float>(new Shape(2, 3)));
        foreach (Module<float> layer in (Module<float>[])[Linear<float>.Create(4, 2, new SplitRandom(0)), new LayerNorm<float>(4), new BatchNorm<float>(4)])
        {
            string message = Assert.Throws<ArgumentException>(() => layer.Forward(x)).Message;
            Assert.Contains(layer.GetType().Name.Split('`')[0], message, StringComparison.Ordinal);
            Assert.Contains("[2, 3]", message, StringComparison.Ordinal);
            Assert.Contains("[..., 4]", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout<float>(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout<float>(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm<float>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm<float>(2, momentum: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm<float>(2, epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Linear<float>.Create(0, 2, new SplitRandom(0)));
        string weight = Assert.Throws<ArgumentException>(() => new Linear<float>(new Tensor<float>(new Shape(3)))).Message;
        Assert.Contains("[3]", weight, StringComparison.Ordinal);
        string bias = Assert.Throws<ArgumentException>(() => new Linear<float>(new Tensor<float>(new Shape(3, 2)), new Tensor<float>(new Shape(2)))).Message;
        Assert.Contains("must be [3]", bias, StringComparison.Ordinal);
    }

    [Fact]
    public void AResidualNeedsTheSameShape()
    {
        var layer = new Residual<float>(Linear<float>.Create(3, 1, new SplitRandom(0)));
        string message = Assert.Throws<InvalidOperationException>(() => layer.Forward(new Tape<float>().Input(new Tensor<float>(new Shape(2, 3))))).Message;
        Assert.Contains("[2, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[2, 1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModuleWithoutDerivativeSaysSo()
    {
        Jet<float> jet = Jet<float>.Seed(new Tape<float>().Input(new Tensor<float>(new Shape(2, 3))), 0);
        string message = Assert.Throws<NotSupportedException>(() => new Plain().Forward(jet)).Message;
        Assert.Contains("Plain", message, StringComparison.Ordinal);
    }

    private sealed class Plain : Module<float>
    {
        public override Var<float> Forward(Var<float> x) => x;
    }
}
