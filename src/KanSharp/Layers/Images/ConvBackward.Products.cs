namespace KanSharp.Layers.Images;

/// <content>Gradients of the functions: the forward sum with the gradient of the outputs in place of the functions.</content>
internal sealed unsafe partial class ConvBackward<V, T>
{
    /// <summary>Weights for the gradient of the functions: [group, slice of channels, plane, tile of (channel, function), (tap of the plane, output), row of the tile].</summary>
    private void Pack(T* weights)
    {
        int taps = Operands.Taps;
        _gradientOffsets = _gradientOffsetBuffer.Take((nint)taps * Outputs);
        nint* offset = _gradientOffsets;
        for (int plane = 0; plane < Geometry.Planes; plane++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                for (int output = 0; output < Outputs && Geometry.PlaneOfTap[tap] == plane; output++)
                    *offset++ = ((nint)output * _gradientRow) - Geometry.OffsetOfTap[tap];
            }
        }

        _weights = _weightBuffer.Take((nint)Operands.Groups.Length * Operands.GroupWeights);
        T* target = _weights;
        for (int group = 0; group < Operands.Groups.Length; group++)
        {
            for (int channel = 0; channel < Channels; channel += Slice)
                target = PackSlice(weights + ((nint)((group * Channels) + channel) * Count * taps * Outputs), Math.Min(Slice, Channels - channel) * Count, target);
        }
    }

    private T* PackSlice(T* weights, int rows, T* target)
    {
        int taps = Operands.Taps;
        for (int plane = 0; plane < Geometry.Planes; plane++)
        {
            for (int tile = 0; tile < ConvTile<V, T>.Tiles(rows); tile++)
            {
                int first = ConvTile<V, T>.First(tile, rows), next = ConvTile<V, T>.First(tile + 1, rows);
                for (int tap = 0; tap < taps; tap++)
                {
                    for (int output = 0; output < Outputs && Geometry.PlaneOfTap[tap] == plane; output++)
                    {
                        for (int row = first; row < next; row++)
                            *target++ = weights[((((nint)row * taps) + tap) * Outputs) + output];
                    }
                }
            }
        }

        return target;
    }

    /// <summary>Gradients of the functions of some channels in a plane, [channels, functions, row].</summary>
    private void Products(int group, int channel, int channels, int plane, int length, T* gradient, T* products)
    {
        int before = Geometry.TapsBefore[plane] * Outputs, depth = (Geometry.TapsBefore[plane + 1] * Outputs) - before, rows = channels * Count;
        T* weights = _weights + ((nint)((group * Channels) + channel) * Count * Operands.Taps * Outputs) + ((nint)before * rows);
        for (int start = 0; start < length; start += ProductChunk)
        {
            for (int tile = 0; tile < ConvTile<V, T>.Tiles(rows); tile++)
            {
                int first = ConvTile<V, T>.First(tile, rows);
                ConvTile<V, T>.Product(
                    ConvTile<V, T>.First(tile + 1, rows) - first, depth, weights + ((nint)first * depth), gradient + start, _gradientOffsets + before,
                    Math.Min(ProductChunk, length - start), products + ((nint)first * Row) + start, Row, add: false);
            }
        }
    }
}
