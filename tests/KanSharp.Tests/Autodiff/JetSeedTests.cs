using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

/// <summary>Inputs as jets: along a feature, along all of them, along vectors.</summary>
public class JetSeedTests
{
    private static readonly JetShape Full = JetShape.Full(2, 4);

    [Fact]
    public void DirectionsOfAShapeAreFeatures()
    {
        Jet<double> seed = Jet<double>.Seed(new Tape<double>().Input(Check.Sample<double>(new Shape(2, 3))), JetShape.Of(PartialDerivative.Of(2, 2), PartialDerivative.Of(0)));
        Assert.Equal([1, 0, 0, 1, 0, 0], seed[PartialDerivative.Of(0)].Values.ToArray());
        Assert.Equal([0, 0, 1, 0, 0, 1], seed[PartialDerivative.Of(2)].Values.ToArray());
        Assert.Equal(new double[6], seed[PartialDerivative.Of(2, 2)].Values.ToArray());
        Assert.False(seed.Has(seed.Shape.IndexOf(PartialDerivative.Of(2, 2))));
    }

    [Fact]
    public void SeedsOfAFeatureOfAShapeAndOfVectorsAgree()
    {
        Tensor<double> input = Check.Sample<double>(new Shape(4, 2));
        var tape = new Tape<double>();
        Jet<double> along = Function(Jet<double>.Seed(tape.Input(input), 1));
        Jet<double> shaped = Function(Jet<double>.Seed(tape.Input(input), JetShape.Full(2, 1)));
        Check.Close<double>(shaped[PartialDerivative.Of(1)].Values, along.Derivative.Values);
        Jet<double> axes = Function(Jet<double>.Seed(tape.Input(input), Full));
        Jet<double> vectors = Function(Jet<double>.Seed(tape.Input(input), Full, [Vector(tape, 1, 0), Vector(tape, 0, 1)]));
        foreach (PartialDerivative component in Full.Components)
            Check.Close<double>(axes[component].Values, vectors[component].Values, 1e-12);
    }

    [Fact]
    public void DerivativesAlongVectorsAreCombinationsOfAxes()
    {
        Tensor<double> input = Check.Sample<double>(new Shape(4, 2));
        var tape = new Tape<double>();
        Jet<double> axes = Function(Jet<double>.Seed(tape.Input(input), Full));
        double[][] vectors = [[0.6, -0.8], [1.5, 0.4]];
        Jet<double> along = Function(Jet<double>.Seed(tape.Input(input), Full, [Vector(tape, vectors[0]), Vector(tape, vectors[1])]));
        foreach (PartialDerivative component in Full.Components)
        {
            // Σ over axes a_1…a_p of Π v_i[a_i]·∂^(a_1…a_p)
            var expected = new double[along.Value.Shape.Count];
            for (int choice = 0; choice < 1 << component.Order; choice++)
            {
                PartialDerivative axis = PartialDerivative.Value;
                double factor = 1;
                for (int place = 0; place < component.Order; place++)
                {
                    axis = axis.Then(choice >> place & 1);
                    factor *= vectors[component[place]][choice >> place & 1];
                }

                for (int index = 0; index < expected.Length; index++)
                    expected[index] += factor * axes[axis].Values[index];
            }

            Check.Close<double>(expected, along[component].Values, 1e-11);
        }
    }

    [Fact]
    public void VectorsMayDifferFromRowToRowAndHaveGradients()
    {
        JetShape shape = JetShape.Of(PartialDerivative.Of(0, 0, 1));
        foreach (PartialDerivative component in shape.Components)
        {
            Check.Passed(GradientCheck.Run(
                inputs => Function(Jet<double>.Seed(inputs[0], shape, [inputs[1], inputs[2]]))[component],
                [Check.Sample<double>(new Shape(3, 2)), Check.Sample<double>(new Shape(3, 2), 7), Check.Sample<double>(new Shape(3, 2), 8)]));
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var tape = new Tape<double>();
        Var<double> x = tape.Input(Check.Sample<double>(new Shape(3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jet<double>.Seed(x, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jet<double>.Seed(x, -1));
        Assert.Contains("0..1", Assert.Throws<ArgumentException>(() => Jet<double>.Seed(x, JetShape.Full(3, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("1 vectors", Assert.Throws<ArgumentException>(() => Jet<double>.Seed(x, Full, [x])).Message, StringComparison.Ordinal);
        Assert.Contains("must be the same", Assert.Throws<ArgumentException>(() => Jet<double>.Seed(x, Full, [x, x.Slice(-1, 0, 1)])).Message, StringComparison.Ordinal);
        Assert.Contains("must be the same", Assert.Throws<ArgumentException>(() => new Jet<double>(x, x.Slice(-1, 0, 1))).Message, StringComparison.Ordinal);
        Jet<double> full = Jet<double>.Seed(x, Full), first = Jet<double>.Seed(x, 0);
        Assert.Contains("JetShape", Assert.Throws<ArgumentException>(() => full * first).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => first[PartialDerivative.Of(1)]);
        Assert.Contains("name the derivative", Assert.Throws<InvalidOperationException>(() => full.Derivative).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShapeOfTheValueAloneCarriesNothing()
    {
        Jet<double> y = Function(Jet<double>.Seed(new Tape<double>().Input(Check.Sample<double>(new Shape(3, 2))), JetShape.Of()));
        Assert.Equal(1, y.Shape.Count);
        Assert.Equal(y.Value.Values.ToArray(), y[PartialDerivative.Value].Values.ToArray());
    }

    private static Jet<double> Function(Jet<double> x) => (x.Slice(-1, 0, 1) * x).Apply(Activation.Sin) / (x * x + 2) + x.Apply(Activation.Exp);

    private static Var<double> Vector(Tape<double> tape, params double[] vector) => tape.Constant([.. Enumerable.Range(0, 4).SelectMany(_ => vector)], new Shape(4, 2));
}
