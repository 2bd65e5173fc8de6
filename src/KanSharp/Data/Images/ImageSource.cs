using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Data.Images;

/// <summary>Images as samples for training: bytes become numbers, changed at random if wanted, when they are read.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ImageSource<T> : SampleSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ImageSampler<T> _sampler;
    private readonly SplitRandomState _key;
    private readonly string _layout;

    /// <summary>Creates the source.</summary>
    /// <param name="images">The images; not copied.</param>
    /// <param name="normalization">How bytes become numbers; null scales them to 0..1.</param>
    /// <param name="augmentation">Random changes, new in every epoch; null for none.</param>
    /// <param name="flat">Whether a sample is a vector [channels·height·width], as layers without convolution take it; otherwise [channels, height, width].</param>
    /// <exception cref="ArgumentException">The normalisation is for another number of channels, or the augmentation contradicts itself.</exception>
    public ImageSource(ImageSet images, ImageNormalization? normalization = null, ImageAugmentation? augmentation = null, bool flat = false)
    {
        ArgumentNullException.ThrowIfNull(images);
        Images = images;
        Normalization = normalization ?? ImageNormalization.None;
        Augmentation = augmentation is { IsIdentity: true } ? null : augmentation;
        _sampler = new ImageSampler<T>(images.Channels, images.Height, images.Width, Normalization, Augmentation?.Fill ?? 0);
        _key = Augmentation?.Key() ?? default;
        SampleShape = flat ? new Shape(images.ImageSize) : new Shape(images.Channels, images.Height, images.Width);
        _layout = $"{images.Name}, {images.Count} images of shape {SampleShape}, {Normalization}";
    }

    /// <summary>The images.</summary>
    public ImageSet Images { get; }

    /// <summary>How bytes become numbers.</summary>
    public ImageNormalization Normalization { get; }

    /// <summary>The random changes; null if there are none.</summary>
    public ImageAugmentation? Augmentation { get; }

    /// <inheritdoc/>
    public override int Count => Images.Count;

    /// <inheritdoc/>
    public override Shape SampleShape { get; }

    /// <inheritdoc/>
    public override bool ChangesWithEpoch => Augmentation is not null;

    /// <inheritdoc/>
    public override string Description => $"{_layout}, content {Images.Fingerprint:x16}, {(Augmentation is null ? "no augmentation" : Augmentation)}";

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, int epoch, Span<T> target)
    {
        int size = Images.ImageSize;
        if (target.Length != (long)rows.Length * size)
            throw new ArgumentException($"Room for {target.Length} values; {rows.Length} images have {(long)rows.Length * size}.", nameof(target));
        for (int index = 0; index < rows.Length; index++)
        {
            ReadOnlySpan<byte> pixels = Images.Pixels(rows[index]);
            Span<T> values = target.Slice(index * size, size);
            if (Augmentation is null || epoch < 0)
                _sampler.Plain(pixels, values);
            else
                _sampler.Changed(pixels, Augmentation.Change(_key, epoch, rows[index], Images.Width, Images.Height), values);
        }
    }
}
