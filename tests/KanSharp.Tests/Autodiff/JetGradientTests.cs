using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

public sealed class JetGradientFloatTests : JetGradientTests<float>;

public sealed class JetGradientDoubleTests : JetGradientTests<double>;

/// <summary>Gradients of every component of jets, and that the check finds what is wrong.</summary>
public abstract class JetGradientTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly JetShape Full = JetShape.Full(2, 3);
    private static readonly JetShape Fourth = JetShape.Of(PartialDerivative.Of(0, 0, 1, 1));
    private static readonly GradientCheckOptions Options = new() { Tolerance = typeof(T) == typeof(float) ? 1e-2 : 2e-6 };

    private static Tensor<T> Points => Check.Sample<T>(new Shape(2, 2), 1, 0.6, 1.4);

    [Fact]
    public void Arithmetic()
    {
        foreach (JetShape shape in (JetShape[])[Full, Fourth])
        {
            Passes(x => x.Slice(-1, 1, 1) * x * x - x, shape);
            Passes(x => x.Slice(-1, 0, 1) / (x * x + T.One) + x, shape);
            Passes(x => -(x - x.Slice(-1, 1, 1)) * (T.One - x), shape);
            Passes(x => (x * x.Slice(-1, 0, 1)).Sqrt(), shape);
            Passes(x => (x.Slice(-1, 0, 1) * x).Apply(Activation.Tanh), shape);
            Passes(x => x.Apply(Activation.SiLU), shape);
            Passes(x => Jet<T>.Concat(-1, x.SliceSeed(0).Apply(Activation.Sin), x * x.Slice(-1, 1, 1)), shape);
        }
    }

    [Fact]
    public void ProductsWithParameters()
    {
        var scale = new Parameter<T>(Check.Sample<T>(new Shape(2), 4));
        Check.Passed(GradientCheck.RunJet(x => (x * scale + scale * (x * x)).Apply(Activation.Sin), Points, Full, [("scale", scale)], Options));
    }

    [Fact]
    public void TheCheckFindsAWrongDerivative()
    {
        JetShape shape = JetShape.Full(2, 2);
        T two = T.CreateTruncating(2);
        // x·y with a mixed derivative of 2
        GradientCheckResult result = GradientCheck.RunJet(
            x =>
            {
                Jet<T> right = x.SliceSeed(0) * x.SliceSeed(1);
                return Jet<T>.Of(shape, [.. shape.Components.Select(component => (component == PartialDerivative.Of(0, 1) ? right[component] * two : right[component]).Node)]);
            },
            Points, shape);
        Assert.False(result.Passed);
        Assert.StartsWith("∂(0,1) element", result.Worst, StringComparison.Ordinal);
        Assert.Equal(2, result.Analytic, 1e-6);
    }

    [Fact]
    public void TheCheckFindsAWrongGradient()
    {
        JetShape shape = JetShape.Full(1, 2);
        GradientCheckResult result = GradientCheck.RunJet<T>(
            x =>
            {
                Jet<T> right = x * x * x;
                return Jet<T>.Of(shape, [right.Value.Node, right[PartialDerivative.Of(0)].Node, right[PartialDerivative.Of(0, 0)].Detach().Node]);
            },
            Check.Sample<T>(new Shape(2, 1)), shape);
        Assert.False(result.Passed);
        Assert.StartsWith("∂(0,0) with respect to input", result.Worst, StringComparison.Ordinal);
    }

    private static void Passes(Func<Jet<T>, Jet<T>> function, JetShape shape) => Check.Passed(GradientCheck.RunJet(function, Points, shape, null, Options));
}
