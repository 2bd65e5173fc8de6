using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class ReadyChartTests
{
    [Fact]
    public void TheBestEpochIsTheLowestValidationLoss()
    {
        var chart = new LossChart { Training = [3, 2, 1, 0.5], Validation = [3, double.NaN, 1.5, 2] };
        Assert.Equal((3, "best epoch 3"), chart.ToChart().Marks.Line);
        Assert.Equal((4, "best epoch 4"), (chart with { Validation = [] }).ToChart().Marks.Line);
        Assert.Equal((2, "best epoch 2"), (chart with { BestEpoch = 2 }).ToChart().Marks.Line);
    }

    [Fact]
    public void ANegativeLossMakesTheAxisLinear()
    {
        Assert.Equal(AxisScale.Linear, new LossChart { Training = [1, -1] }.ToChart().Y.Scale);
        Assert.Equal(AxisScale.Log, new LossChart { Training = [1, double.NaN, 0.1] }.ToChart().Y.Scale);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    public void AnyNumberOfEpochsIsDrawn(int epochs)
    {
        double[] loss = [.. Enumerable.Range(1, epochs).Select(i => 1.0 / i)];
        Scene scene = new LossChart { Training = loss, Metric = loss }.Draw();
        Assert.Equal(epochs == 0, scene.Elements.OfType<TextElement>().Any(text => text.Content == "no data"));
    }

    [Fact]
    public void TheEdgeChartShowsKnotsInsideTheCurve()
    {
        Scene scene = Gallery.Edge().Draw();
        RectangleElement band = scene.Elements.OfType<RectangleElement>().First(box => box.Style.Fill == Palette.Band && box.Height > 50);
        double bottom = band.Y + band.Height;
        LineElement[] knots = [.. scene.Elements.OfType<LineElement>().Where(line => line.X1 == line.X2 && line.Y2 == bottom && line.Y1 > bottom - 10)];
        Assert.Equal(8, knots.Length);
        Assert.Equal(3, scene.Elements.OfType<PathElement>().Count());
    }

    [Fact]
    public void TheEdgeChartDrawsASinglePointAndNothing()
    {
        Assert.Single(new EdgeChart { X = [1], Y = [2], Knots = [0, 1], DataRange = (0, 1) }.Draw().Elements.OfType<CircleElement>());
        Assert.Contains(new EdgeChart { X = [], Y = [] }.Draw().Elements.OfType<TextElement>(), text => text.Content == "no data");
        Assert.Throws<ArgumentException>(() => (Gallery.Edge() with { Base = [1] }).Draw());
    }

    [Fact]
    public void TheParityPlotKnowsItsErrors()
    {
        var plot = new ParityPlot { Actual = [1, 2, 3, 4], Predicted = [1, 2, 3, 6] };
        Assert.Contains(Texts(plot.Draw()), text => text == "RMSE 1 · R² 0.2000 · 4 samples");
        Assert.Contains(Texts((plot with { Actual = [2, 2, 2, 2] }).Draw()), text => text.StartsWith("RMSE 2.121 · 4", StringComparison.Ordinal));
        Assert.Contains(Texts((plot with { MaxPoints = 2 }).Draw()), text => text.EndsWith("4 samples, one in 2 drawn", StringComparison.Ordinal));
        Assert.Contains(Texts((plot with { Predicted = [1, double.NaN, 3, 4] }).Draw()), text => text.EndsWith("1 not finite", StringComparison.Ordinal));
        Assert.Contains(Texts(new ParityPlot { Actual = [], Predicted = [] }.Draw()), text => text == "no data");
        Assert.Throws<ArgumentException>(() => (plot with { Predicted = [1] }).Draw());
    }

    [Fact]
    public void TheParityPlotHasEqualAxes()
    {
        Scene scene = Gallery.Parity().Draw();
        LineElement diagonal = scene.Elements.OfType<LineElement>().Single(line => line.Style.Dash == LineDash.Dashed);
        Assert.InRange((diagonal.Y1 - diagonal.Y2) / (diagonal.X2 - diagonal.X1), 0.85, 1.15);
    }

    [Fact]
    public void MistakesAreFramedAndNamed()
    {
        Scene scene = Gallery.Digits(20).Draw();
        Assert.Equal(3, scene.Elements.OfType<RectangleElement>().Count(box => box.Style.Stroke == Palette.Vermilion));
        Assert.Contains(Texts(scene), text => text == "true 5");
        Assert.Contains("3 of 20 predicted wrongly", scene.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void ImageCellsAreDrawnByGreyLevel()
    {
        var grid = new ImageGrid { Images = [new GridImage { Rows = 2, Columns = 3, Pixels = [1, 1, 0, double.NaN, 9, -3] }] };
        Assert.Contains("<path fill=\"#000000\" d=\"M0 0h2v1h-2zM1 1h1v1h-1z\"/>", grid.Draw().ToSvg(), StringComparison.Ordinal);
        Assert.Contains(Texts(new ImageGrid { Images = [] }.Draw()), text => text == "no data");
        var error = Assert.Throws<ArgumentException>(() => new ImageGrid { Images = [new GridImage { Rows = 2, Columns = 2, Pixels = [1] }] }.Draw());
        Assert.Contains("Images[0].Pixels: 1 values; expected 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheConfusionMatrixCounts()
    {
        Scene scene = new ConfusionMatrix { Labels = ["no", "yes"], Counts = [[941, 12], [30, 217]] }.Draw();
        Assert.All((string[])["941", "12", "30", "217", "1158 of 1200 right (96.5 %)"], expected => Assert.Contains(expected, Texts(scene)));
        Assert.Contains("no samples", Texts(new ConfusionMatrix { Labels = [], Counts = [] }.Draw()));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix { Labels = ["a"], Counts = [[1, 2]] }.Draw());
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix { Labels = ["a"], Counts = [[-1]] }.Draw());
    }

    private static IEnumerable<string> Texts(Scene scene) => scene.Elements.OfType<TextElement>().Select(text => text.Content);
}
