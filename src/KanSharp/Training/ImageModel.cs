using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data.Images;
using KanSharp.Networks.Images;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>An image network together with all it needs to work on images as they are stored: normalisation of the pixels and names of the classes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ImageModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostImages = 512;
    private const int PieceNumbers = 1 << 20;

    /// <summary>Puts a model together.</summary>
    /// <param name="network">The network.</param>
    /// <param name="normalization">What is done to pixels.</param>
    /// <param name="classNames">Names of the classes, as many as the network tells apart.</param>
    /// <param name="notes">Facts to keep with the model, such as how it was trained; none by default.</param>
    /// <exception cref="ArgumentException">The number of names or channels does not fit the network.</exception>
    public ImageModel(ImageNetwork<T> network, ImageNormalization normalization, IReadOnlyList<string> classNames, IReadOnlyDictionary<string, string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count != network.Shape.Classes)
            throw new ArgumentException($"There are {classNames.Count} class names; the network tells {network.Shape.Classes} classes apart.", nameof(classNames));
        if (normalization.Means.Count != 1 && normalization.Means.Count != network.Shape.Channels)
            throw new ArgumentException($"The normalisation has {normalization.Means.Count} channels; the network reads {network.Shape.Channels}.", nameof(normalization));
        (Network, Normalization, ClassNames, Notes) = (network, normalization, [.. classNames], notes ?? new Dictionary<string, string>());
    }

    /// <summary>The network.</summary>
    public ImageNetwork<T> Network { get; }

    /// <summary>What is done to pixels.</summary>
    public ImageNormalization Normalization { get; }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Facts kept with the model.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; }

    /// <summary>Whether images are of the shape that the network reads; the message says what differs.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Check(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        ImageShape shape = Network.Shape;
        if ((images.Channels, images.Height, images.Width) != (shape.Channels, shape.Height, shape.Width))
            throw new ArgumentException($"{images.Name} has images of {images.Channels} × {images.Height} × {images.Width} (channels, rows, columns); the model reads {shape.Channels} × {shape.Height} × {shape.Width}.", nameof(images));
    }

    /// <summary>Images of a pass, by their size.</summary>
    internal static int PieceOf(int imageSize) => Math.Clamp(PieceNumbers / Math.Max(1, imageSize), 1, MostImages);

    /// <summary>Probabilities of the classes, [images, classes].</summary>
    /// <param name="images">Images of the shape that the network reads.</param>
    /// <param name="executor">Threads; the process-wide executor by default.</param>
    /// <param name="cancellation">Stops between two pieces.</param>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Predict(ImageSet images, Executor? executor = null, CancellationToken cancellation = default)
    {
        Check(images);
        var source = new ImageSource<T>(images, Normalization);
        int classes = Network.Shape.Classes, size = images.ImageSize, piece = PieceOf(size);
        var probabilities = new double[(long)images.Count * classes];
        var tape = new Tape<T>(executor) { RecordsGradients = false };
        var pixels = new T[Math.Min(piece, images.Count) * size];
        var rows = new int[Math.Min(piece, images.Count)];
        for (int start = 0; start < images.Count; start += piece)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(piece, images.Count - start);
            for (int row = 0; row < count; row++)
                rows[row] = start + row;
            source.Read(rows.AsSpan(0, count), 0, pixels.AsSpan(0, count * size));
            tape.Reset();
            ReadOnlySpan<T> outputs = Network.Forward(tape.Constant(pixels.AsSpan(0, count * size), new Shape(count, images.Channels, images.Height, images.Width))).Values;
            for (int index = 0; index < outputs.Length; index++)
                probabilities[(start * classes) + index] = double.CreateTruncating(outputs[index]);
            for (int row = 0; row < count; row++)
                ClassProbabilities.FromLogits(probabilities.AsSpan((start + row) * classes, classes));
        }

        return probabilities;
    }

    /// <summary>Compares predictions with the labels of images.</summary>
    /// <param name="images">Images of the shape that the network reads, at least one, their classes in the order of <see cref="ClassNames"/>.</param>
    /// <param name="executor">Threads; the process-wide executor by default.</param>
    /// <exception cref="ArgumentException">The images have another shape or other classes, or there are none.</exception>
    public ClassificationMetrics Evaluate(ImageSet images, Executor? executor = null) =>
        ClassificationMetrics.Of<double>(Predict(images, executor), Network.Shape.Classes, images.Labels);
}
