using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Data.Images;

/// <summary>Turns the bytes of an image into numbers, changed on the way: one pass, whatever the changes are.</summary>
internal sealed class ImageSampler<T>(int channels, int height, int width, ImageNormalization normalization, byte fill)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Positions are whole multiples of 2⁻¹⁶ of a pixel: what should lie on a pixel does, in spite of rounding
    private const int FractionBits = 16;
    private const long One = 1L << FractionBits;

    private readonly T[][] _tables = normalization.Tables<T>(channels);
    private readonly (double Scale, double Shift)[] _factors = normalization.Factors(channels);

    /// <summary>The image as it is.</summary>
    public void Plain(ReadOnlySpan<byte> pixels, Span<T> target)
    {
        int plane = height * width;
        for (int channel = 0; channel < channels; channel++)
        {
            T[] table = _tables[channel];
            ReadOnlySpan<byte> source = pixels.Slice(channel * plane, plane);
            Span<T> values = target.Slice(channel * plane, plane);
            for (int i = 0; i < source.Length; i++)
                values[i] = table[source[i]];
        }
    }

    /// <summary>The image changed.</summary>
    public void Changed(ReadOnlySpan<byte> pixels, ImageChange change, Span<T> target)
    {
        if (change.IsWhole)
            Moved(pixels, change, target);
        else
            Resampled(pixels, change, target);
        for (int channel = 0; channel < channels && change.Wide > 0; channel++)
        {
            for (int y = change.Top; y < change.Top + change.High; y++)
                target.Slice((channel * height + y) * width + change.Left, change.Wide).Fill(_tables[channel][fill]);
        }
    }

    private void Moved(ReadOnlySpan<byte> pixels, ImageChange change, Span<T> target)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            T[] table = _tables[channel];
            for (int y = 0; y < height; y++)
            {
                Span<T> line = target.Slice((channel * height + y) * width, width);
                int from = y - change.Dy;
                if ((uint)from >= (uint)height)
                {
                    line.Fill(table[fill]);
                    continue;
                }

                ReadOnlySpan<byte> source = pixels.Slice((channel * height + from) * width, width);
                for (int x = 0; x < width; x++)
                {
                    int at = change.Flip ? width - 1 - (x - change.Dx) : x - change.Dx;
                    line[x] = table[(uint)at < (uint)width ? source[at] : fill];
                }
            }
        }
    }

    private void Resampled(ReadOnlySpan<byte> pixels, ImageChange change, Span<T> target)
    {
        // not System.Math: its last bits differ between operating systems
        double cosine = SimdScalar<double>.Sum(SimdMath.Cos<SimdScalar<double>, double>(new(change.Rotation))) / change.Scale;
        double sine = SimdScalar<double>.Sum(SimdMath.Sin<SimdScalar<double>, double>(new(change.Rotation))) / change.Scale;
        double centerX = (width - 1) / 2.0, centerY = (height - 1) / 2.0;
        int plane = height * width;
        for (int y = 0; y < height; y++)
        {
            double v = y - change.Dy - centerY;
            for (int x = 0; x < width; x++)
            {
                double u = x - change.Dx - centerX;
                double across = cosine * u + sine * v;
                long atX = Fixed(centerX + (change.Flip ? -across : across)), atY = Fixed(centerY + cosine * v - sine * u);
                int left = (int)(atX >> FractionBits), top = (int)(atY >> FractionBits);
                double right = (atX & One - 1) * (1.0 / One), below = (atY & One - 1) * (1.0 / One);
                for (int channel = 0; channel < channels; channel++)
                {
                    ReadOnlySpan<byte> source = pixels.Slice(channel * plane, plane);
                    double upper = At(source, left, top) * (1 - right) + At(source, left + 1, top) * right;
                    double lower = At(source, left, top + 1) * (1 - right) + At(source, left + 1, top + 1) * right;
                    target[channel * plane + y * width + x] =
                        T.CreateTruncating((upper * (1 - below) + lower * below) * _factors[channel].Scale + _factors[channel].Shift);
                }
            }
        }
    }

    private static long Fixed(double position) => (long)Math.Round(position * One);

    private int At(ReadOnlySpan<byte> source, int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? source[y * width + x] : fill;
}
