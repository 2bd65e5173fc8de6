using KanSharp.Data.Images;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>Predictions for images with known classes, and what is right and wrong about them.</summary>
internal sealed class ImageJudgement
{
    private const int MostPictures = 64;
    private readonly ImageSet _images;
    private readonly double[] _probabilities;

    public ImageJudgement(ImageSet images, double[] probabilities)
    {
        (_images, _probabilities) = (images, probabilities);
        Metrics = ClassificationMetrics.Of<double>(probabilities, images.ClassNames.Count, images.Labels);
        Mistakes = [.. Enumerable.Range(0, images.Count).Where(image => Predicted(image) != images.Labels[image]).OrderByDescending(image => Row(image)[Predicted(image)]).ThenBy(image => image)];
    }

    public ClassificationMetrics Metrics { get; }

    /// <summary>Images that were sorted wrongly, the most certain mistakes first.</summary>
    public IReadOnlyList<int> Mistakes { get; }

    public IReadOnlyList<string> ClassNames => _images.ClassNames;

    public int Count => _images.Count;

    public Scene Confusion() => new ConfusionMatrix { Title = $"Confusion on {_images.Name}", Labels = _images.ClassNames, Counts = Metrics.Confusion }.Draw();

    /// <summary>The most certain mistakes as a sheet: captions in SVG, bare pictures in PNG, which can not be empty and is not written then.</summary>
    public void WriteMistakes(string path)
    {
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            if (Mistakes.Count == 0)
                return;
            Png.Write(path, RasterImage.Sheet(_images, [.. Mistakes.Take(MostPictures)], 8));
            return;
        }

        var pictures = Mistakes.Take(MostPictures).Select(image => new GridImage
        {
            Rows = _images.Height,
            Columns = _images.Width,
            Pixels = Grey(image),
            Predicted = _images.ClassNames[Predicted(image)],
            Actual = _images.ClassNames[_images.Labels[image]],
        });
        Output.OutputFile.Write(path, new ImageGrid { Title = $"The most certain of {Mistakes.Count} mistakes", Images = [.. pictures] }.Draw().ToSvg());
    }

    /// <summary>Mean of the channels, white to black as pictures of digits are printed.</summary>
    private double[] Grey(int image)
    {
        ReadOnlySpan<byte> pixels = _images.Pixels(image);
        int size = _images.Height * _images.Width;
        var grey = new double[size];
        for (int index = 0; index < pixels.Length; index++)
            grey[index % size] += pixels[index] / (255.0 * _images.Channels);
        return grey;
    }

    private int Predicted(int image)
    {
        ReadOnlySpan<double> row = Row(image);
        int best = 0;
        for (int index = 1; index < row.Length; index++)
            best = row[index] > row[best] ? index : best;
        return best;
    }

    private ReadOnlySpan<double> Row(int image) => _probabilities.AsSpan(image * ClassNames.Count, ClassNames.Count);
}
