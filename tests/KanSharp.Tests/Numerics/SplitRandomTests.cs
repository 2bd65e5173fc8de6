using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class SplitRandomTests
{
    /// <summary>The known answers that the authors of Philox publish with their reference code (Random123, kat_vectors).</summary>
    [Fact]
    public void BlockGivesThePublishedAnswers()
    {
        Assert.Equal(
            (0x16554d9eca36314cUL, 0xdb20fe9d672d0fdcUL, 0xd7e772cee186176bUL, 0x7e68b68aec7ba23bUL),
            Philox.Block(0, 0, 0, 0, 0, 0));
        const ulong ones = ulong.MaxValue;
        Assert.Equal(
            (0x87b092c3013fe90bUL, 0x438c3c67be8d0224UL, 0x9cc7d7c69cd777b6UL, 0xa09caebf594f0ba0UL),
            Philox.Block(ones, ones, ones, ones, ones, ones));
        Assert.Equal(
            (0xa528f45403e61d95UL, 0x38c72dbd566e9788UL, 0xa5a1610e72fd18b5UL, 0x57bd43b5e52b7fe6UL),
            Philox.Block(
                0x452821e638d01377UL, 0xbe5466cf34e90c6cUL,
                0x243f6a8885a308d3UL, 0x13198a2e03707344UL, 0xa4093822299f31d0UL, 0x082efa98ec4e6c89UL));
    }

    [Fact]
    public void SeedZeroStartsWithTheFirstPublishedBlock()
    {
        var random = new SplitRandom(0);
        ulong[] first = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];
        Assert.Equal([0x16554d9eca36314cUL, 0xdb20fe9d672d0fdcUL, 0xd7e772cee186176bUL, 0x7e68b68aec7ba23bUL], first);
    }

    [Fact]
    public void RestoredStateContinuesTheStreamAtEveryPosition()
    {
        var random = new SplitRandom(7).Split("weights");
        for (int i = 0; i < 20; i++)
        {
            var copy = new SplitRandom(random.State);
            Assert.Equal(random.State, copy.State);
            var further = new SplitRandom(random.State);
            for (int k = 0; k < 9; k++)
                Assert.Equal(copy.NextNormal(), further.NextNormal());
            Assert.Equal(new SplitRandom(random.State).Split().NextUInt64(), copy.Split().NextUInt64());
            random.NextUInt64();
            if (i % 3 == 0)
                random.Split();
        }
    }

    [Fact]
    public void NamedChildrenDoNotDependOnDrawsOrOrder()
    {
        var early = new SplitRandom(3);
        ulong expected = early.Split("dropout").NextUInt64();
        ulong expectedNumber = early.Split(5).NextUInt64();
        var late = new SplitRandom(3);
        late.NextNormal();
        late.Split("shuffle");
        late.Split();
        late.Split(4);
        Assert.Equal(expected, late.Split("dropout").NextUInt64());
        Assert.Equal(expectedNumber, late.Split(5).NextUInt64());
    }

    [Fact]
    public void ChildrenParentsAndSeedsAreAllDifferentStreams()
    {
        var parent = new SplitRandom(11);
        var streams = new List<SplitRandom> { parent, new(12), parent.Split("a"), parent.Split("b"), parent.Split("") };
        for (ulong i = 0; i < 50; i++)
        {
            streams.Add(parent.Split());
            streams.Add(parent.Split(i));
            streams.Add(streams[^1].Split(0));
        }

        var seen = new HashSet<ulong>();
        foreach (SplitRandom stream in streams)
        {
            for (int i = 0; i < 100; i++)
                Assert.True(seen.Add(stream.NextUInt64()));
        }
    }

    [Fact]
    public void ParentAndChildAreUncorrelated()
    {
        var parent = new SplitRandom(5);
        SplitRandom child = parent.Split(), sibling = parent.Split();
        double parentChild = 0, siblings = 0;
        const int n = 100_000;
        for (int i = 0; i < n; i++)
        {
            double x = child.NextNormal(), y = sibling.NextNormal(), z = parent.NextNormal();
            parentChild += x * z;
            siblings += x * y;
        }

        // A correlation of independent normals has standard deviation 1/√n.
        Assert.InRange(parentChild / n * Math.Sqrt(n), -4.5, 4.5);
        Assert.InRange(siblings / n * Math.Sqrt(n), -4.5, 4.5);
    }

    [Fact]
    public void UniformNumbersFillTheIntervalEvenly()
    {
        var random = new SplitRandom(1);
        var counts = new int[64];
        const int n = 256_000;
        for (int i = 0; i < n; i++)
        {
            double x = random.NextDouble();
            Assert.InRange(x, 0, 1 - 1.1e-16);
            counts[(int)(x * counts.Length)]++;
        }

        AssertChiSquare(counts, n / (double)counts.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(37)]
    public void IntegersAreEvenBelowTheBound(int bound)
    {
        var random = new SplitRandom(2);
        var counts = new int[bound];
        for (int i = 0; i < 2000 * bound; i++)
            counts[random.NextInt(bound)]++;
        AssertChiSquare(counts, 2000);
    }

    [Fact]
    public void EveryBitIsSetHalfOfTheTime()
    {
        var random = new SplitRandom(9);
        var ones = new int[64];
        const int n = 40_000;
        for (int i = 0; i < n; i++)
        {
            ulong bits = random.NextUInt64();
            for (int bit = 0; bit < 64; bit++)
                ones[bit] += (int)(bits >> bit) & 1;
        }

        Assert.All(ones, count => Assert.InRange((count - n / 2) / Math.Sqrt(n / 4.0), -4.5, 4.5));
    }

    [Fact]
    public void NormalNumbersHaveTheNormalMomentsAndDistribution()
    {
        var random = new SplitRandom(4);
        const int n = 200_000;
        var values = new double[n];
        random.FillNormal<double>(values, 0, 1);
        double scale = Math.Sqrt(n);
        Assert.InRange(values.Average() * scale, -4, 4);
        Assert.InRange((values.Average(x => x * x) - 1) * scale / Math.Sqrt(2), -4, 4);
        Assert.InRange(values.Average(x => x * x * x) * scale / Math.Sqrt(15), -4, 4);
        Assert.InRange((values.Average(x => x * x * x * x) - 3) * scale / Math.Sqrt(96), -4, 4);

        Array.Sort(values);
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            double cdf = SimdScalar<double>.Sum(SimdMath.NormalCdf<SimdScalar<double>, double>(new(values[i]), out _));
            largest = Math.Max(largest, Math.Abs(cdf - (i + 0.5) / n));
        }

        // Kolmogorov-Smirnov: 1.95/√n is exceeded with probability 0.001.
        Assert.InRange(largest * scale, 0, 1.95);
    }

    [Fact]
    public void FillsGiveTheNumbersOfSingleDraws()
    {
        var doubles = new double[9];
        var floats = new float[9];
        new SplitRandom(6).FillNormal<double>(doubles, 2, 0.5);
        new SplitRandom(6).FillNormal<float>(floats, 2, 0.5f);
        var random = new SplitRandom(6);
        for (int i = 0; i < 9; i++)
        {
            double expected = 2 + 0.5 * random.NextNormal();
            Assert.Equal(expected, doubles[i]);
            Assert.Equal((float)expected, floats[i]);
        }

        new SplitRandom(6).FillUniform<float>(floats, -3, -1);
        Assert.All(floats, x => Assert.InRange(x, -3, -1));
        Assert.Equal(floats.Length, floats.Distinct().Count());
    }

    [Fact]
    public void ShufflesGiveEveryOrderEquallyOften()
    {
        var random = new SplitRandom(8);
        var counts = new int[256];
        Span<int> items = stackalloc int[4];
        for (int i = 0; i < 24_000; i++)
        {
            (items[0], items[1], items[2], items[3]) = (0, 1, 2, 3);
            random.Shuffle(items);
            counts[items[0] + 4 * items[1] + 16 * items[2] + 64 * items[3]]++;
        }

        int[] reached = [.. counts.Where(count => count > 0)];
        Assert.Equal(24, reached.Length);
        AssertChiSquare(reached, 1000);
    }

    [Fact]
    public void MisuseIsNamed()
    {
        var random = new SplitRandom(0);
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => random.NextInt(0));
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => random.FillUniform<float>(new float[1], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("maximum", () => random.FillUniform<double>(new double[1], 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => random.FillNormal<float>(new float[1], 0, -1));
    }

    /// <summary>χ² with k degrees of freedom is near normal with mean k and variance 2k.</summary>
    private static void AssertChiSquare(int[] counts, double expected)
    {
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        double freedom = counts.Length - 1;
        Assert.InRange(statistic, 0, freedom + 5 * Math.Sqrt(2 * freedom));
    }
}
