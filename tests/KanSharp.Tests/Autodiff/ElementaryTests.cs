using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

public sealed class ElementaryFloatTests : ElementaryTests<float>;

public sealed class ElementaryDoubleTests : ElementaryTests<double>;

public abstract class ElementaryTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, (Func<Var<T>, Var<T>> Function, Func<double, double> Truth, double Low)> Cases = new()
    {
        ["Square"] = (x => x.Square(), x => x * x, -2),
        ["Sqrt"] = (x => x.Sqrt(), Math.Sqrt, 0.3),
        ["Abs"] = (x => x.Abs(), Math.Abs, -2),
        ["Exp"] = (x => x.Exp(), Math.Exp, -2),
        ["Log"] = (x => x.Log(), Math.Log, 0.3),
        ["Sin"] = (x => x.Sin(), Math.Sin, -2),
        ["Cos"] = (x => x.Cos(), Math.Cos, -2),
        ["Tanh"] = (x => x.Tanh(), Math.Tanh, -2),
        ["Pow 3"] = (x => x.Pow(Number(3)), x => x * x * x, -2),
        ["Pow 2"] = (x => x.Pow(Number(2)), x => x * x, -2),
        ["Pow 1/2"] = (x => x.Pow(Number(0.5)), Math.Sqrt, 0.3),
        ["Pow −1"] = (x => x.Pow(Number(-1)), x => 1 / x, 0.3),
        ["Pow −1.5"] = (x => x.Pow(Number(-1.5)), x => Math.Pow(x, -1.5), 0.3),
        ["Clamp"] = (x => x.Clamp(Number(-0.7), Number(1.1)), x => Math.Clamp(x, -0.7, 1.1), -2),
        ["SiLU"] = (x => x.Apply(Activation.SiLU), x => x / (1 + Math.Exp(-x)), -2),
        ["Sigmoid"] = (x => x.Apply(Activation.Sigmoid), x => 1 / (1 + Math.Exp(-x)), -2),
        ["SiLU′"] = (x => x.Apply(Activation.SiLU, 1), x => (1 + Math.Exp(-x) + x * Math.Exp(-x)) / Math.Pow(1 + Math.Exp(-x), 2), -2),
        ["Tanh″"] = (x => x.Apply(Activation.Tanh, 2), x => -2 * Math.Tanh(x) * (1 - Math.Pow(Math.Tanh(x), 2)), -2),
    };

    public static TheoryData<string, int> Inputs()
    {
        var data = new TheoryData<string, int>();
        foreach (string name in Cases.Keys)
        {
            foreach (int count in (int[])[0, 1, 7, 35])
                data.Add(name, count);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void ValuesAndGradients(string name, int count)
    {
        (Func<Var<T>, Var<T>> function, Func<double, double> truth, double low) = Cases[name];
        Tensor<T> input = Check.Sample<T>(new Shape(count), 5, low, 2);
        var tape = new Tape<T>();
        double[] expected = [.. Check.Doubles<T>(input.Span).Select(truth)];
        Check.Close(expected, function(tape.Input(input)).Values, typeof(T) == typeof(float) ? 5e-6 : 1e-14);
        Check.Gradients(function, input);
        Check.Gradients(x => x + function(x), input);
    }

    [Fact]
    public void EveryActivationHasItsGradient()
    {
        foreach (Activation activation in Activation.All)
        {
            Check.Gradients(x => x.Apply(activation), Check.Sample<T>(new Shape(3, 7)));
            Check.Gradients(x => x * x.Apply(activation), Check.Sample<T>(new Shape(300)), new GradientCheckOptions { Tolerance = 1e-2 });
        }
    }

    [Fact]
    public void DerivativesOfActivationsAreNodesUpToTheFourthOrder()
    {
        foreach (Activation activation in Activation.All)
        {
            Tensor<T> input = Check.Sample<T>(new Shape(37));
            for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
            {
                int own = order;
                var tape = new Tape<T>();
                Var<T> x = tape.Input(input);
                Var<T> y = x.Apply(activation, own);
                tape.Backward(y.Sum());
                for (int index = 0; index < 37; index++)
                {
                    Assert.Equal(activation.Evaluate(input[index], own), y.Values[index]);
                    Assert.Equal(activation.Evaluate(input[index], own + 1), x.Gradient[index]);
                }

                Check.Gradients(v => v.Apply(activation, own), input);
                Check.Gradients(v => v * v.Apply(activation, own), input);
            }

            NotSupportedException thrown = Assert.Throws<NotSupportedException>(() => new Tape<T>().Constant(input).Apply(activation, 5));
            Assert.Contains($"Activation {activation}: derivatives of order 5", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void GradientsAtSpecialPoints()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Tensor<T>.From(T.Zero, Number(-1), Number(1), Number(2)));
        tape.Backward((x.Abs() + x.Clamp(Number(-1), Number(1))).Sum());
        Check.Close([1, 0, 2, 1], x.Gradient);
        tape.Reset();
        x = tape.Input(Tensor<T>.From(T.Zero, T.NaN, T.PositiveInfinity));
        Check.Close([double.NegativeInfinity, double.NaN, double.PositiveInfinity], x.Log().Values);
        Check.Close([0, double.NaN, double.PositiveInfinity], x.Abs().Values);
        Check.Close([1, double.NaN, double.PositiveInfinity], x.Exp().Values);
    }

    [Fact]
    public void WhereTakesTheChosenValueOnly()
    {
        var tape = new Tape<T>();
        Var<T> mask = tape.Constant(Tensor<T>.From(T.One, T.Zero, T.One));
        Var<T> a = tape.Input(Tensor<T>.From(Number(1), T.NaN, Number(3)));
        Var<T> b = tape.Input(Tensor<T>.From(T.PositiveInfinity, Number(5), T.NaN));
        Var<T> chosen = Var<T>.Where(mask, a, b);
        Check.Close([1, 5, 3], chosen.Values);
        tape.Backward(chosen.Sum());
        Check.Close([1, 0, 1], a.Gradient);
        Check.Close([0, 1, 0], b.Gradient);
        Tensor<T> choice = Check.Sample<T>(new Shape(3, 1));
        Check.Gradients(
            (x, y) => Var<T>.Where(Var<T>.Maximum(x.Tape.Constant(choice), x.Tape.Constant(T.Zero)), x, y),
            Check.Sample<T>(new Shape(3, 4), 2),
            Check.Sample<T>(new Shape(4), 3));
    }

    [Fact]
    public void DetachStopsTheGradient()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Tensor<T>.From(Number(3)));
        tape.Backward((x.Square().Detach() * x).Sum());
        Check.Close([9], x.Gradient);
    }

    private static T Number(double value) => T.CreateTruncating(value);
}
