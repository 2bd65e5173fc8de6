using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class TicksTests
{
    public static TheoryData<double, double> Ranges => new()
    {
        { 0, 1 }, { -1, 1 }, { 0.1, 0.7 }, { -3.2e-7, 8e-8 }, { 1e6, 1.2e6 }, { 999_999.5, 1_000_000.5 }, { -5, -4.99 }, { 0, 1e-250 },
        { -1e280, 1e280 }, { 3, 3 }, { 0, 0 }, { -7e-9, -7e-9 }, { 1e15, 1e15 + 4 },
    };

    public static TheoryData<double, double> LogRanges => new()
    {
        { 1, 1000 }, { 0.3, 0.7 }, { 1e-12, 1e-3 }, { 2e-30, 5e25 }, { 4, 4 }, { 9.99, 10.01 }, { 1e-3, 1e-3 * 1.0000001 }, { 1, 10 }, { 1, 100 },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void LinearTicksCoverTheData(double low, double high)
    {
        for (int intervals = 1; intervals < 12; intervals++)
        {
            TickSet ticks = LinearTicks.Create(low, high, intervals);
            Assert.True(ticks.Minimum <= low && ticks.Maximum >= high);
            Assert.True(ticks.Minimum < ticks.Maximum);
            Assert.InRange(ticks.Major.Count, 2, intervals + 3);
            double tolerance = Math.Max((high - low) * 1e-6, Math.Abs(high) * 1e-12);
            Assert.Equal(ticks.Minimum, ticks.Major[0], tolerance);
            Assert.Equal(ticks.Maximum, ticks.Major[^1], tolerance);
            Assert.Equal(ticks.Labels.Count, ticks.Labels.Distinct().Count());
            AssertOneTwoFive(ticks.Major);
        }
    }

    [Theory]
    [MemberData(nameof(LogRanges))]
    public void LogTicksCoverTheData(double low, double high)
    {
        for (int intervals = 1; intervals < 12; intervals++)
        {
            TickSet ticks = LogTicks.Create(low, high, intervals);
            Assert.True(ticks.Major[0] <= low * (1 + 1e-9) && ticks.Major[^1] >= high * (1 - 1e-9));
            Assert.True(ticks.Minimum <= low && ticks.Maximum >= high && ticks.Minimum < ticks.Maximum);
            Assert.InRange(ticks.Major.Count, 2, Math.Max(8, intervals + 2));
            Assert.Equal(ticks.Labels.Count, ticks.Labels.Distinct().Count());
            Assert.All(ticks.Minor, minor => Assert.InRange(minor, ticks.Minimum, ticks.Maximum));
        }
    }

    [Fact]
    public void LinearTicksAreTheDecimalNumbers()
    {
        TickSet ticks = LinearTicks.Create(0, 0.7, 7);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], ticks.Major);
        Assert.Equal(["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"], ticks.Labels.Select(label => label.Text));
    }

    [Fact]
    public void LargeAndSmallNumbersShareAPowerOfTen()
    {
        TickSet large = LinearTicks.Create(0, 3e6, 3), small = LinearTicks.Create(-2e-5, 2e-5, 4);
        Assert.Equal((6, "3"), (large.Multiplier, large.Labels[^1].Text));
        Assert.Equal((-5, "−2", "0"), (small.Multiplier, small.Labels[0].Text, small.Labels[2].Text));
    }

    [Fact]
    public void CloseNumbersFarFromZeroAreWrittenOut()
    {
        TickSet ticks = LinearTicks.Create(1_000_000.1, 1_000_000.4, 3);
        Assert.Equal(["1000000.1", "1000000.2", "1000000.3", "1000000.4"], ticks.Labels.Select(label => label.Text));
    }

    [Fact]
    public void FixedEndsStay()
    {
        TickSet ticks = LinearTicks.Create(0.13, 0.87, 5, fixedLow: true, fixedHigh: true);
        Assert.Equal((0.13, 0.87), (ticks.Minimum, ticks.Maximum));
        Assert.Equal([0.2, 0.4, 0.6, 0.8], ticks.Major);
    }

    [Fact]
    public void WholeNumbersHaveNoFractions() =>
        Assert.Equal([1, 2, 3], LinearTicks.Create(0.5, 3.5, 8, fixedLow: true, fixedHigh: true, whole: true).Major);

    [Fact]
    public void PowersOfTenAreWrittenPlainOrRaised()
    {
        Assert.Equal(["0.001", "0.01", "0.1", "1", "10"], LogTicks.Create(1e-3, 10, 6).Labels.Select(label => label.Text));
        Assert.Equal(new TickLabel("10", "−7"), LogTicks.Create(1e-7, 1, 8).Labels[0]);
        Assert.Equal(new TickLabel("2×10", "−5"), LogTicks.Create(2e-5, 8e-5, 8).Labels[0]);
    }

    private static void AssertOneTwoFive(IReadOnlyList<double> ticks)
    {
        double step = (ticks[^1] - ticks[0]) / (ticks.Count - 1), exponent = Math.Floor(Math.Log10(step) + 1e-6);
        double mantissa = step / Math.Pow(10, exponent);
        Assert.Contains(new[] { 1.0, 2, 5, 10 }, allowed => Math.Abs(mantissa - allowed) < 1e-3);
    }
}
