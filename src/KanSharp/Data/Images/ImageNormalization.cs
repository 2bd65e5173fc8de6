using System.Globalization;
using System.Numerics;

namespace KanSharp.Data.Images;

/// <summary>How bytes become numbers: scaled to 0..1, then less the mean and divided by the standard deviation of their channel.</summary>
public sealed class ImageNormalization
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Creates a normalisation.</summary>
    /// <param name="means">Mean of each channel on the scale 0..1; one serves all channels.</param>
    /// <param name="deviations">Standard deviation of each channel on the scale 0..1, positive; as many as means.</param>
    /// <exception cref="ArgumentException">None, not equally many, not finite, or a deviation that is not positive.</exception>
    public ImageNormalization(IReadOnlyList<double> means, IReadOnlyList<double> deviations)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        if (means.Count == 0 || means.Count != deviations.Count)
            throw new ArgumentException($"{means.Count} means and {deviations.Count} standard deviations; one of each per channel was expected.", nameof(deviations));
        (_means, _deviations) = ([.. means], [.. deviations]);
        for (int channel = 0; channel < _means.Length; channel++)
        {
            if (!double.IsFinite(_means[channel]) || !(_deviations[channel] > 0 && double.IsFinite(_deviations[channel])))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Channel {channel} has mean {_means[channel]} and standard deviation {_deviations[channel]}; both must be finite and the deviation positive."), nameof(deviations));
        }
    }

    /// <summary>Bytes scaled to 0..1, nothing else.</summary>
    public static ImageNormalization None { get; } = new([0], [1]);

    /// <summary>Bytes scaled to −1..1: mean and standard deviation 0.5.</summary>
    public static ImageNormalization Half { get; } = new([0.5], [0.5]);

    /// <summary>The training images of MNIST: 0.1307, 0.3081.</summary>
    public static ImageNormalization Mnist { get; } = new([0.1307], [0.3081]);

    /// <summary>The training images of Fashion-MNIST: 0.2860, 0.3530.</summary>
    public static ImageNormalization FashionMnist { get; } = new([0.2860], [0.3530]);

    /// <summary>The training images of CIFAR-10: (0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616).</summary>
    public static ImageNormalization Cifar10 { get; } = new([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]);

    /// <summary>Mean of each channel, on the scale 0..1.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Standard deviation of each channel, on the scale 0..1.</summary>
    public IReadOnlyList<double> Deviations => _deviations;

    /// <summary>Mean and standard deviation (divided by N) of every channel of some images; of a channel that is the same everywhere the deviation counts as 1.</summary>
    public static ImageNormalization Of(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        int plane = images.Height * images.Width;
        var counts = new long[images.Channels, byte.MaxValue + 1];
        for (int image = 0; image < images.Count; image++)
        {
            ReadOnlySpan<byte> pixels = images.Pixels(image);
            for (int i = 0; i < pixels.Length; i++)
                counts[i / plane, pixels[i]]++;
        }

        double[] means = new double[images.Channels], deviations = new double[images.Channels];
        double total = (double)images.Count * plane;
        for (int channel = 0; channel < images.Channels; channel++)
        {
            double sum = 0, squares = 0;
            for (int value = 0; value <= byte.MaxValue; value++)
                sum += (double)counts[channel, value] * value;
            for (int value = 0; value <= byte.MaxValue; value++)
                squares += counts[channel, value] * (value - sum / total) * (value - sum / total);
            means[channel] = sum / total / byte.MaxValue;
            deviations[channel] = squares > 0 ? Math.Sqrt(squares / total) / byte.MaxValue : 1;
        }

        return new ImageNormalization(means, deviations);
    }

    /// <summary>Means and standard deviations in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"mean {string.Join(", ", _means.Select(Text))}, deviation {string.Join(", ", _deviations.Select(Text))}");

    /// <summary>value = byte · scale + shift, for every channel.</summary>
    internal (double Scale, double Shift)[] Factors(int channels)
    {
        if (_means.Length != 1 && _means.Length != channels)
            throw new ArgumentException($"The normalisation is for {_means.Length} channels, the images have {channels}.");
        return [.. Enumerable.Range(0, channels).Select(channel => _means.Length == 1 ? 0 : channel)
            .Select(from => (1 / (byte.MaxValue * _deviations[from]), -_means[from] / _deviations[from]))];
    }

    /// <summary>The number that each byte becomes, for every channel.</summary>
    internal T[][] Tables<T>(int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Factors(channels).Select(factor => Enumerable.Range(0, byte.MaxValue + 1).Select(value => T.CreateTruncating(value * factor.Scale + factor.Shift)).ToArray())];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
