using KanSharp.Data.Images;
using KanSharp.Plotting;
using KanSharp.Plotting.Rasters;

namespace KanSharp.Tests.Plotting;

/// <summary>Scenes as pixels, against areas and colours that follow from geometry.</summary>
public sealed class SceneImageTests
{
    [Fact]
    public void Shapes_have_their_areas()
    {
        (SceneElement Shape, double Area)[] cases =
        [
            (new RectangleElement(10, 12, 30, 20) { Style = SceneStyle.Solid("#000000") }, 600),
            (new RectangleElement(10.25, 12.5, 30, 20) { Style = SceneStyle.Solid("#000000") }, 600),
            (new CircleElement(32, 31, 17.3) { Style = SceneStyle.Solid("#000000") }, Math.PI * 17.3 * 17.3),
            (new CircleElement(32, 31, 17) { Style = SceneStyle.Line("#000000", 3) }, Math.PI * ((18.5 * 18.5) - (15.5 * 15.5))),
            (new LineElement(8, 9, 50, 47) { Style = SceneStyle.Line("#000000", 4) }, 4 * Math.Sqrt((42 * 42) + (38 * 38))),
            (new PathElement([new(8, 9), new(50, 47)]) { Style = SceneStyle.Line("#000000", 4) }, (4 * Math.Sqrt((42 * 42) + (38 * 38))) + (Math.PI * 4)),
            (new PathElement([new(5, 5), new(55, 20), new(20, 55)]) { Closed = true, Style = SceneStyle.Solid("#000000") }, ((50 * 50) - (15 * 15)) / 2.0),
            (new RectangleElement(10, 10, 40, 40) { CornerRadius = 8, Style = SceneStyle.Solid("#000000") }, 1600 - ((4 - Math.PI) * 64)),
            (new LineElement(5, 30, 55, 30) { Style = SceneStyle.Line("#000000", 2, LineDash.Dashed) }, 2 * 5 * 6),
            (new RectangleElement(10, 12, 30, 20) { Style = SceneStyle.Solid("#000000", 0.25) }, 150),
        ];
        foreach ((SceneElement shape, double area) in cases)
            Assert.Equal(area, Ink(Of(shape).ToImage()), 0.02 * area);
        Assert.Equal(4 * cases[2].Area, Ink(Of(cases[2].Shape).ToImage(2)), 0.05 * cases[2].Area);
    }

    [Fact]
    public void A_self_crossing_polygon_is_filled_by_its_turns()
    {
        // a star of five points: the non-zero rule fills its middle
        ScenePoint[] star = [.. Enumerable.Range(0, 5).Select(i => new ScenePoint(32 + (28 * Math.Sin(i * 4 * Math.PI / 5)), 32 - (28 * Math.Cos(i * 4 * Math.PI / 5))))];
        Assert.Equal((0, 0, 0), Pixel(Of(new PathElement(star) { Closed = true, Style = SceneStyle.Solid("#000000") }).ToImage(), 32, 32));
    }

    [Fact]
    public void Colours_lie_over_each_other_and_a_group_fades_as_a_whole()
    {
        SceneElement Box(string colour, double opacity) => new RectangleElement(0, 0, 64, 64) { Style = SceneStyle.Solid(colour, opacity) };
        Assert.Equal((0, 114, 178), Pixel(Of(Box("#ff0000", 1), Box("#0072b2", 1)).ToImage(), 20, 20));
        Assert.Equal((128, 0, 128), Pixel(Of(Box("#ff0000", 1), Box("#0000ff", 0.5)).ToImage(), 20, 20));
        // blue covers red within the group, so that no red shows through
        var group = new GroupElement([Box("#ff0000", 1), Box("#0000ff", 1)]) { Style = SceneStyle.Default with { Opacity = 0.5 } };
        Assert.Equal((128, 128, 255), Pixel(Of(group).ToImage(), 20, 20));
        Assert.Equal((255, 255, 255), Pixel(Of(group with { Style = SceneStyle.Default with { Opacity = 0 } }).ToImage(), 20, 20));
    }

    [Fact]
    public void Cells_have_the_colours_of_their_values()
    {
        RasterImage image = Of(new ImageElement(8, 8, 40, 20, 1, 2, [0, double.NaN]) { Ramp = ColourRamp.Viridis }).ToImage();
        Assert.Equal((0x44, 0x01, 0x54), Pixel(image, 20, 18));
        Assert.Equal((255, 255, 255), Pixel(image, 40, 18));
    }

    [Fact]
    public void Text_stands_where_it_is_anchored()
    {
        TextElement text = new(32, 40, "Hxg") { Size = 16 };
        (int left, int top, int right, int bottom) start = Extent(Of(text).ToImage()), end = Extent(Of(text with { X = 62, Anchor = TextAnchor.End }).ToImage());
        Assert.InRange(start.left, 32, 36);
        Assert.InRange(end.right, 56, 62);
        Assert.InRange(start.top, 26, 30);
        Assert.InRange(start.bottom, 41, 46);
        (int left, int top, int right, int bottom) turned = Extent(Of(text with { Rotation = -90 }).ToImage());
        Assert.InRange(turned.bottom, 28, 40);
        Assert.True(turned.bottom - turned.top > turned.right - turned.left);
        Assert.True(Ink(Of(text with { Bold = true }).ToImage()) > 1.2 * Ink(Of(text).ToImage()));
        Assert.True(Ink(Of(text with { Superscript = "2" }).ToImage()) > Ink(Of(text).ToImage()));
    }

    [Fact]
    public void Every_letter_of_ascii_has_a_glyph_of_its_own()
    {
        string[] glyphs = [.. Enumerable.Range(33, 94).Select(code =>
        {
            Assert.True(StrokeFont.Has((char)code), ((char)code).ToString());
            return string.Join('|', StrokeFont.Of((char)code).Select(line => string.Join(' ', line)));
        })];
        // zero and O look the same
        Assert.Equal(93, glyphs.Distinct().Count());
        Assert.NotEmpty(StrokeFont.Of('\u4e00'));
        Assert.Empty(StrokeFont.Of(' '));
    }

    [Fact]
    public void Every_picture_of_the_gallery_can_be_painted()
    {
        foreach ((string name, Func<Scene> draw) in Gallery.Pictures)
        {
            Scene scene = draw();
            RasterImage image = scene.ToImage(0.5);
            Assert.True(image.Width == (int)Math.Ceiling(scene.Width / 2) && Ink(image) > 0, name);
        }
    }

    [Fact]
    public void The_same_scene_gives_the_same_bytes()
    {
        Scene scene = Of(new CircleElement(30, 30, 20), new TextElement(5, 20, "kan"));
        Assert.Equal(Png.Encode(scene.ToImage()), Png.Encode(scene.ToImage()));
    }

    [Fact]
    public void Misuse_says_what_is_allowed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Of().ToImage(0));
        Assert.Contains("16777216", Assert.Throws<ArgumentOutOfRangeException>(() => Of().ToImage(1000)).Message);
        Assert.Contains("#rrggbb", Assert.Throws<ArgumentException>(() => Of(new CircleElement(1, 1, 1) { Style = SceneStyle.Solid("red") }).ToImage()).Message);
    }

    private static Scene Of(params SceneElement[] elements) => new() { Width = 64, Height = 64, Title = "test", Elements = elements };

    /// <summary>Pixels of black that the image holds.</summary>
    private static double Ink(RasterImage image) => image.Pixels.ToArray().Sum(value => 255.0 - value) / 255 / image.Channels;

    private static (int Red, int Green, int Blue) Pixel(RasterImage image, int x, int y) =>
        (image.Plane(0)[(y * image.Width) + x], image.Plane(1)[(y * image.Width) + x], image.Plane(2)[(y * image.Width) + x]);

    private static (int Left, int Top, int Right, int Bottom) Extent(RasterImage image)
    {
        (int left, int top, int right, int bottom) = (image.Width, image.Height, 0, 0);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                if (image.Plane(0)[(y * image.Width) + x] < 128)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return (left, top, right, bottom);
    }
}
