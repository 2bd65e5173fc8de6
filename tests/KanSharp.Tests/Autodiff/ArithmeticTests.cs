using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public sealed class ArithmeticFloatTests : ArithmeticTests<float>;

public sealed class ArithmeticDoubleTests : ArithmeticTests<double>;

public abstract class ArithmeticTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[][] Shapes = [[], [1], [4], [3, 1], [3, 4], [1, 4], [2, 3, 4], [2, 1, 1], [0, 4], [5, 1, 3, 4]];

    private static readonly T Three = T.CreateTruncating(3);

    public static TheoryData<int[], int[]> Pairs()
    {
        var pairs = new TheoryData<int[], int[]>();
        foreach (int[] left in Shapes)
        {
            foreach (int[] right in Shapes)
            {
                if (Expected(left, right) is not null)
                    pairs.Add(left, right);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void BroadcastValuesFollowTheIndexRule(int[] left, int[] right)
    {
        Tensor<T> a = Check.Sample<T>(new Shape(left), 1);
        Tensor<T> b = Check.Sample<T>(new Shape(right), 2, 0.5, 2);
        int[] shape = Expected(left, right)!;
        var tape = new Tape<T>();
        Var<T> x = tape.Input(a);
        Var<T> y = tape.Input(b);
        foreach ((Var<T> actual, Func<double, double, double> rule) in new (Var<T>, Func<double, double, double>)[]
        {
            (x + y, (p, q) => p + q), (x - y, (p, q) => p - q), (x * y, (p, q) => p * q), (x / y, (p, q) => p / q),
            (Var<T>.Minimum(x, y), Math.Min), (Var<T>.Maximum(x, y), Math.Max),
        })
        {
            Assert.Equal(new Shape(shape), actual.Shape);
            var expected = new double[actual.Shape.Count];
            for (int i = 0; i < expected.Length; i++)
                expected[i] = rule(At(a, shape, i), At(b, shape, i));
            Check.Close(expected, actual.Values);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void BroadcastGradients(int[] left, int[] right)
    {
        Tensor<T> a = Check.Sample<T>(new Shape(left), 1);
        Tensor<T> b = Check.Sample<T>(new Shape(right), 2, 0.5, 2);
        Check.Gradients((x, y) => x * y + x / y - y, a, b);
        Check.Gradients((x, y) => Var<T>.Maximum(x, y) - Var<T>.Minimum(y, x), a, b);
    }

    [Fact]
    public void NumbersOnEitherSide()
    {
        Tensor<T> a = Check.Sample<T>(new Shape(37), 1, 0.5, 2);
        var tape = new Tape<T>();
        Var<T> x = tape.Input(a);
        double[] v = Check.Doubles<T>(a.Span);
        Check.Close<T>(v.Select(p => p + 3).ToArray(), (x + Three).Values);
        Check.Close<T>(v.Select(p => p + 3).ToArray(), (Three + x).Values);
        Check.Close<T>(v.Select(p => p - 3).ToArray(), (x - Three).Values);
        Check.Close<T>(v.Select(p => 3 - p).ToArray(), (Three - x).Values);
        Check.Close<T>(v.Select(p => 3 * p).ToArray(), (x * Three).Values);
        Check.Close<T>(v.Select(p => 3 * p).ToArray(), (Three * x).Values);
        Check.Close<T>(v.Select(p => p / 3).ToArray(), (x / Three).Values);
        Check.Close<T>(v.Select(p => 3 / p).ToArray(), (Three / x).Values);
        Check.Close<T>(v.Select(p => -p).ToArray(), (-x).Values);
        Check.Gradients(z => (Three + z) * (Three - z) / Three + Three / z - (z - Three) + (-z) + (z + Three) * Three + Three * z, a);
    }

    [Fact]
    public void ParametersOnEitherSide()
    {
        var attention = new Parameter<T>(Check.Sample<T>(new Shape(4), 3, 0.5, 2));
        Tensor<T> input = Check.Sample<T>(new Shape(3, 4), 1, 0.5, 2);
        var tape = new Tape<T>();
        Check.Close<T>(Check.Doubles((tape.Input(input) * tape.Use(attention)).Values), (tape.Input(input) * attention).Values);
        Check.Passed(GradientCheck.Run(
            x => (x * attention + attention * x) / attention - attention / x + (x + attention) - (attention - x) * (attention + x) + (x - attention),
            input,
            [("attention", attention)]));
    }

    [Fact]
    public void AValueUsedTwiceGetsBothGradients() => Check.Gradients(x => x * x + x / x, Check.Sample<T>(new Shape(5), 1, 0.5, 2));

    [Fact]
    public void LargeOperandsInPieces()
    {
        Tensor<T> a = Check.Sample<T>(new Shape(300, 200), 1);
        Tensor<T> b = Check.Sample<T>(new Shape(200), 2, 0.5, 2);
        var tape = new Tape<T>();
        Var<T> x = tape.Input(a);
        Var<T> y = tape.Input(b);
        Var<T> product = x * y;
        tape.Backward(product.Sum());
        double[] sums = new double[200];
        for (int i = 0; i < a.Shape.Count; i++)
        {
            Assert.Equal(a.Span[i] * b.Span[i % 200], product.Values[i]);
            Assert.Equal(b.Span[i % 200], x.Gradient[i]);
            sums[i % 200] += double.CreateTruncating(a.Span[i]);
        }

        Check.Close(sums, y.Gradient, typeof(T) == typeof(float) ? 1e-4 : 1e-12);
    }

    /// <summary>NumPy's rule, written down independently; null if the shapes do not fit.</summary>
    private static int[]? Expected(int[] left, int[] right)
    {
        int rank = Math.Max(left.Length, right.Length);
        var result = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int l = axis - rank + left.Length is >= 0 and int i ? left[i] : 1;
            int r = axis - rank + right.Length is >= 0 and int j ? right[j] : 1;
            if (l != r && l != 1 && r != 1)
                return null;
            result[axis] = l == 1 ? r : l;
        }

        return result;
    }

    private static double At(Tensor<T> tensor, int[] shape, int flat)
    {
        int offset = 0;
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            (flat, int index) = Math.DivRem(flat, shape[axis]);
            int own = axis - shape.Length + tensor.Shape.Rank;
            if (own < 0 || tensor.Shape[own] == 1)
                continue;
            offset += index * stride;
            stride *= tensor.Shape[own];
        }

        return double.CreateTruncating(tensor.Span[offset]);
    }
}
