using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class TerminalChartTests
{
    [Theory]
    [InlineData(30, 4)]
    [InlineData(72, 14)]
    [InlineData(120, 30)]
    public void StaysWithinItsSize(int columns, int rows)
    {
        foreach (Chart chart in (Chart[])[Gallery.Lines(), Gallery.LogLog(), Gallery.Scatter(), Gallery.Loss().ToChart(), new Chart()])
        {
            string[] lines = TerminalChart.Write(chart, columns, rows).Split('\n');
            string[] plot = [.. lines.Where(line => line.Contains('│') || line.Contains('┤'))];
            Assert.Equal(rows, plot.Length);
            Assert.All(plot, line => Assert.InRange(line.Length, 1, columns));
        }
    }

    [Fact]
    public void ARisingLineRisesThroughEveryColumn()
    {
        var chart = new Chart { Series = [new ChartSeries { X = [0, 1], Y = [0, 1] }] };
        string[] plot = [.. TerminalChart.Write(chart, 40, 10).Split('\n').Where(line => line.Contains('*'))];
        Assert.Equal(10, plot.Length);
        int[] first = [.. plot.Select(line => line.IndexOf('*'))];
        Assert.Equal(first.OrderDescending(), first);
        Assert.Equal(plot[^1].Length - plot[^1].TrimEnd('*').Length + first[^1], first[^2]);
    }

    [Fact]
    public void ControlCharactersDoNotReachTheTerminal()
    {
        Chart chart = Gallery.Lines() with { Title = "a\u001b[31mb", X = new ChartAxis { Label = "\u0007" } };
        Assert.DoesNotContain(TerminalChart.Write(chart), c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void WrongSizesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TerminalChart.Write(new Chart(), columns: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => TerminalChart.Write(new Chart(), rows: 1000));
    }
}
