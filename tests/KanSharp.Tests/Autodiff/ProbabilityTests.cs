using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Tests.Autodiff;

public sealed class ProbabilityFloatTests : ProbabilityTests<float>;

public sealed class ProbabilityDoubleTests : ProbabilityTests<double>;

public abstract class ProbabilityTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(4, 5)]
    [InlineData(3, 19)]
    public void SoftmaxAndItsLogarithm(int rows, int classes)
    {
        Tensor<T> input = Check.Sample<T>(new Shape(rows, classes));
        var tape = new Tape<T>();
        Var<T> x = tape.Input(input);
        var expected = new double[rows * classes];
        for (int row = 0; row < rows; row++)
        {
            double[] exponentials = [.. Check.Doubles<T>(input.Row(row)).Select(Math.Exp)];
            for (int column = 0; column < classes; column++)
                expected[row * classes + column] = exponentials[column] / exponentials.Sum();
        }

        double tolerance = typeof(T) == typeof(float) ? 2e-6 : 1e-14;
        Check.Close(expected, x.Softmax().Values, tolerance);
        Check.Close(expected.Select(value => Math.Log(value)).ToArray(), x.LogSoftmax().Values, tolerance);
        Check.Gradients(v => v.Softmax(), input);
        Check.Gradients(v => v * v.LogSoftmax() + v.Softmax(), input);
    }

    [Fact]
    public void LargeLogitsDoNotOverflow()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Tensor<T>.From(T.CreateTruncating(1e4), T.CreateTruncating(1e4), T.CreateTruncating(-1e4)));
        Check.Close([0.5, 0.5, 0], x.Softmax().Values);
        Var<T> logarithm = x.LogSoftmax();
        Check.Close([-Math.Log(2), -Math.Log(2), -2e4], logarithm.Values, 1e-3);
        tape.Backward(logarithm.Slice(0, 2, 1).Sum());
        Check.Close([-0.5, -0.5, 1], x.Gradient);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void DropoutKeepsTheExpectedShareAndMean(double rate)
    {
        const int Count = 40_000;
        var tape = new Tape<T>();
        tape.Seed(7);
        Var<T> x = tape.Constant(T.One) + tape.Input(new Tensor<T>(new Shape(Count)));
        double[] kept = Check.Doubles(x.Dropout(rate).Values);
        double share = kept.Count(value => value != 0) / (double)Count;
        // Five standard deviations of a binomial share.
        Assert.Equal(1 - rate, share, 5 * Math.Sqrt(rate * (1 - rate) / Count) + 1e-12);
        Assert.All(kept.Where(value => value != 0), value => Assert.Equal(1 / (1 - rate), value, 1e-5));
    }

    [Fact]
    public void DropoutIsSeededAndDrawsAnewEachTime()
    {
        using var one = new Executor(1);
        using var many = new Executor(5);
        T[] first = Draw(one, 3, out T[] second);
        T[] again = Draw(many, 3, out T[] againSecond);
        Assert.Equal(first, again);
        Assert.Equal(second, againSecond);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, Draw(one, 4, out _));
        Check.Gradients(x => x + x.Dropout(0.4), Check.Sample<T>(new Shape(5, 7)), new GradientCheckOptions { Seed = 11 });
        Check.Gradients(x => x.Dropout(0.4), Check.Sample<T>(new Shape(5, 7)), new GradientCheckOptions { Seed = 11 });
    }

    private static T[] Draw(Executor executor, ulong seed, out T[] second)
    {
        var tape = new Tape<T>(executor);
        tape.Seed(seed);
        Var<T> x = tape.Input(Check.Sample<T>(new Shape(300, 201)));
        T[] first = x.Dropout(0.5).Values.ToArray();
        tape.Reset();
        x = tape.Input(Check.Sample<T>(new Shape(300, 201)));
        second = x.Dropout(0.5).Values.ToArray();
        return first;
    }
}
