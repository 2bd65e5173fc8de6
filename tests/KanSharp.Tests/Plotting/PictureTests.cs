using System.Globalization;
using System.Xml.Linq;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

/// <summary>What holds for every picture.</summary>
public class PictureTests
{
    public static TheoryData<string> Names => [.. Gallery.Pictures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsWellFormedAndNamed(string name)
    {
        XElement svg = XDocument.Parse(Gallery.Pictures[name]().ToSvg()).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal($"0 0 {svg.Attribute("width")?.Value} {svg.Attribute("height")?.Value}", svg.Attribute("viewBox")?.Value);
        Assert.NotEmpty(svg.Elements().First(element => element.Name.LocalName == "title").Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DoesNotDependOnTheCulture(string name)
    {
        string expected = Gallery.Pictures[name]().ToSvg();
        using var culture = new GermanCulture();
        Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
        Assert.Equal(expected, Gallery.Pictures[name]().ToSvg());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingLiesOutsideTheCanvas(string name)
    {
        Scene scene = Gallery.Pictures[name]();
        Assert.All(Flat(scene.Elements), element =>
        {
            foreach (ScenePoint corner in Extent(element))
            {
                Assert.InRange(corner.X, -0.01, scene.Width + 0.01);
                Assert.InRange(corner.Y, -0.01, scene.Height + 0.01);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LevelTextsDoNotOverlap(string name)
    {
        Box[] texts = [.. Flat(Gallery.Pictures[name]().Elements).OfType<TextElement>().Where(text => text.Rotation == 0 && text.Content != "Σ").Select(Of)];
        for (int i = 0; i < texts.Length; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.False(Overlap(texts[i], texts[j]), $"texts {i} {texts[i]} and {j} {texts[j]} overlap");
        }
    }

    internal static IEnumerable<SceneElement> Flat(IEnumerable<SceneElement> elements) =>
        elements.SelectMany(element => element is GroupElement group ? Flat(group.Children) : [element]);

    internal static bool Overlap(Box a, Box b) =>
        a.X < b.Right - 1e-9 && b.X < a.Right - 1e-9 && a.Y < b.Bottom - 1e-9 && b.Y < a.Bottom - 1e-9;

    private static Box Of(TextElement text)
    {
        double width = TextMeasure.Width(text.Content, text.Size, text.Bold) + TextMeasure.Width(text.Superscript, 0.75 * text.Size);
        double left = text.Anchor switch
        {
            TextAnchor.Middle => text.X - (width / 2),
            TextAnchor.End => text.X - width,
            _ => text.X,
        };
        return new Box(left, text.Y - (0.75 * text.Size), width, 0.95 * text.Size);
    }

    private static ScenePoint[] Extent(SceneElement element) => element switch
    {
        LineElement line => [new(line.X1, line.Y1), new(line.X2, line.Y2)],
        RectangleElement box => [new(box.X, box.Y), new(box.X + box.Width, box.Y + box.Height)],
        CircleElement circle => [new(circle.X - circle.Radius, circle.Y - circle.Radius), new(circle.X + circle.Radius, circle.Y + circle.Radius)],
        ImageElement image => [new(image.X, image.Y), new(image.X + image.Width, image.Y + image.Height)],
        PathElement path => [.. path.Points],
        TextElement text => Corners(text),
        _ => throw new ArgumentException(element.GetType().Name),
    };

    private static ScenePoint[] Corners(TextElement text)
    {
        Box box = Of(text);
        (double sine, double cosine) = Math.SinCos(text.Rotation * Math.PI / 180);
        ScenePoint Turn(double x, double y) => new(
            text.X + ((x - text.X) * cosine) - ((y - text.Y) * sine), text.Y + ((x - text.X) * sine) + ((y - text.Y) * cosine));
        return [Turn(box.X, box.Y), Turn(box.Right, box.Y), Turn(box.X, box.Bottom), Turn(box.Right, box.Bottom)];
    }
}
