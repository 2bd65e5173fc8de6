using KanSharp.Plotting;

namespace KanSharp.Tests.Packaging;

/// <summary>The picture on the packages: a small KAN whose edges are curves.</summary>
internal static class PackageIcon
{
    private const double Size = 128, BoxSize = 30;
    private const string Ink = "#1f2328", Paper = "#ffffff", Plate = "#0072b2";

    private static readonly (ScenePoint From, ScenePoint To, Func<double, double> Curve, string Colour)[] Edges =
    [
        (new(38, 108), new(64, 62), x => Math.Sin(3.4 * x), "#d55e00"),
        (new(90, 108), new(64, 62), x => (1.8 * x * x) - 0.9, "#009e73"),
        (new(64, 62), new(64, 16), x => Math.Tanh(4 * x), Plate),
    ];

    public static Scene Draw()
    {
        var elements = new List<SceneElement>
        {
            new RectangleElement(2, 2, Size - 4, Size - 4) { CornerRadius = 22, Style = new SceneStyle { Fill = Paper, Stroke = Plate, StrokeWidth = 4 } },
        };
        foreach ((ScenePoint from, ScenePoint to, Func<double, double> curve, string colour) in Edges)
        {
            double x = (from.X + to.X) / 2, y = (from.Y + to.Y) / 2;
            // the two lower boxes stand apart
            x += Math.Sign(from.X - to.X) * 10;
            elements.Add(new PathElement([from, new(x, y), to]) { Style = Line(Ink, 2.5) });
            elements.Add(new RectangleElement(x - (BoxSize / 2), y - (BoxSize / 2), BoxSize, BoxSize)
            {
                CornerRadius = 6,
                Style = new SceneStyle { Fill = Paper, Stroke = Ink, StrokeWidth = 2.5 },
            });
            elements.Add(new PathElement([.. Enumerable.Range(0, 41).Select(i => (i / 20.0) - 1).Select(t => new ScenePoint(x + (10.5 * t), y - (9 * curve(t))))]) { Style = Line(colour, 3.5) });
        }

        foreach (ScenePoint node in Edges.SelectMany(edge => (ScenePoint[])[edge.From, edge.To]).Distinct())
            elements.Add(new CircleElement(node.X, node.Y, 6.5) { Style = new SceneStyle { Fill = Ink } });
        return new Scene { Width = Size, Height = Size, Title = "KanSharp", Elements = elements };
    }

    private static SceneStyle Line(string colour, double width) => new() { Stroke = colour, StrokeWidth = width, Fill = null };
}
