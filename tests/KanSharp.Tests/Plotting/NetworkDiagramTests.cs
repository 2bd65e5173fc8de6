using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class NetworkDiagramTests
{
    public static TheoryData<int[]> Shapes => [.. (int[][])[[2, 5, 1], [4, 3, 3, 2], [13, 6, 1], [64, 16, 10], [1, 1], [1, 32, 1], [784, 64, 10], [3, 40, 40, 3]]];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BoxesStayInsideAndApart(int[] widths)
    {
        NetworkDiagram diagram = Gallery.Network(widths);
        NetworkLayout layout = NetworkLayout.Of(diagram);
        Scene scene = diagram.Draw();
        Box[] boxes = [.. layout.Boxes.SelectMany(row => row)];
        Assert.Equal(Enumerable.Range(0, widths.Length - 1).Sum(i => Math.Min(24, widths[i] * widths[i + 1])), boxes.Length);
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.True(boxes[i].X >= 0 && boxes[i].Right <= scene.Width && boxes[i].Y >= 0 && boxes[i].Bottom <= scene.Height);
            for (int j = 0; j < i; j++)
                Assert.False(PictureTests.Overlap(boxes[i], boxes[j]));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LinesTouchBoxesOnlyAtTheirSides(int[] widths)
    {
        NetworkDiagram diagram = Gallery.Network(widths);
        NetworkLayout layout = NetworkLayout.Of(diagram);
        LineElement[] lines = [.. diagram.Draw().Elements.OfType<LineElement>()];
        Box[] boxes = [.. layout.Boxes.SelectMany(row => row)];
        Assert.Equal(2 * boxes.Length, lines.Length);
        foreach (Box box in boxes)
        {
            var inside = new Box(box.X + 0.1, box.Y + 0.1, box.Width - 0.2, box.Height - 0.2);
            Assert.All(lines, line => Assert.Empty(PolylineClip.Cut([new(line.X1, line.Y1), new(line.X2, line.Y2)], inside)));
        }
    }

    [Fact]
    public void LinesLieBehindBoxes()
    {
        var elements = Gallery.Network([2, 5, 1]).Draw().Elements.ToList();
        Assert.True(elements.FindLastIndex(element => element is LineElement) < elements.FindIndex(element => element is GroupElement));
    }

    [Fact]
    public void InputsStandAtTheBottom()
    {
        NetworkLayout layout = NetworkLayout.Of(Gallery.Network([2, 5, 1]));
        Assert.True(layout.RowY[0] > layout.RowY[1] && layout.RowY[1] > layout.RowY[2]);
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(0.5)]
    public void OpacityIsTanhOfBetaTimesScore(double beta)
    {
        NetworkDiagram diagram = Gallery.Network([2, 3, 1]) with { Beta = beta };
        double[] expected = [.. diagram.Edges.Select(edge => Math.Tanh(beta * edge.Score)).Order()];
        double[] drawn = [.. diagram.Draw().Elements.OfType<GroupElement>().Select(group => group.Style.Opacity).Order()];
        Assert.Equal(expected, drawn);
    }

    [Fact]
    public void TheStrongestEdgesAreDrawnAndTheCaptionSaysSo()
    {
        NetworkDiagram diagram = Gallery.Network([20, 20]) with { MaxEdgesPerLayer = 24 };
        double[] strongest = [.. diagram.Edges.Select(edge => edge.Score).OrderDescending().Take(24).Order()];
        Assert.Equal(strongest, NetworkLayout.Of(diagram).Shown[0].Select(edge => edge.Score).Order());
        Assert.Contains(diagram.Draw().Elements.OfType<TextElement>(), text => text.Content == "strongest 24 of 400 edges shown");
    }

    [Fact]
    public void PrunedEdgesAreLeftOut()
    {
        NetworkDiagram diagram = Gallery.Modes();
        Assert.Equal(5, diagram.Draw().Elements.OfType<GroupElement>().Count());
        Assert.Equal([3, 2], NetworkLayout.Of(diagram).Totals);
    }

    [Fact]
    public void ANetworkWithoutEdgesIsDrawn()
    {
        Scene scene = new NetworkDiagram { Widths = [100, 3, 1], Edges = [] }.Draw();
        Assert.Equal(32 + 3 + 1, scene.Elements.OfType<CircleElement>().Count());
        Assert.Contains(scene.Elements.OfType<TextElement>(), text => text.Content.StartsWith("32 of 100 inputs", StringComparison.Ordinal));
    }

    [Fact]
    public void ScoresThatAreNoNumbersCountAsZero()
    {
        NetworkDiagram diagram = Gallery.Network([1, 1]);
        diagram = diagram with { Edges = [diagram.Edges[0] with { Score = double.NaN, Y = [.. diagram.Edges[0].X.Select(_ => double.NaN)] }] };
        Assert.Equal(0, diagram.Draw().Elements.OfType<GroupElement>().Single().Style.Opacity);
    }

    [Fact]
    public void WrongInputIsNamed()
    {
        NetworkDiagram diagram = Gallery.Network([2, 2]);
        DiagramEdge edge = diagram.Edges[0];
        AssertRefused(diagram with { Widths = [2] }, "Widths: [2]");
        AssertRefused(diagram with { Beta = 0 }, "Beta: 0");
        AssertRefused(diagram with { InputNames = ["a"] }, "InputNames: 1 values; expected 2");
        AssertRefused(diagram with { OutputNames = ["a"] }, "OutputNames: 1 values; expected 2");
        AssertRefused(diagram with { Edges = [edge with { To = 2 }] }, "Edges[0]: layer 0, from 0 to 2 is not in a network of rows [2, 2]");
        AssertRefused(diagram with { Edges = [edge, edge with { Score = -1 }] }, "Edges[1].Score: -1");
        AssertRefused(diagram with { Edges = [edge with { Y = [1] }] }, "Edges[0].Y: 1 values; expected 31");
        Assert.Throws<ArgumentOutOfRangeException>(() => (diagram with { MaxEdgesPerLayer = 0 }).Draw());
    }

    private static void AssertRefused(NetworkDiagram diagram, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(diagram.Draw).Message, StringComparison.Ordinal);
}
