using System.Globalization;
using KanSharp.Interpretation;

namespace KanSharp.Plotting;

/// <summary>
/// A tree of boxes, the root at the top: how a function is built from parts. Every box stands above the middle of what hangs below it, and no
/// two boxes touch.
/// </summary>
public sealed record TreeDiagram
{
    private const double LabelSize = 13, DetailSize = 10.5, Padding = 10, GapX = 16, GapY = 40, Margin = 24, MostWidth = 240;
    private const int MostDepth = 200;

    /// <summary>Headline; empty (default) writes none.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the picture shows, for readers who cannot see it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The top of the tree.</summary>
    public required TreeBox Root { get; init; }

    /// <summary>The picture of a structure that was found.</summary>
    /// <param name="structure">the structure</param>
    /// <param name="names">names of all variables of the rows; none (default) writes x1, x2, …</param>
    public static TreeDiagram Of(StructureNode structure, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return new TreeDiagram { Title = "Structure", Root = Part(structure, names) };
    }

    private static TreeBox Part(StructureNode node, IReadOnlyList<string>? names)
    {
        string variables = string.Join(", ", node.Variables.Select(variable => names is null ? string.Create(CultureInfo.InvariantCulture, $"x{variable + 1}") : names[variable]));
        if (node.Kind == StructureKind.Leaf)
            return new TreeBox { Label = variables };
        string score = node.Kind == StructureKind.None ? "" : node.Score == 0 ? ", exact" : ", score " + PlotNumber.Short(node.Score, 2);
        return new TreeBox
        {
            Kind = node.Kind,
            Label = node.Kind switch
            {
                StructureKind.Add => "sum",
                StructureKind.Mul => "product",
                StructureKind.GeneralSeparability => "function of a sum",
                StructureKind.Symmetry => "function of one number a part",
                _ => "no structure found",
            },
            Detail = variables + score,
            Children = [.. node.Children.Select(child => Part(child, names))],
        };
    }

    /// <summary>Draws the tree.</summary>
    /// <exception cref="ArgumentException">The tree is deeper than 200 boxes.</exception>
    public Scene Draw()
    {
        ArgumentNullException.ThrowIfNull(Root);
        double top = Title.Length > 0 ? 50 : Margin;
        var places = new List<Place>();
        double right = Lay(Root, 0, Margin, places).Right, titleWidth = TextMeasure.Width(Title, ChartLayout.TitleSize, bold: true);
        double height = places.Max(place => Height(place.Item)), levels = places.Max(place => place.Depth) + 1;
        double width = Math.Max(right + Margin, Math.Min(titleWidth + (2 * Margin), 640)), shift = (width - Margin - right) / 2;
        var lines = new List<SceneElement>();
        var boxes = new List<SceneElement>();
        foreach (Place place in places)
        {
            double y = top + (place.Depth * (height + GapY)), x = place.Centre + shift;
            if (place.Parent is double parent)
                AddElbow(parent + shift, y - GapY, x, y + ((height - Height(place.Item)) / 2), height, lines);
            AddBox(place, x, y + ((height - Height(place.Item)) / 2), boxes);
        }

        if (Title.Length > 0)
            lines.Insert(0, Headline.At(Margin, 28, Title, width - (2 * Margin)));
        return new Scene
        {
            Width = width,
            Height = top + (levels * (height + GapY)) - GapY + Margin,
            Title = Title.Length > 0 ? Title : "Tree",
            Description = Description.Length > 0 ? Description : string.Create(CultureInfo.InvariantCulture, $"Tree of {places.Count} boxes on {levels} levels: {Words(Root)}."),
            Elements = [.. lines, .. boxes],
        };
    }

    // children side by side, the box above their middle; a box wider than all its children pushes them to its middle
    private static (double Centre, double Right) Lay(TreeBox item, int depth, double left, List<Place> places)
    {
        if (depth >= MostDepth)
            throw new ArgumentException($"{nameof(Root)}: the tree is deeper than {MostDepth} boxes.");
        double width = Width(item), right = left, first = places.Count;
        var centres = new List<double>();
        foreach (TreeBox child in item.Children)
        {
            (double centre, double end) = Lay(child, depth + 1, right > left ? right + GapX : left, places);
            centres.Add(centre);
            right = end;
        }

        double middle = centres.Count == 0 ? left + (width / 2) : (centres[0] + centres[^1]) / 2;
        double shift = Math.Max(0, left + (width / 2) - middle);
        for (int i = (int)first; shift > 0 && i < places.Count; i++)
            places[i] = places[i] with { Centre = places[i].Centre + shift, Parent = places[i].Parent + shift };
        middle += shift;
        for (int i = (int)first; i < places.Count; i++)
        {
            if (places[i].Depth == depth + 1)
                places[i] = places[i] with { Parent = middle };
        }

        places.Add(new Place(item, depth, middle, null));
        return (middle, Math.Max(right + (centres.Count == 0 ? 0 : shift), middle + (width / 2)));
    }

    private static void AddElbow(double fromX, double fromY, double toX, double toY, double height, List<SceneElement> elements)
    {
        double half = fromY + (GapY / 2);
        elements.Add(new PathElement([new(fromX, fromY - (height / 2)), new(fromX, half), new(toX, half), new(toX, toY)]) { Style = SceneStyle.Line(Palette.Axis, 1.3) });
    }

    private static void AddBox(Place place, double centre, double y, List<SceneElement> elements)
    {
        (string fill, string stroke) = place.Item.Kind switch
        {
            StructureKind.Add => (Palette.Band, Palette.Blue),
            StructureKind.Mul => ("#fdf3dc", Palette.Orange),
            StructureKind.GeneralSeparability or StructureKind.Symmetry => ("#e3f4ee", Palette.Green),
            StructureKind.None => ("#f0f2f4", Palette.Muted),
            _ => (Palette.Background, Palette.Axis),
        };
        double width = Width(place.Item);
        var children = new List<SceneElement>
        {
            new RectangleElement(centre - (width / 2), y, width, Height(place.Item))
            {
                CornerRadius = 6,
                Style = new SceneStyle { Fill = fill, Stroke = stroke, StrokeWidth = 1.4 },
            },
            Text(place.Item.Label, centre, y + 19, LabelSize, Palette.Text),
        };
        if (place.Item.Detail.Length > 0)
            children.Add(Text(place.Item.Detail, centre, y + 34, DetailSize, Palette.Muted));
        string full = place.Item.Detail.Length > 0 ? $"{place.Item.Label}: {place.Item.Detail}" : place.Item.Label;
        elements.Add(new GroupElement(children) { Label = full });
    }

    private static TextElement Text(string text, double x, double y, double size, string colour) =>
        new(x, y, TextMeasure.Fit(text, MostWidth - (2 * Padding), size)) { Size = size, Anchor = TextAnchor.Middle, Style = SceneStyle.Solid(colour) };

    private static double Width(TreeBox item)
    {
        double text = Math.Max(TextMeasure.Width(item.Label, LabelSize), TextMeasure.Width(item.Detail, DetailSize));
        return Math.Clamp(text + (2 * Padding), 44, MostWidth);
    }

    private static double Height(TreeBox item) => item.Detail.Length > 0 ? 42 : 28;

    private static string Words(TreeBox item) =>
        item.Children.Count == 0 ? item.Label : $"{item.Label} of ({string.Join(", ", item.Children.Select(Words))})";

    private sealed record Place(TreeBox Item, int Depth, double Centre, double? Parent);
}
