using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class StatisticsTests
{
    [Fact]
    public void MeanAndVarianceOfAKnownSample()
    {
        double[] x = [2, 4, 4, 4, 5, 5, 7, 9];
        Assert.Equal(5, Statistics.Mean<double>(x));
        Assert.Equal(4, Statistics.Variance<double>(x));
        Assert.Equal(32.0 / 7, Statistics.Variance<double>(x, correction: 1), 1e-15);
        float[] single = [.. x.Select(v => (float)v)];
        Assert.Equal(5, Statistics.Mean<float>(single));
        Assert.Equal(4, Statistics.Variance<float>(single));
        Assert.Equal(0, Statistics.Variance<double>([3.5]));
    }

    [Fact]
    public void LargeOffsetsAndManyValuesDoNotCancel()
    {
        double[] shifted = [.. Enumerable.Range(0, 1001).Select(i => 1e9 + i % 2)];
        double share = 500.0 / 1001;
        Assert.Equal(1e9 + share, Statistics.Mean<double>(shifted), 2e-7);
        Assert.Equal(share * (1 - share), Statistics.Variance<double>(shifted), 1e-12);
        double[] cancelling = [1, 1e100, 1, -1e100];
        Assert.Equal(0.5, Statistics.Mean<double>(cancelling));
    }

    [Fact]
    public void QuantilesInterpolateLinearly()
    {
        double[] x = [7, 1, 3, 15];
        Assert.Equal(1, Statistics.Quantile<double>(x, 0));
        Assert.Equal(15, Statistics.Quantile<double>(x, 1));
        Assert.Equal(5, Statistics.Quantile<double>(x, 0.5));
        Assert.Equal(2.5, Statistics.Quantile<double>(x, 0.25));
        Assert.Equal(10.2f, Statistics.Quantile<float>([7, 1, 3, 15], 0.8), 1e-5f);
        Assert.Equal([7, 1, 3, 15], x);
        Assert.Equal(4, Statistics.Quantile<double>([4], 0.3));
        Assert.True(double.IsNaN(Statistics.Quantile<double>([1, double.NaN, 2], 0.5)));
    }

    [Fact]
    public void RangeFindsBothEndsAndReturnsNaN()
    {
        Assert.Equal((-2.0, 8.0), Statistics.Range<double>([3, -2, 8, 0]));
        Assert.Equal((float.NaN, float.NaN), Statistics.Range<float>([3, float.NaN, 8]));
        Assert.Equal((double.NegativeInfinity, 1.0), Statistics.Range<double>([1, double.NegativeInfinity]));
    }

    [Fact]
    public void InfiniteValuesGiveInfiniteMeans()
    {
        Assert.Equal(double.PositiveInfinity, Statistics.Mean<double>([1, double.PositiveInfinity]));
        Assert.True(double.IsNaN(Statistics.Mean<double>([double.NegativeInfinity, double.PositiveInfinity])));
    }

    [Fact]
    public void MisuseIsNamed()
    {
        Assert.Throws<ArgumentException>("values", () => Statistics.Mean<double>([]));
        Assert.Throws<ArgumentException>("values", () => Statistics.Variance<double>([1], correction: 1));
        Assert.Throws<ArgumentException>("values", () => Statistics.Quantile<double>([], 0.5));
        Assert.Throws<ArgumentException>("values", () => Statistics.Range<double>([]));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => Statistics.Quantile<double>([1], 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => Statistics.Quantile<double>([1], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("correction", () => Statistics.Variance<double>([1], correction: -1));
    }
}
