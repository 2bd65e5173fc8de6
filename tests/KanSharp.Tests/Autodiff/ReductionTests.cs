using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public sealed class ReductionFloatTests : ReductionTests<float>;

public sealed class ReductionDoubleTests : ReductionTests<double>;

public abstract class ReductionTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int[], int> Axes() => new()
    {
        { [5], 0 }, { [3, 4], 0 }, { [3, 4], 1 }, { [3, 4], -2 }, { [2, 3, 5], 1 }, { [2, 3, 5], -1 }, { [2, 3, 5], 0 }, { [1, 1], 0 }, { [0, 3], 1 }, { [2, 70, 67], 1 },
    };

    [Theory]
    [MemberData(nameof(Axes))]
    public void SumMeanMaxAlongAnAxis(int[] extents, int axis)
    {
        Tensor<T> input = Check.Sample<T>(new Shape(extents));
        var tape = new Tape<T>();
        Var<T> x = tape.Input(input);
        (double[] sum, double[] largest, int extent) = Truth(input, x.Shape.Normalize(axis));
        double tolerance = typeof(T) == typeof(float) ? 3e-6 : 1e-13;
        Check.Close(sum, x.Sum(axis).Values, tolerance);
        Check.Close(sum.Select(value => value / extent).ToArray(), x.Mean(axis).Values, tolerance);
        Check.Close(largest, x.Max(axis).Values);
        Assert.Equal(extents.Length - 1, x.Sum(axis).Shape.Rank);
        Assert.Equal(1, x.Max(axis, keepDims: true).Shape[axis]);
        if (input.Shape.Count > 100)
            return;
        Check.Gradients(v => v.Sum(axis, keepDims: true) * v, input);
        Check.Gradients(v => v.Square().Mean(axis), input);
        Check.Gradients(v => v.Max(axis) + v.Sum(axis), input);
        Check.Gradients(v => v.Variance(axis, 0) + v.Variance(axis, 0, keepDims: true).Sum(), input);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(100_000)]
    public void OverAllElements(int count)
    {
        Tensor<T> input = Check.Sample<T>(new Shape(count));
        double[] values = Check.Doubles<T>(input.Span);
        var tape = new Tape<T>();
        Var<T> x = tape.Input(input);
        double tolerance = typeof(T) == typeof(float) ? 1e-4 : 1e-12;
        Check.Close([values.Sum()], x.Sum().Values, tolerance);
        Check.Close([values.Average()], x.Mean().Values, tolerance);
        Check.Close([values.Max()], x.Max().Values);
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        Check.Close([squares / count], x.Variance().Values, tolerance);
        if (count > 1)
            Check.Close([squares / (count - 1)], x.Variance(correction: 1).Values, tolerance);
        tape.Backward(x.Sum() + x.Mean());
        foreach (T gradient in x.Gradient)
            Check.Close([1 + 1.0 / count], [gradient]);
        if (count <= 40)
            Check.Gradients(v => v.Sum() * v.Mean() + v.Max() * v.Variance(), input);
    }

    [Fact]
    public void WithoutElements()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(new Tensor<T>(new Shape(0, 3)));
        Assert.Equal(T.Zero, x.Sum().Item);
        Assert.True(T.IsNaN(x.Mean().Item));
        Check.Close([0, 0, 0], x.Sum(0).Values);
        Assert.Equal(0, x.Sum(1).Shape.Count);
        Assert.Throws<InvalidOperationException>(() => x.Max());
        tape.Backward(x.Sum());
        Assert.Equal(0, x.Gradient.Length);
    }

    [Fact]
    public void TheFirstOfSeveralLargestGetsTheGradient()
    {
        var tape = new Tape<T>();
        Var<T> x = tape.Input(Tensor<T>.From(T.One, T.One + T.One, T.One + T.One));
        tape.Backward(x.Max());
        Check.Close([0, 1, 0], x.Gradient);
        Assert.True(T.IsNaN(tape.Constant(Tensor<T>.From(T.One, T.NaN, T.One)).Max().Item));
    }

    private static (double[] Sum, double[] Largest, int Extent) Truth(Tensor<T> input, int axis)
    {
        int inner = 1;
        for (int after = axis + 1; after < input.Shape.Rank; after++)
            inner *= input.Shape[after];
        int extent = input.Shape[axis];
        int count = input.Shape.Count / extent;
        var sum = new double[count];
        var largest = new double[count];
        Array.Fill(largest, double.NegativeInfinity);
        for (int i = 0; i < input.Shape.Count; i++)
        {
            int target = i / (inner * extent) * inner + i % inner;
            sum[target] += double.CreateTruncating(input.Span[i]);
            largest[target] = Math.Max(largest[target], double.CreateTruncating(input.Span[i]));
        }

        return (sum, largest, extent);
    }
}
