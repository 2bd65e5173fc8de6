using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

/// <summary>Candidates, Pareto plot, tree, histograms, residuals and bars.</summary>
public class FormulaPictureTests
{
    [Fact]
    public void TheFrontIsWhatNothingSimplerBeats()
    {
        ParetoPlot plot = FormulaGallery.Pareto();
        Scene scene = plot.Draw();
        int front = plot.Points.Count(point => !plot.Points.Any(other => other != point &&
            other.Complexity <= point.Complexity && other.Error <= point.Error));
        Assert.Equal(8, front);
        CircleElement[] dots = [.. scene.Elements.OfType<CircleElement>()];
        Assert.Equal(front + 1, dots.Count(dot => dot.Style.Fill == Palette.Blue)); // and one in the legend
        CircleElement ring = dots.Single(dot => dot.Style.Stroke == Palette.Vermilion);
        Assert.Contains(dots, dot => dot.X == ring.X && dot.Y == ring.Y && dot.Style.Fill == Palette.Blue);
        Assert.Contains("exp(sin(pi*x) + y^2)", Texts(scene));
        Assert.Contains("11 formulas, 8 of them on the front; the pick has a ring.", scene.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void StepsNeverRise()
    {
        PathElement steps = FormulaGallery.Pareto().Draw().Elements.OfType<PathElement>().Single();
        for (int i = 1; i < steps.Points.Count; i++)
            Assert.True(steps.Points[i].X >= steps.Points[i - 1].X && steps.Points[i].Y >= steps.Points[i - 1].Y);
    }

    [Fact]
    public void WrongParetoInputIsNamed()
    {
        ParetoPlot plot = FormulaGallery.Pareto();
        Refused(() => (plot with { Pick = 11 }).Draw(), "Pick: 11; allowed are 0 to 10");
        Refused(() => new ParetoPlot { Points = [new(1, -1)] }.Draw(), "Points[0].Error: -1");
    }

    [Fact]
    public void CandidatesCarryTheirFitAndDoNotStretchTheAxis()
    {
        Scene scene = FormulaGallery.Candidates().Draw();
        Assert.Contains("1.2·sin(3.1·x)+0.4, R²\u00a01\u00a0−\u00a03.2e−7, complexity\u00a02", Texts(scene));
        Assert.Contains("tanh, R²\u00a00.6312, complexity\u00a03", Texts(scene));
        Assert.Equal(40, scene.Elements.OfType<RectangleElement>().Count(bar => bar.Style.Fill == Palette.Bars) - 1); // one is in the legend
        Assert.Equal(4, scene.Elements.OfType<PathElement>().Count());
        CandidateChart chart = FormulaGallery.Pole();
        Assert.DoesNotContain(Texts(chart.Draw()), text => text == "10");
        Refused(() => (chart with { Y = [1] }).Draw(), "Y: 1 values; expected 81");
        Refused(() => (chart with { Candidates = [chart.Candidates[0] with { Y = [1] }] }).Draw(), "Candidates[0].Y: 1 values; expected 81");
    }

    [Theory]
    [InlineData(0.98, "0.9800")]
    [InlineData(0.99991, "1 − 9e−5")]
    [InlineData(1, "1")]
    [InlineData(-3.5, "−3.5000")]
    [InlineData(double.NaN, "–")]
    public void R2ShowsWhatIsMissing(double value, string expected) => Assert.Equal(expected, PlotNumber.R2(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567, "1.235e6")]
    [InlineData(123456, "123456")]
    [InlineData(0.00123456, "0.001235")]
    [InlineData(-4.5e-9, "−4.5e−9")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void NumbersAreShort(double value, string expected) => Assert.Equal(expected, PlotNumber.Short(value));

    [Fact]
    public void BoxesOfATreeDoNotTouchAndParentsStandInTheMiddle()
    {
        foreach (TreeDiagram tree in (TreeDiagram[])[FormulaGallery.Tree(), FormulaGallery.WideTree(), new TreeDiagram { Root = Random(0, 1) }])
        {
            Scene scene = tree.Draw();
            RectangleElement[] boxes = [.. scene.Elements.OfType<GroupElement>().Select(group => (RectangleElement)group.Children[0])];
            for (int i = 0; i < boxes.Length; i++)
            {
                for (int j = 0; j < i; j++)
                    Assert.False(PictureTests.Overlap(Of(boxes[i]), Of(boxes[j])));
            }

            Assert.Equal(boxes.Length - 1, scene.Elements.OfType<PathElement>().Count());
            foreach (PathElement line in scene.Elements.OfType<PathElement>())
            {
                Assert.Contains(boxes, box => Near(box.X + (box.Width / 2), line.Points[0].X) && line.Points[0].Y >= box.Y && line.Points[0].Y <= box.Y + box.Height);
                Assert.Contains(boxes, box => Near(box.X + (box.Width / 2), line.Points[^1].X) && Near(box.Y, line.Points[^1].Y));
            }
        }
    }

    [Fact]
    public void ATreeTooDeepIsRefused()
    {
        var box = new TreeBox { Label = "x" };
        for (int i = 0; i < 200; i++)
            box = new TreeBox { Label = "f", Children = [box] };
        Refused(() => new TreeDiagram { Root = box }.Draw(), "deeper than 200");
        Assert.Contains("f of (x)", new TreeDiagram { Root = new TreeBox { Label = "f", Children = [new TreeBox { Label = "x" }] } }.Draw().Description, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFiniteValueIsCountedOnce()
    {
        SampleHistogram histogram = SampleHistogram.Of([-1, -1, 0, 0.5, 3, double.NaN, double.PositiveInfinity], 4)!;
        Assert.Equal([2, 2, 0, 1], histogram.Counts);
        Assert.Equal((-1, 3, 1), (histogram.Low, histogram.High, histogram.BinWidth));
        Assert.Equal(2, SampleHistogram.Of([5, 5], 10)!.Counts.Sum());
        Assert.Null(SampleHistogram.Of([double.NaN], 10));
    }

    [Fact]
    public void TheShareOutsideTheGridIsWritten()
    {
        var grid = new HistogramGrid { Panels = [new HistogramPanel { Values = [0, 0.1, 0.2, 2, double.NaN], Grid = (0, 1) }] };
        Scene scene = grid.Draw();
        Assert.Contains("25 % outside, 1 not finite", Texts(scene));
        Assert.Contains(scene.Elements.OfType<RectangleElement>(), bar => bar.Style.Fill == Palette.Vermilion);
        Refused(() => (grid with { Panels = [new HistogramPanel { Values = [], Grid = (1, 1) }] }).Draw(), "Panels[0].Grid: 1 to 1");
        Assert.Throws<ArgumentOutOfRangeException>(() => (grid with { Bins = 1 }).Draw());
    }

    [Fact]
    public void ResidualsKnowTheirErrors()
    {
        var plot = new ResidualPlot { Actual = [1, 2, 3, 4], Predicted = [1, 2, 3, 6] };
        Assert.Contains("mean −0.5 · RMSE 1 · 4 samples", Texts(plot.Draw()));
        Assert.Contains("mean −0.6667 · RMSE 1.155 · 3 samples, one in 2 drawn · 1 not finite", Texts((plot with { MaxPoints = 2, Actual = [1, double.NaN, 3, 4] }).Draw()));
        Refused(() => (plot with { Predicted = [] }).Draw(), "Predicted: 0 values; expected 4");
    }

    [Fact]
    public void BarsAreAsLongAsTheirScores()
    {
        RectangleElement[] bars = [.. FormulaGallery.Scores().Draw().Elements.OfType<RectangleElement>()];
        Assert.Equal([1.24, 0.71, 0.33, 0.002], bars.Select(bar => Math.Round(bar.Width / bars[0].Width * 1.24, 9)));
        Scene cut = (FormulaGallery.Scores() with { MaxRows = 3 }).Draw();
        Assert.Contains("first 3 of 4 shown", Texts(cut));
    }

    [Fact]
    public void TextIsWrappedBehindSignsAndCutAtTheLastLine()
    {
        List<string> lines = TextMeasure.Wrap("exp(sin(x1) + cos(x2)) * sqrt(x3) + log(x4)", 120, 12, 3);
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.InRange(TextMeasure.Width(line, 12), 1, 120));
        Assert.Equal("exp(sin(x1) +", lines[0]);
        Assert.Equal(["short"], TextMeasure.Wrap("short", 120, 12, 3));
        Assert.Equal([""], TextMeasure.Wrap("", 120, 12, 3));
        Assert.EndsWith("…", TextMeasure.Wrap(new string('w', 500), 60, 12, 2)[^1], StringComparison.Ordinal);
    }

    private static TreeBox Random(int depth, int seed) => new()
    {
        Label = new string('x', 1 + (seed * 7 % 30)),
        Detail = seed % 3 == 0 ? new string('y', seed * 5 % 40) : "",
        Children = depth == 5 ? [] : [.. Enumerable.Range(0, seed * 3 % 4).Select(i => Random(depth + 1, (seed * 5) + i + 1))],
    };

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;

    private static Box Of(RectangleElement box) => new(box.X, box.Y, box.Width, box.Height);

    private static IEnumerable<string> Texts(Scene scene) => PictureTests.Flat(scene.Elements).OfType<TextElement>().Select(text => text.Content);

    private static void Refused(Action draw, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(draw).Message, StringComparison.Ordinal);
}
