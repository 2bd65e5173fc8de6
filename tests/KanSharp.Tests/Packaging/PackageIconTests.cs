using KanSharp.Data.Images;

namespace KanSharp.Tests.Packaging;

/// <summary>The icon of the packages is what the project's own pictures draw.</summary>
public sealed class PackageIconTests
{
    private const string Committed = "src/icon.png";

    [Fact]
    public void Icon_is_the_drawn_network()
    {
        RasterImage drawn = PackageIcon.Draw().ToImage();
        Assert.Equal((128, 128, 3), (drawn.Width, drawn.Height, drawn.Channels));
        string path = Path.Combine(Workplace.Root, Committed);
        // pixels and not bytes: how well zlib packs them is not the picture's affair; a rounding may differ between processors
        if (File.Exists(path) && RasterImage.Read(path) is { Width: 128, Height: 128, Channels: 3 } icon && Largest(drawn, icon) <= 1)
            return;
        string output = Path.Combine(AppContext.BaseDirectory, "received", "icon.png");
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        Png.Write(output, drawn);
        Assert.Fail($"The icon is not what is drawn. Where the change is wanted, from the repository's root:\n  cp {Path.GetRelativePath(Workplace.Root, output)} {Committed}");
    }

    private static int Largest(RasterImage a, RasterImage b) => Enumerable.Range(0, a.Pixels.Length).Max(i => Math.Abs(a.Pixels[i] - b.Pixels[i]));
}
