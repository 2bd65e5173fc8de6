using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class PackedSymmetricMatrixTests
{
    private static readonly RankTwoUpdate Update = new(0.75, 0.5, -0.25, 1.5);

    public static TheoryData<int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int>();
            foreach (SimdWidth width in SimdWidths.All)
            {
                foreach (int size in (int[])[1, 2, 3, 4, 5, 15, 16, 17, 33, 130, 517])
                {
                    cases.Add((int)width, size, 1);
                    cases.Add((int)width, size, 3);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_and_updates_equal_plain_sums(int width, int size, int threads)
    {
        Check<double>((SimdWidth)width, size, threads, 1e-13);
        Check<float>((SimdWidth)width, size, threads, 2e-5);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        double[] alone = Run<double>(SimdWidths.Best, 700, 1);
        Assert.Equal(alone, Run<double>(SimdWidths.Best, 700, 2));
        Assert.Equal(alone, Run<double>(SimdWidths.Best, 700, 5));
    }

    [Fact]
    public void A_multiple_of_the_identity_scales()
    {
        var matrix = new PackedSymmetricMatrix<double>(9, Executor.Default);
        matrix.SetIdentity(2.5);
        double[] x = Draw<double>(9, 1), y = new double[9];
        matrix.Multiply(x, y);
        Assert.Equal(x.Select(value => 2.5 * value), y);
    }

    private static void Check<T>(SimdWidth width, int size, int threads, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] actual = Run<T>(width, size, threads);
        double[] packed = Values(Draw<T>(size * (size + 1) / 2, 7));
        double[] s = Values(Draw<T>(size, 8)), w = Values(Draw<T>(size, 9)), x = Values(Draw<T>(size, 10));
        for (int i = 0; i < size; i++)
        {
            double before = 0, after = 0, magnitude = 1;
            for (int j = 0; j < size; j++)
            {
                double value = packed[Math.Max(i, j) * (Math.Max(i, j) + 1) / 2 + Math.Min(i, j)];
                double changed = Update.Scale * value + Update.FirstFirst * s[i] * s[j]
                    + Update.FirstSecond * (s[i] * w[j] + w[i] * s[j]) + Update.SecondSecond * w[i] * w[j];
                before += value * x[j];
                after += changed * x[j];
                magnitude += Math.Abs(changed * x[j]);
            }

            Assert.Equal(before, actual[i], tolerance * magnitude);
            Assert.Equal(after, actual[size + i], tolerance * magnitude);
            Assert.Equal(after, actual[2 * size + i], tolerance * magnitude);
        }
    }

    /// <summary>Products before the update, of the update itself, and after it.</summary>
    private static double[] Run<T>(SimdWidth width, int size, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var executor = new Executor(threads, width);
        var matrix = new PackedSymmetricMatrix<T>(size, executor);
        Draw<T>(size * (size + 1) / 2, 7).CopyTo(matrix.Values);
        T[] s = Draw<T>(size, 8), w = Draw<T>(size, 9), x = Draw<T>(size, 10);
        T[] before = new T[size], fused = new T[size], after = new T[size];
        matrix.Multiply(x, before);
        matrix.UpdateAndMultiply(Update, s, w, x, fused);
        matrix.Multiply(x, after);
        return [.. Values(before), .. Values(fused), .. Values(after)];
    }

    private static double[] Values<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. values.Select(double.CreateTruncating)];

    private static T[] Draw<T>(int count, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() * 2 - 1))];
    }
}
