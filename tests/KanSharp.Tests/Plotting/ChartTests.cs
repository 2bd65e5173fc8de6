using System.Xml.Linq;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class ChartTests
{
    public static TheoryData<double[]> AwkwardValues =>
    [
        .. (double[][])[[], [double.NaN], [double.PositiveInfinity, double.NegativeInfinity], [0, 0, 0], [1e308, -1e308, 1], [double.Epsilon, 2 * double.Epsilon],
        [1, double.NaN, 2, 3, double.NaN], [-5], [1e15, 1e15 + 1], [0, 1e-300]],
    ];

    [Theory]
    [MemberData(nameof(AwkwardValues))]
    public void EveryKindDrawsAwkwardValues(double[] values)
    {
        foreach (SeriesKind kind in Enum.GetValues<SeriesKind>())
        {
            foreach (AxisScale scale in Enum.GetValues<AxisScale>())
            {
                double[] x = [.. values.Select((_, i) => i + 1.0)];
                var chart = new Chart { Series = [new ChartSeries { Kind = kind, X = x, Y = values }], Y = new ChartAxis { Scale = scale } };
                bool any = values.Any(value => AxisMap.CanShow(value, scale));
                Assert.Equal(!any, XDocument.Parse(chart.Draw().ToSvg()).Descendants().Any(element => element.Value == "no data" && !element.HasElements));
                Assert.Equal(!any, TerminalChart.Write(chart).Contains("no data", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void PointsStandAtTheirTicks()
    {
        Scene scene = new Chart { Series = [new ChartSeries { Kind = SeriesKind.Scatter, X = [0, 4, 8], Y = [0, 1, 2] }] }.Draw();
        CircleElement[] dots = [.. scene.Elements.OfType<CircleElement>()];
        LineElement[] grid = [.. scene.Elements.OfType<LineElement>().Where(line => line.Style.Stroke == Palette.Grid)];
        Assert.Equal(3, dots.Length);
        Assert.All(dots, dot => Assert.Contains(grid, line => line.X1 == line.X2 && Math.Abs(line.X1 - dot.X) < 1e-6));
        Assert.All(dots, dot => Assert.Contains(grid, line => line.Y1 == line.Y2 && Math.Abs(line.Y1 - dot.Y) < 1e-6));
        Assert.Equal(dots[1].X - dots[0].X, dots[2].X - dots[1].X, 1e-9);
        Assert.True(dots[0].Y > dots[2].Y);
    }

    [Fact]
    public void EqualRatiosAreEqualDistancesOnALogAxis()
    {
        Scene scene = new Chart
        {
            Y = new ChartAxis { Scale = AxisScale.Log },
            Series = [new ChartSeries { Kind = SeriesKind.Scatter, X = [1, 2, 3], Y = [1e-4, 1e-2, 1] }],
        }.Draw();
        double[] y = [.. scene.Elements.OfType<CircleElement>().Select(dot => dot.Y)];
        Assert.Equal(y[0] - y[1], y[1] - y[2], 1e-9);
    }

    [Fact]
    public void GapsSplitALine()
    {
        Scene scene = new Chart { Series = [new ChartSeries { X = [0, 1, 2, 3, 4, 5], Y = [0, 1, double.NaN, 2, double.PositiveInfinity, 1] }] }.Draw();
        Assert.Single(scene.Elements.OfType<PathElement>());
        Assert.Equal(2, scene.Elements.OfType<CircleElement>().Count());
    }

    [Fact]
    public void LinesAreCutAtTheAxes()
    {
        Scene scene = new Chart
        {
            Y = new ChartAxis { Minimum = 0, Maximum = 1 },
            Series = [new ChartSeries { X = [0, 1, 2, 3], Y = [-10, 10, 0.5, 50] }],
        }.Draw();
        double bottom = scene.Elements.OfType<LineElement>().Max(line => line.Y1 == line.Y2 ? line.Y1 : 0);
        ScenePoint[] points = [.. scene.Elements.OfType<PathElement>().SelectMany(path => path.Points)];
        Assert.All(points, point => Assert.InRange(point.Y, 14 - 1e-9, bottom + 1e-9));
        Assert.Equal(4, points.Count(point => Math.Abs(point.Y - 14) < 1e-6 || Math.Abs(point.Y - bottom) < 1e-6));
    }

    [Fact]
    public void BarsReachFromZeroToTheirValue()
    {
        Scene scene = new Chart { Series = [new ChartSeries { Kind = SeriesKind.Bar, X = [0, 1], Y = [2, -1] }] }.Draw();
        RectangleElement[] bars = [.. scene.Elements.OfType<RectangleElement>()];
        Assert.Equal(2, bars.Length);
        Assert.Equal(bars[0].Height, 2 * bars[1].Height, 1e-9);
        Assert.Equal(bars[0].Y + bars[0].Height, bars[1].Y, 1e-9);
        Assert.True(bars[0].X + bars[0].Width < bars[1].X);
    }

    [Fact]
    public void ALegendStandsOnlyForSeveralNames()
    {
        Chart chart = Gallery.Lines();
        Assert.Contains(Texts(chart), text => text == "with a gap");
        Assert.DoesNotContain(Texts(chart with { Series = [chart.Series[0]] }), text => text == "damped");
        Assert.DoesNotContain(Texts(chart with { Legend = false }), text => text == "damped");
    }

    [Fact]
    public void HostileNamesAreEscaped()
    {
        string svg = (Gallery.Lines() with { Title = Gallery.Hostile }).Draw().ToSvg();
        Assert.DoesNotContain("<b>", svg, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&amp;&quot;a&#39;\uFFFD\uFFFD&lt;/b&gt; ]]&gt; ü 日本", svg, StringComparison.Ordinal);
        Assert.Equal(svg, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(svg)));
    }

    [Fact]
    public void PairsOfSurrogatesSurvive() => Assert.Equal("a😀&amp;", SvgText.Escape("a😀&"));

    [Theory]
    [InlineData(0.005, "0.01")]
    [InlineData(-0.001, "0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e7, "10000000")]
    public void CoordinatesAreRounded(double value, string expected) => Assert.Equal(expected, SvgText.Number(value));

    [Fact]
    public void WrongUseIsRefused()
    {
        AssertRefused(new Chart { Series = [new ChartSeries { Name = "loss", X = [1, 2], Y = [1] }] }, "Y of series \"loss\": 1 values; expected 2");
        AssertRefused(new Chart { Y = new ChartAxis { Minimum = 2, Maximum = 1 } }, "Y axis: Minimum 2 is not below Maximum 1");
        AssertRefused(new Chart { X = new ChartAxis { Minimum = 0, Scale = AxisScale.Log } }, "X axis: its end 0 cannot be shown on a Log scale");
        AssertRefused(new Chart { Width = 5 }, "Width: 5 pixels");
        AssertRefused(new Chart { Height = double.NaN }, "Height: NaN pixels");
        Assert.Throws<ArgumentException>(() => SvgText.Number(double.NaN));
    }

    private static IEnumerable<string> Texts(Chart chart) => chart.Draw().Elements.OfType<TextElement>().Select(text => text.Content);

    private static void AssertRefused(Chart chart, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(chart.Draw).Message, StringComparison.Ordinal);
}
