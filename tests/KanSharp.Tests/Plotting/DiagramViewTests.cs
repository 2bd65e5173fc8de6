using KanSharp.Networks;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

/// <summary>Product nodes, labels and the pruned and ghosted views of a network diagram.</summary>
public class DiagramViewTests
{
    [Fact]
    public void OnlyWhatLiesOnAPathFromInputToOutputIsAlive()
    {
        NetworkDiagram diagram = FormulaGallery.Prunable();
        DiagramTopology topology = new DiagramTopology(diagram).Trace();
        Assert.Equal([true, true, true, false], Live(topology, 0, 4));
        Assert.Equal([true], Live(topology, 2, 1));

        // brute force: every pair of edges that join and matter
        bool Matters(DiagramEdge edge) => edge.Mode != EdgeMode.Off && edge.Score >= 0.05;
        DiagramEdge[] lower = [.. diagram.Edges.Where(edge => edge.Layer == 0 && Matters(edge))], upper = [.. diagram.Edges.Where(edge => edge.Layer == 1 && Matters(edge))];
        (DiagramEdge First, DiagramEdge Second)[] paths = [.. lower.SelectMany(first => upper.Where(second => second.From == first.To).Select(second => (first, second)))];
        Assert.All(diagram.Edges, edge => Assert.Equal(paths.Any(path => path.First == edge || path.Second == edge), topology.IsLive(edge)));
        Assert.Equal([.. Enumerable.Range(0, 5).Select(node => paths.Any(path => path.Second.From == node))], Live(topology, 1, 5));
    }

    [Fact]
    public void ThePrunedViewLeavesOutAndTheGhostedViewPalesWhatDoesNothing()
    {
        NetworkDiagram diagram = FormulaGallery.Prunable();
        DiagramTopology topology = new DiagramTopology(diagram).Trace();
        int live = diagram.Edges.Count(topology.IsLive);
        Assert.InRange(live, 3, diagram.Edges.Count - 3);
        NetworkLayout pruned = NetworkLayout.Of(diagram with { View = DiagramView.Pruned });
        Assert.Equal(live, pruned.Shown.Sum(edges => edges.Length));
        Assert.Equal([0, 1, 2], pruned.Visible[0]);

        Scene ghosted = (diagram with { View = DiagramView.Ghosted }).Draw();
        GroupElement[] boxes = [.. ghosted.Elements.OfType<GroupElement>().Where(group => group.Children[0] is RectangleElement)];
        Assert.Equal(diagram.Edges.Count, boxes.Length);
        Assert.Equal(live, boxes.Count(box => box.Children[0].Style.Dash == LineDash.Solid));
        Assert.Contains(ghosted.Elements.OfType<TextElement>(), text => text.Content == "inactive");
    }

    [Fact]
    public void ANetworkWithoutAnyLiveEdgeIsDrawnPruned()
    {
        NetworkDiagram diagram = Gallery.Network([2, 2, 1]) with { View = DiagramView.Pruned, Threshold = 1e9 };
        Scene scene = diagram.Draw();
        Assert.Empty(scene.Elements.OfType<GroupElement>());
        Assert.Contains(scene.Elements.OfType<TextElement>(), text => text.Content == "layer 1: 4 of 4 edges inactive, left out");
    }

    [Fact]
    public void EveryProductStandsAboveItsFactors()
    {
        NetworkLayout layout = NetworkLayout.Of(FormulaGallery.Products());
        Scene scene = FormulaGallery.Products().Draw();
        Assert.Equal(3, scene.Elements.OfType<TextElement>().Count(text => text.Content == "×"));
        Assert.Equal(1 + 2 + 3 + 2, scene.Elements.OfType<TextElement>().Count(text => text.Content == "Σ"));
        Assert.Equal(layout.NodeX(1, 1), (layout.EndX(1, 1) + layout.EndX(1, 2)) / 2, 1e-9);
        Assert.Equal(layout.NodeX(1, 2), layout.EndX(1, 4), 1e-9);
        Assert.True(layout.EndX(1, 5) < layout.Width);

        // lines from the boxes below end at the factors
        LineElement[] lines = [.. scene.Elements.OfType<LineElement>()];
        foreach (DiagramEdge edge in layout.Shown[0])
            Assert.Contains(lines, line => line.X2 == layout.EndX(1, edge.To) && line.Y2 == layout.RowY[1] + layout.EndHeight[1]);
    }

    [Fact]
    public void LabelsStandInTheirBoxesAndInTooltips()
    {
        NetworkDiagram diagram = FormulaGallery.Products();
        NetworkLayout layout = NetworkLayout.Of(diagram);
        GroupElement[] groups = [.. diagram.Draw().Elements.OfType<GroupElement>()];
        foreach (GroupElement group in groups)
        {
            var box = (RectangleElement)group.Children[0];
            foreach (TextElement text in group.Children.OfType<TextElement>())
            {
                Assert.InRange(TextMeasure.Width(text.Content, text.Size), 1, box.Width);
                Assert.InRange(text.Y, box.Y + box.Height - NetworkLayout.LabelStrip, box.Y + box.Height);
            }
        }

        Assert.Contains(groups, group => group.Label == "layer 2: node 3 to factor 2 of energy: sin(1.5·x) and more that has no room in a box, score 0.2");
        Assert.False(NetworkLayout.Of(FormulaGallery.ProductGrid()).Labelled[0]);
        Assert.True(layout.Labelled[0]);
    }

    [Fact]
    public void NodeScoresFadeNodesButNeverWholly()
    {
        NetworkDiagram diagram = FormulaGallery.Hello() with { NodeScores = [[0, double.NaN], [0.2], [1e9]] };
        double[] opacities = [.. diagram.Draw().Elements.OfType<GroupElement>().Where(group => group.Children[0] is CircleElement).Select(group => group.Style.Opacity)];
        Assert.Equal([0.15, 0.15, 0.606492, 1], opacities.Select(opacity => Math.Round(opacity, 6)));
    }

    [Fact]
    public void WrongInputIsNamed()
    {
        NetworkDiagram diagram = FormulaGallery.Products();
        Refused(diagram with { Arities = [[1, 1, 1], [1, 2, 3]] }, "Arities: 2 values; expected 3");
        Refused(diagram with { Arities = [[1, 1, 1], [1, 2], [2]] }, "Arities[1]: 2 values; expected 3");
        Refused(diagram with { Arities = [[1, 1, 2], [1, 2, 3], [2]] }, "Arities[0][2]: 2; allowed are 1 for a sum");
        Refused(diagram with { Arities = [[1, 1, 1], [1, 2, 0], [2]] }, "Arities[1][2]: 0");
        Refused(diagram with { Arities = [] }, "is not in a network of rows [3, 3, 1].");
        Refused(diagram with { NodeScores = [[1, 1, 1], [1, -2, 1], [1]] }, "NodeScores[1][1]: -2");
        Refused(diagram with { Threshold = double.NaN }, "Threshold: NaN");
        Refused(diagram with { Edges = [diagram.Edges[0] with { To = 6 }] }, "and sub-nodes [3, 6, 2]");
    }

    private static bool[] Live(DiagramTopology topology, int row, int width) => [.. Enumerable.Range(0, width).Select(node => topology.IsLive(row, node))];

    private static void Refused(NetworkDiagram diagram, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(diagram.Draw).Message, StringComparison.Ordinal);
}
