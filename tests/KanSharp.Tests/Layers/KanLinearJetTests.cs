using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Derivatives with respect to the input as nodes of the tape: right in value, and trainable.</summary>
public class KanLinearJetTests
{
    [Theory]
    [InlineData(3, OutsideGrid.Linear)]
    [InlineData(4, OutsideGrid.Linear)]
    [InlineData(5, OutsideGrid.Zero)]
    public void LayerDerivativesAndTheirGradients(int degree, OutsideGrid outside)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = degree, Intervals = 3, Outside = outside }, Bias = true, Mask = true };
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, options, degree);
        Check.Passed(GradientCheck.RunJet(layer.Forward, Inside(new Shape(4, 2)), layer.Parameters()));
    }

    [Fact]
    public void FloatLayerDerivatives()
    {
        KanLinear<float> layer = LayerFactory.Filled<float>(2, 3, new BSplineOptions { Intervals = 3 }, 3);
        Check.Passed(GradientCheck.RunJet(layer.Forward, Inside(new Shape(3, 2)).Cast<float>(), layer.Parameters()));
    }

    [Fact]
    public void NetworkDerivativesAndTheirGradients()
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = 4, Intervals = 3 }, Bias = true };
        var network = new KanNetwork<double>(LayerFactory.Filled<double>(2, 3, options, 1), LayerFactory.Filled<double>(3, 2, options, 2));
        Check.Passed(GradientCheck.RunJet(network.Forward, Inside(new Shape(3, 2)), network.Parameters(), new GradientCheckOptions { Tolerance = 1e-5 }));
    }

    [Fact]
    public void TheDirectionHasAGradientToo()
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(2, width);
            KanLinear<double> layer = LayerFactory.Filled<double>(3, 2, new KanLinearOptions { Bias = true }, 4);
            Check.Passed(GradientCheck.Run(
                inputs => layer.Forward(new Jet<double>(inputs[0], inputs[1])).Derivative,
                [Inside(new Shape(5, 3)), Check.Sample<double>(new Shape(5, 3), 9)],
                layer.Parameters(),
                new GradientCheckOptions { Executor = executor }));
        }
    }

    [Fact]
    public void ValueOfAJetIsTheForwardPassAndObserversSeeIt()
    {
        KanLinear<double> layer = LayerFactory.Filled<double>(3, 2, new KanLinearOptions { Bias = true }, 4);
        var observer = new Seen();
        var tape = new Tape<double> { Observer = observer };
        Var<double> x = tape.Constant(Inside(new Shape(5, 3)));
        Assert.Equal(layer.Forward(x).Values.ToArray(), layer.Forward(Jet<double>.Seed(x, 1)).Value.Values.ToArray());
        Assert.Equal(2, observer.Entered);
        Assert.Equal(2, observer.Left);
    }

    /// <summary>Points away from the knots of a uniform grid, where high derivatives jump.</summary>
    private static Tensor<double> Inside(Shape shape) => Check.Sample<double>(shape, 3, -0.95, 0.95);

    private sealed class Seen : ITapeObserver<double>
    {
        public int Entered { get; private set; }

        public int Left { get; private set; }

        public void Enter(object layer, Var<double> x) => Entered++;

        public void Leave(object layer, Var<double> x, Var<double> y) => Left++;
    }
}
