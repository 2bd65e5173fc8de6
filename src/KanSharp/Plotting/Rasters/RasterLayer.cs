namespace KanSharp.Plotting.Rasters;

/// <summary>Pixels of red, green, blue and opacity in [0, 1], colours multiplied by the opacity; what is painted lies over what is there.</summary>
internal sealed class RasterLayer(int width, int height)
{
    private readonly float[] _pixels = new float[checked(4 * width * height)];
    private (int Left, int Top, int Right, int Bottom) _used = (width, height, 0, 0);

    /// <summary>Paints the covered pixels with one colour.</summary>
    public void Paint(CoverageMask mask, (float Red, float Green, float Blue) colour, double opacity)
    {
        (int left, int top, int right, int bottom) = mask.Bounds;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                float share = mask[x, y] * (float)opacity;
                if (share > 0)
                    Over(x, y, colour.Red * share, colour.Green * share, colour.Blue * share, share);
            }
        }
    }

    /// <summary>Paints one pixel.</summary>
    public void Paint(int x, int y, (float Red, float Green, float Blue) colour, float opacity) =>
        Over(x, y, colour.Red * opacity, colour.Green * opacity, colour.Blue * opacity, opacity);

    /// <summary>Paints another layer of the same size.</summary>
    public void Paint(RasterLayer layer, double opacity)
    {
        float share = (float)opacity;
        (int left, int top, int right, int bottom) = layer._used;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                ReadOnlySpan<float> pixel = layer._pixels.AsSpan(4 * ((y * width) + x), 4);
                if (pixel[3] > 0)
                    Over(x, y, pixel[0] * share, pixel[1] * share, pixel[2] * share, pixel[3] * share);
            }
        }
    }

    /// <summary>Nothing is painted any more.</summary>
    public void Clear()
    {
        (int left, int top, int right, int bottom) = _used;
        for (int y = top; y < bottom; y++)
            _pixels.AsSpan(4 * ((y * width) + left), Math.Max(0, 4 * (right - left))).Clear();
        _used = (width, height, 0, 0);
    }

    /// <summary>Red, green and blue as bytes, plane after plane; the layer must be opaque.</summary>
    public byte[] ToBytes()
    {
        int count = width * height;
        var bytes = new byte[3 * count];
        for (int i = 0; i < count; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                bytes[(channel * count) + i] = (byte)Math.Round(Math.Clamp(_pixels[(4 * i) + channel], 0, 1) * 255, MidpointRounding.AwayFromZero);
        }

        return bytes;
    }

    private void Over(int x, int y, float red, float green, float blue, float opacity)
    {
        Span<float> pixel = _pixels.AsSpan(4 * ((y * width) + x), 4);
        _used = (Math.Min(_used.Left, x), Math.Min(_used.Top, y), Math.Max(_used.Right, x + 1), Math.Max(_used.Bottom, y + 1));
        float rest = 1 - opacity;
        pixel[0] = red + (pixel[0] * rest);
        pixel[1] = green + (pixel[1] * rest);
        pixel[2] = blue + (pixel[2] * rest);
        pixel[3] = opacity + (pixel[3] * rest);
    }
}
