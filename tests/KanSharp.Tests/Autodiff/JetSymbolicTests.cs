using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

public sealed class JetSymbolicFloatTests : JetSymbolicTests<float>;

public sealed class JetSymbolicDoubleTests : JetSymbolicTests<double>;

/// <summary>Jets of order 1 to 4 with mixed directions against symbolic derivatives.</summary>
public abstract class JetSymbolicTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateTruncating(0.5);
    private static readonly T Two = T.CreateTruncating(2);

    private static Tensor<T> Points => Check.Sample<T>(new Shape(5, 2), 1, 0.6, 1.4);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Arithmetic(int order)
    {
        JetShape shape = JetShape.Full(2, order);
        JetTruth.Holds<T>(x => x * x * Rolled(x) + x, ["x^2*y + x", "y^2*x + y"], Points, shape);
        JetTruth.Holds<T>(x => Half - x + (Half + x) * (Half * x) - (x - Half) / Two, ["0.5 - x + (0.5 + x)*0.5*x - (x - 0.5)/2", "0.5 - y + (0.5 + y)*0.5*y - (y - 0.5)/2"], Points, shape);
        JetTruth.Holds<T>(x => -(x * Rolled(x)) / (x + Two), ["-x*y/(x + 2)", "-x*y/(y + 2)"], Points, shape);
        JetTruth.Holds<T>(x => Rolled(x) / (x * x + T.One), ["y/(x^2 + 1)", "x/(y^2 + 1)"], Points, shape);
        JetTruth.Holds<T>(x => (x * x - x / Rolled(x)) * (x / Rolled(x)), ["(x^2 - x/y)*x/y", "(y^2 - y/x)*y/x"], Points, shape, typeof(T) == typeof(float) ? 2e-4 : 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void RootsAndActivations(int order)
    {
        JetShape shape = JetShape.Full(2, order);
        JetTruth.Holds<T>(x => (x * Rolled(x) + Half).Sqrt(), ["sqrt(x*y + 0.5)", "sqrt(x*y + 0.5)"], Points, shape);
        Func<string, string>[] texts = [u => $"sin({u})", u => $"exp({u})", u => $"({u})^2", u => $"tanh({u})", u => $"1/(1 + exp(-({u})))", u => $"({u})/(1 + exp(-({u})))", u => $"log(1 + exp({u}))"];
        Activation[] activations = [Activation.Sin, Activation.Exp, Activation.Square, Activation.Tanh, Activation.Sigmoid, Activation.SiLU, Activation.Softplus];
        foreach ((Activation activation, Func<string, string> text) in activations.Zip(texts))
            JetTruth.Holds<T>(x => (x * x * Rolled(x)).Apply(activation), [text("x^2*y"), text("y^2*x")], Points, shape, typeof(T) == typeof(float) ? 1e-4 : 0);
    }

    [Fact]
    public void ShapesWithoutAllMixedDerivatives()
    {
        JetShape beam = JetShape.Of(PartialDerivative.Of(0, 0, 0, 0), PartialDerivative.Of(1, 1)), plate = JetShape.Of(PartialDerivative.Of(0, 0, 1, 1));
        foreach (JetShape shape in (JetShape[])[beam, plate, JetShape.Of(PartialDerivative.Of(0, 1)), JetShape.First])
        {
            JetTruth.Holds<T>(x => (x * Rolled(x)).Apply(Activation.Sin) / (x + Two), ["sin(x*y)/(x + 2)", "sin(x*y)/(y + 2)"], Points, shape);
            JetTruth.Holds<T>(x => (x * x).Sqrt() * Rolled(x), ["x*y", "x*y"], Points, shape);
        }
    }

    [Fact]
    public void RearrangementsAndBroadcasts()
    {
        JetShape shape = JetShape.Full(2, 3);
        JetTruth.Holds<T>(x => Jet<T>.Concat(-1, x.Slice(-1, 1, 1) * x, x.Slice(-1, 0, 1)), ["x*y", "y^2", "x"], Points, shape);
        JetTruth.Holds<T>(x => x.Slice(-1, 0, 1) + x, ["2*x", "x + y"], Points, shape);
        JetTruth.Holds<T>(x => x - x.Slice(-1, 1, 1), ["x - y", "0"], Points, shape);
        JetTruth.Holds<T>(x => x.Slice(-1, 0, 1) / x, ["1", "x/y"], Points, shape);
        JetTruth.Holds<T>(x => x / x.Slice(-1, 0, 1), ["1", "y/x"], Points, shape);
        JetTruth.Holds<T>(x => (x * x).Reshape(new Shape(5, 1, 2)).Map(static part => part.Sum(-1)), ["x^2 + y^2"], Points, shape);
        JetTruth.Holds<T>(x => x.SliceSeed(0) * x.SliceSeed(1).Apply(Activation.Exp), ["x*exp(y)"], Points, shape);
    }

    [Fact]
    public void CompositionsAndConstants()
    {
        JetShape shape = JetShape.Full(2, 4);
        JetTruth.Holds<T>(x => (x * Rolled(x)).ComposeElementwise(0, static (_, u, order) => u.Apply(Activation.Sin, order)), ["sin(x*y)", "sin(x*y)"], Points, shape);
        JetTruth.Holds<T>(
            x => x.Compose(x.Value, static (u, order, along) =>
            {
                // Σ over features of exp(2u)
                Var<T> value = (u * Two).Exp() * T.CreateTruncating(1 << order);
                return (along is { } factor ? value * factor : value).Sum(-1, keepDims: true);
            }),
            ["exp(2*x) + exp(2*y)"], Points, shape);
        Tensor<T> fixedValues = Tensor<T>.From(Two, Half);
        JetTruth.Holds<T>(x => x * x.Constant(x.Value.Tape.Constant(fixedValues)) - x.Constant(x.Value.Tape.Constant(fixedValues)) / x, ["2*x - 2/x", "0.5*y - 0.5/y"], Points, shape);
        JetTruth.Holds<T>(x => x.Constant(x.Value.Tape.Constant(fixedValues)) + x.Slice(-1, 0, 1), ["x + 2", "x + 0.5"], Points, shape);
    }

    [Fact]
    public void JetsFromTheirComponents()
    {
        JetShape shape = JetShape.Full(2, 2);
        // x² + y as if it were given: ∂x = 2x, ∂y = 1, ∂xx = 2; null components vanish
        JetTruth.Holds<T>(
            x =>
            {
                (Var<T> a, Var<T> b) = (x.Value.Slice(-1, 0, 1), x.Value.Slice(-1, 1, 1));
                Var<T> one = x.Value.Tape.Constant([T.One, T.One, T.One, T.One, T.One], new Shape(5, 1));
                Jet<T> given = Jet<T>.Of(shape, [(a * a + b).Node, (a * Two).Node, one.Node, (one * Two).Node, null, null]);
                Assert.Equal((true, false), (given.Has(3), given.Has(4)));
                return given.Apply(Activation.Exp);
            },
            ["exp(x^2 + y)"], Points, shape, typeof(T) == typeof(float) ? 1e-4 : 0);
    }

    /// <summary>The features in reverse order.</summary>
    private static Jet<T> Rolled(Jet<T> x) => Jet<T>.Concat(-1, x.Slice(-1, 1, 1), x.Slice(-1, 0, 1));
}
