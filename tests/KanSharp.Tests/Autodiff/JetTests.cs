using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

public sealed class JetFloatTests : JetTests<float>;

public sealed class JetDoubleTests : JetTests<double>;

public abstract class JetTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateTruncating(0.5);

    [Fact]
    public void ArithmeticOfJets()
    {
        Tensor<T> input = Check.Sample<T>(new Shape(3, 2), 1, 0.5, 2);
        Jets(x => x * x + x, input);
        Jets(x => x / (x * x + T.One) - x * Half, input);
        Jets(x => T.One - x + (Half + x) * (Half * x) - (x - Half) / Half, input);
        Jets(x => -x / x.Slice(-1, 0, 1), input);
        Jets(x => x.Slice(-1, 1, 1) + x, input);
        Jets(x => x - x.Slice(-1, 1, 1), input);
        Jets(x => x.Slice(-1, 0, 1) * x, input);
        Jets(x => Jet<T>.Concat(-1, x.Slice(-1, 1, 1), x * x).Reshape(new Shape(9)), input);
    }

    [Fact]
    public void ActivationsOfJets()
    {
        foreach (Activation activation in Activation.All)
            Jets(x => (x * x).Apply(activation), Check.Sample<T>(new Shape(2, 2), 1, 0.3, 1.2));
    }

    [Fact]
    public void ProductsWithValuesThatDoNotMove()
    {
        var scale = new Parameter<T>(Check.Sample<T>(new Shape(2), 4));
        Tensor<T> input = Check.Sample<T>(new Shape(3, 2));
        Check.Passed(GradientCheck.RunJet(x => x * scale + scale * (x * x), input, [("scale", scale)]));
        Tensor<T> factor = Check.Sample<T>(new Shape(2), 5);
        Jets(x => x * x.Value.Tape.Constant(factor) + x.Value.Tape.Constant(factor) * x, input);
    }

    [Fact]
    public void TheSeedPointsAlongOneFeature()
    {
        var tape = new Tape<T>();
        Jet<T> jet = Jet<T>.Seed(tape.Input(new Tensor<T>(new Shape(2, 3))), 1);
        Check.Close([0, 1, 0, 0, 1, 0], jet.Derivative.Values);
        Assert.Throws<ArgumentOutOfRangeException>(() => Jet<T>.Seed(jet.Value, 3));
    }

    [Fact]
    public void DerivativeOfAKnownFunction()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Tensor<T>.From(Half));
        Jet<T> sine = Jet<T>.Seed(x, 0).Apply(Activation.Sin);
        Check.Close([Math.Cos(0.5)], sine.Derivative.Values);
        tape.Backward(sine.Derivative.Sum());
        Check.Close([-Math.Sin(0.5)], x.Gradient);
    }

    private static void Jets(Func<Jet<T>, Jet<T>> function, Tensor<T> input) => Check.Passed(GradientCheck.RunJet(function, input));
}
