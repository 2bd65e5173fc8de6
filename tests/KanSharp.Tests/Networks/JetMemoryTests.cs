using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Networks;

/// <summary>First and second derivatives along d directions take memory in proportion to d, not d².</summary>
public class JetMemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BuffersGrowLinearly(bool products)
    {
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 5 } };
        KanNetwork<double> network = products ? KanNetwork<double>.Create(NetworkShape.Parse("8,[4,x2,x3],1"), options) : KanNetwork<double>.Create([8, 16, 1], options);
        double[] bytes = [.. new[] { 1, 2, 4, 8 }.Select(directions => (double)Bytes(network, directions))];
        double one = bytes[1] - bytes[0];
        Assert.True(one > 0);
        Assert.InRange((bytes[2] - bytes[1]) / (2 * one), 0.8, 1.2);
        Assert.InRange((bytes[3] - bytes[2]) / (4 * one), 0.8, 1.2);
        Assert.InRange(bytes[3] / bytes[0], 1, 8.5);
    }

    [Fact]
    public void RepeatedStepsTakeNoMore()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([8, 6, 1]);
        var tape = new Tape<double>();
        long first = Step(tape, network, 4);
        for (int step = 0; step < 5; step++)
            Assert.Equal(first, Step(tape, network, 4));
    }

    private static long Bytes(KanNetwork<double> network, int directions) => Step(new Tape<double>(), network, directions);

    private static long Step(Tape<double> tape, KanNetwork<double> network, int directions)
    {
        PartialDerivative[] second = [.. Enumerable.Range(0, directions).Select(direction => PartialDerivative.Of(direction, direction))];
        tape.Reset();
        Jet<double> y = network.Forward(Jet<double>.Seed(tape.Constant(Check.Sample<double>(new Shape(4000, 8), 1, -1, 1)), JetShape.Of(second)));
        Var<double> sum = y[second[0]];
        foreach (PartialDerivative derivative in second.Skip(1))
            sum += y[derivative];
        tape.Backward(sum.Square().Mean());
        return tape.BufferBytes;
    }
}
