using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class VectorMathTests : NumericsTestBase
{
    [Theory]
    [MemberData(nameof(Widths))]
    public void ElementwiseArithmetic(int width)
    {
        CheckElementwise<double>((SimdWidth)width);
        CheckElementwise<float>((SimdWidth)width);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Reductions(int width)
    {
        CheckReductions<double>((SimdWidth)width, 1e-14);
        CheckReductions<float>((SimdWidth)width, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void NonFiniteValuesAreFoundWhereverTheyAre(int width)
    {
        for (int length = 1; length < 150; length += 7)
        {
            var x = new float[length];
            Array.Fill(x, float.MaxValue);
            Assert.True(VectorMath.AllFinite<float>(x, (SimdWidth)width));
            Assert.Equal(-1, VectorMath.IndexOfNonFinite<float>(x, (SimdWidth)width));
            foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                for (int i = 0; i < length; i++)
                {
                    x[i] = bad;
                    Assert.Equal(i, VectorMath.IndexOfNonFinite<float>(x, (SimdWidth)width));
                    x[i] = -float.MaxValue;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void MaximaReturnNaNAndHandleNegativeAndEmptySpans(int width)
    {
        var w = (SimdWidth)width;
        double[] x = [.. Enumerable.Range(1, 77).Select(i => -(double)i)];
        Assert.Equal(-1, VectorMath.Max<double>(x, w));
        Assert.Equal(77, VectorMath.MaxAbs<double>(x, w));
        Assert.Equal(double.NegativeInfinity, VectorMath.Max<double>([], w));
        Assert.Equal(0, VectorMath.MaxAbs<double>([], w));
        for (int i = 0; i < x.Length; i++)
        {
            double kept = x[i];
            x[i] = double.NaN;
            Assert.True(double.IsNaN(VectorMath.Max<double>(x, w)));
            Assert.True(double.IsNaN(VectorMath.MaxAbs<double>(x, w)));
            x[i] = kept;
        }
    }

    [Fact]
    public void UnequalLengthsAreRefusedWithBothLengths()
    {
        var thrown = Assert.Throws<ArgumentException>(
            () => VectorMath.Add<float>(new float[3], new float[4], new float[3], SimdWidth.Bits256));
        Assert.Contains("3", thrown.Message);
        Assert.Contains("4", thrown.Message);
        Assert.Throws<ArgumentException>(() => VectorMath.Dot<float>(new float[3], new float[4], SimdWidth.Bits256));
        Assert.Throws<ArgumentException>(
            () => VectorMath.MultiplyAdd<float>(new float[3], new float[3], new float[4], SimdWidth.Bits256));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var x = new double[1000];
        var y = new double[1000];
        double sum = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            VectorMath.Add<double>(x, y, y, SimdWidths.Best);
            VectorMath.MultiplyAdd(2.0, x, y, SimdWidths.Best);
            Activation.SiLU.Evaluate<double>(1, x, y, SimdWidths.Best);
            sum += VectorMath.Dot<double>(x, y, SimdWidths.Best);
            if (pass == 1)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, sum);
    }

    private static void CheckElementwise<T>(SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int length = 0; length < 70; length++)
        {
            T[] x = Values<T>(length, 1), y = Values<T>(length, 2), old = Values<T>(length, 3);
            T a = T.CreateTruncating(1.7);
            Check((left, right, _) => left + right, target => VectorMath.Add<T>(x, y, target, width));
            Check((left, right, _) => left - right, target => VectorMath.Subtract<T>(x, y, target, width));
            Check((left, right, _) => left * right, target => VectorMath.Multiply<T>(x, y, target, width));
            Check((left, right, _) => left / right, target => VectorMath.Divide<T>(x, y, target, width));
            Check((left, _, _) => a * left, target => VectorMath.Scale(a, x, target, width));
            Check((left, _, t) => T.FusedMultiplyAdd(a, left, t), target => VectorMath.MultiplyAdd(a, x, target, width));
            Check((left, right, t) => T.FusedMultiplyAdd(left, right, t), target => VectorMath.MultiplyAdd(x, y, target, width));

            void Check(Func<T, T, T, T> expected, Action<T[]> run)
            {
                T[] target = [.. old];
                run(target);
                for (int i = 0; i < length; i++)
                    Assert.Equal(expected(x[i], y[i], old[i]), target[i]);
            }
        }

        T[] guarded = Values<T>(40, 4);
        T[] before = [.. guarded];
        VectorMath.Scale(T.CreateTruncating(3), guarded.AsSpan(5, 13), guarded.AsSpan(5, 13), width);
        for (int i = 0; i < guarded.Length; i++)
            Assert.Equal(i is >= 5 and < 18 ? T.CreateTruncating(3) * before[i] : before[i], guarded[i]);
    }

    private static void CheckReductions<T>(SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int length = 0; length < 200; length += 1 + length / 20)
        {
            T[] x = Values<T>(length, 5), y = Values<T>(length, 6);
            double[] xs = [.. x.Select(double.CreateTruncating)], ys = [.. y.Select(double.CreateTruncating)];
            Assert.Equal(xs.Sum(), double.CreateTruncating(VectorMath.Sum<T>(x, width)), tolerance * (1 + length));
            Assert.Equal(xs.Sum(v => v * v), double.CreateTruncating(VectorMath.SumOfSquares<T>(x, width)), tolerance * (1 + length));
            Assert.Equal(xs.Zip(ys, (a, b) => a * b).Sum(), double.CreateTruncating(VectorMath.Dot<T>(x, y, width)), tolerance * (1 + length));
            if (length == 0)
                continue;
            Assert.Equal(xs.Max(), double.CreateTruncating(VectorMath.Max<T>(x, width)));
            Assert.Equal(xs.Max(Math.Abs), double.CreateTruncating(VectorMath.MaxAbs<T>(x, width)));
        }
    }

    private static T[] Values<T>(int length, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble() * 2 - 1))];
    }
}
