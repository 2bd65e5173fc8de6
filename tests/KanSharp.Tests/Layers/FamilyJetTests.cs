using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Mixed derivatives up to order 4 of layers of every family, whatever maps their inputs, with all gradients.</summary>
public class FamilyJetTests
{
    public static TheoryData<string> Names => FamilyLayers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativesAndTheirGradients(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 2, 2, 5);
        GradientCheckResult result = GradientCheck.RunJet(
            layer.Forward, FamilyLayers.Inputs<double>(3, 2, 2), JetShape.Of(PartialDerivative.Of(0, 0, 1, 1), PartialDerivative.Of(1, 1, 1)), layer.Parameters(), new GradientCheckOptions { Tolerance = 4e-6 });
        Check.Passed(result);
    }

    /// <summary>Along general directions mixed derivatives do not vanish, and they are sums over the features.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativesAlongAVectorAreCombinationsOfThoseAlongFeatures(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 2, 2, 5);
        Tensor<double> x = FamilyLayers.Inputs<double>(3, 2, 2);
        var tape = new Tape<double>();
        JetShape full = JetShape.Full(2, 4), line = JetShape.Full(1, 4);
        Jet<double> axes = layer.Forward(Jet<double>.Seed(tape.Constant(x), full));
        Jet<double> along = layer.Forward(Jet<double>.Seed(tape.Constant(x), line, [tape.Constant([0.7, -0.4, 0.7, -0.4, 0.7, -0.4], x.Shape)]));
        foreach (PartialDerivative component in line.Components)
        {
            var expected = new double[6];
            for (int second = 0; second <= component.Order; second++)
            {
                int first = component.Order - second, binomial = 1;
                for (int step = 0; step < second; step++)
                    binomial = binomial * (component.Order - step) / (step + 1);
                PartialDerivative axis = PartialDerivative.Of([.. Enumerable.Repeat(0, first), .. Enumerable.Repeat(1, second)]);
                for (int index = 0; index < expected.Length; index++)
                    expected[index] += binomial * Math.Pow(0.7, first) * Math.Pow(-0.4, second) * axes[axis].Values[index];
            }

            double size = Math.Max(1, expected.Max(Math.Abs));
            Check.Close<double>([.. expected.Select(value => value / size)], [.. along[component].Values.ToArray().Select(value => value / size)], 1e-10);
        }
    }
}
