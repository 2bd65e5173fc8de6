using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;

namespace KanSharp.Data.Images;

/// <summary>
/// Images of one size with a class each, kept as bytes: 60,000 images of 28×28 take 47 MB. Immutable. Order of the bytes: image, channel, row, column
/// (NCHW).
/// </summary>
public sealed partial class ImageSet
{
    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly int[] _labels;
    private ulong _fingerprint;

    /// <summary>Wraps images. The arrays are not copied: do not change them afterwards.</summary>
    /// <param name="pixels">Bytes [images, channels, height, width].</param>
    /// <param name="channels">1 for grey, 3 for red, green, blue; at least 1.</param>
    /// <param name="height">Rows of an image, at least 1.</param>
    /// <param name="width">Columns of an image, at least 1.</param>
    /// <param name="labels">Class of each image, from 0; at least one image.</param>
    /// <param name="classNames">Name of each class.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ArgumentException">Sizes and counts do not fit together, or a label has no class name.</exception>
    public ImageSet(ReadOnlyMemory<byte> pixels, int channels, int height, int width, int[] labels, IReadOnlyList<string> classNames, string name = "images")
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (labels.Length == 0)
            throw new ArgumentException($"'{name}' has no images; at least one is needed.", nameof(labels));
        if ((Int128)labels.Length * channels * height * width != pixels.Length)
            throw new ArgumentException($"'{name}' has {pixels.Length} bytes and {labels.Length} labels; {labels.Length} images of {channels}×{height}×{width} take {(Int128)labels.Length * channels * height * width} bytes.", nameof(pixels));
        for (int image = 0; image < labels.Length; image++)
        {
            if ((uint)labels[image] >= (uint)classNames.Count)
                throw new ArgumentException($"Image {image} of '{name}' has label {labels[image]}; there are {classNames.Count} classes, 0 to {classNames.Count - 1}.", nameof(labels));
        }

        (_pixels, _labels, Channels, Height, Width, ClassNames, Name) = (pixels, labels, channels, height, width, classNames, name);
    }

    /// <summary>Name for messages, such as "mnist".</summary>
    public string Name { get; }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>1 for grey, 3 for red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Bytes of an image.</summary>
    public int ImageSize => Channels * Height * Width;

    /// <summary>Class of each image, an index into <see cref="ClassNames"/>.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    internal int[] LabelArray => _labels;

    /// <summary>A number that differs, but for chance, where pixels or labels differ: a resumed training must see the same images. The same on every machine.</summary>
    internal ulong Fingerprint
    {
        get
        {
            if (_fingerprint != 0)
                return _fingerprint;
            ulong hash = Mix(Mix(14695981039346656037, _pixels.Span), MemoryMarshal.AsBytes(_labels.AsSpan()));
            return _fingerprint = hash == 0 ? 1 : hash;
        }
    }

    /// <summary>The bytes of an image, [channels, height, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Pixels(int image)
    {
        if ((uint)image >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(image), image, $"'{Name}' has {Count} images, 0 to {Count - 1}.");
        return _pixels.Span.Slice(image * ImageSize, ImageSize);
    }

    /// <summary>An image as a picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    /// <exception cref="ArgumentException">The images have another number of channels than 1 or 3.</exception>
    public RasterImage Image(int image) => new(Width, Height, Channels, Pixels(image).ToArray());

    /// <summary>The first images; all if there are no more.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public ImageSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : new ImageSet(_pixels[..(count * ImageSize)], Channels, Height, Width, _labels[..count], ClassNames, Name);
    }

    /// <summary>The images of the given indices (copied), in that order; an index may repeat.</summary>
    /// <exception cref="ArgumentException">There is none, or an index has no image.</exception>
    public ImageSet Subset(ReadOnlySpan<int> indices)
    {
        var pixels = new byte[checked(indices.Length * ImageSize)];
        var labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Pixels(indices[i]).CopyTo(pixels.AsSpan(i * ImageSize));
            labels[i] = _labels[indices[i]];
        }

        return new ImageSet(pixels, Channels, Height, Width, labels, ClassNames, Name);
    }

    /// <summary>Sets a share of the images aside at random.</summary>
    /// <param name="validation">Share set aside, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="stratified">Whether both parts have their share of each class (default yes).</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range, or leaves nothing to train on.</exception>
    public (ImageSet Train, ImageSet Validation) Split(double validation, ulong seed = 0, bool stratified = true)
    {
        if (!(validation > 0 && validation < 1))
            throw new ArgumentOutOfRangeException(nameof(validation), validation, "A share above 0 and below 1 was expected; for a number of images use the overload with an int.");
        int[] all = [.. Enumerable.Range(0, Count)];
        int[][] strata = stratified ? [.. all.GroupBy(image => _labels[image]).OrderBy(group => group.Key).Select(group => group.ToArray())] : [all];
        (int[] train, int[] held, _) = SplitPlan.Create(strata, Count, validation, 0, seed);
        return (Subset(train), Subset(held));
    }

    /// <summary>Sets a number of images aside at random.</summary>
    /// <param name="validationCount">Images set aside, 1 to <see cref="Count"/>−1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="stratified">Whether both parts have their share of each class (default yes).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public (ImageSet Train, ImageSet Validation) Split(int validationCount, ulong seed = 0, bool stratified = true)
    {
        if (validationCount < 1 || validationCount >= Count)
            throw new ArgumentOutOfRangeException(nameof(validationCount), validationCount, $"1 to {Count - 1} of the {Count} images of '{Name}' can be set aside.");
        return Split((double)validationCount / Count, seed, stratified);
    }

    /// <summary>All images as numbers [N, channels, height, width]: four bytes a pixel in single precision, eight in double.</summary>
    /// <param name="normalization">How bytes become numbers; null scales them to 0..1.</param>
    /// <exception cref="ArgumentException">The normalisation is for another number of channels, or there are more than 2³¹−1 values.</exception>
    public Tensor<T> ToTensor<T>(ImageNormalization? normalization = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = new Tensor<T>(new Shape(Count, Channels, Height, Width));
        T[][] tables = (normalization ?? ImageNormalization.None).Tables<T>(Channels);
        ReadOnlySpan<byte> pixels = _pixels.Span;
        Span<T> values = tensor.Span;
        int plane = Height * Width;
        for (int start = 0; start < pixels.Length; start += plane)
        {
            T[] table = tables[start / plane % Channels];
            for (int i = start; i < start + plane; i++)
                values[i] = table[pixels[i]];
        }

        return tensor;
    }

    /// <summary>FNV-1a (Fowler, Noll, Vo), eight bytes a step.</summary>
    private static ulong Mix(ulong hash, ReadOnlySpan<byte> bytes)
    {
        const ulong Prime = 1099511628211;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            hash = (hash ^ word) * Prime;
            hash ^= hash >> 29;
        }

        foreach (byte value in bytes[(bytes.Length / sizeof(ulong) * sizeof(ulong))..])
            hash = (hash ^ value) * Prime;
        return hash;
    }
}
