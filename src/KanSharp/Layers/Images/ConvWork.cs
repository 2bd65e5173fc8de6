using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// What the forward and backward sums of a convolution share: how the batch is cut into blocks of images that stand one after the other on the flat axis, and the
/// evaluation of the functions of a block. A function is evaluated once for a place of the image, not once for each tap; nothing of size (batch × functions)
/// exists at any time, only a block of it: one channel of one image at least, and as many as fit the second-level cache together.
/// </summary>
internal abstract unsafe class ConvWork<V, T> : ParallelWork
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of functions that a block holds at a time.</summary>
    private const int BlockElements = 96 * 1024;
    private const int WantedLength = 768;
    private const int MostElements = 1 << 28;
    private const int WantedBlocks = 16;

    protected ConvOperands<T> Operands { get; private set; }

    protected ConvGeometry Geometry => Operands.Geometry;

    protected T* X { get; private set; }

    protected int Channels { get; private set; }

    protected int Outputs { get; private set; }

    /// <summary>Functions of a channel.</summary>
    protected int Count { get; private set; }

    /// <summary>Images of a block.</summary>
    protected int BlockImages { get; private set; }

    protected int Blocks { get; private set; }

    /// <summary>Elements between two rows of functions.</summary>
    protected int Row { get; private set; }

    /// <summary>Channels whose functions are held at a time.</summary>
    protected int Slice { get; private set; }

    /// <summary>Sets the sizes that follow from the operands.</summary>
    protected void Set(in ConvOperands<T> operands, T* x)
    {
        Operands = operands;
        X = x;
        (Channels, Outputs, Count) = (operands.GroupChannels, operands.GroupOutputs, operands.Count);
        int size = operands.Geometry.PlaneSize;
        int images = Math.Min((WantedLength + size - 1) / size, Math.Max(1, operands.Batch / WantedBlocks));
        BlockImages = Math.Clamp(images, 1, Math.Max(1, operands.Batch));
        Blocks = (operands.Batch + BlockImages - 1) / BlockImages;
        if ((long)Count * operands.Geometry.Planes * (size + (2L * operands.Geometry.LargestOffset) + 64) > MostElements)
            throw new ArgumentException($"A channel of {string.Join('×', operands.Geometry.Input)} with {Count} functions is more than a convolution holds at a time ({MostElements} numbers); cut the image into parts.");
        Row = Registers(BlockImages * size) + Registers(operands.Geometry.LargestOffset) + V.Count;
        Slice = Math.Clamp(BlockElements / (Count * operands.Geometry.Planes * Row), 1, Channels);
    }

    /// <summary>Lets go of the operands; the object is kept for the next use.</summary>
    protected void Forget() => Operands = default;

    /// <summary>A length filled up to whole registers.</summary>
    protected static int Registers(int length) => (length + V.Count - 1) / V.Count * V.Count;

    /// <summary>Images of a block; the last one holds what is left.</summary>
    protected int ImagesOf(int block) => Math.Min(BlockImages, Operands.Batch - (block * BlockImages));

    /// <summary>A channel of an image of the whole batch.</summary>
    protected T* Image(int image, int group, int channel) =>
        X + ((((nint)image * Operands.Channels) + (group * Channels) + channel) * Geometry.InputCount);

    /// <summary>Offsets of the rows of functions that the terms (channel of the slice, function, tap) of the sum read.</summary>
    protected void FillOffsets(nint* offsets)
    {
        for (int channel = 0; channel < Slice; channel++)
        {
            for (int n = 0; n < Count; n++)
            {
                for (int tap = 0; tap < Operands.Taps; tap++)
                    *offsets++ = ((nint)((((channel * Count) + n) * Geometry.Planes) + Geometry.PlaneOfTap[tap]) * Row) + Geometry.OffsetOfTap[tap];
            }
        }
    }

    /// <summary>Elements of the flat axis up to the last output of a block, in whole registers.</summary>
    protected int OutputLength(int images) => Registers(((images - 1) * Geometry.PlaneSize) + Geometry.LastOutput);

    /// <summary>Puts channels of a block's images onto the flat axis, [channels, planes, row].</summary>
    protected void Load(int group, int block, int channel, int channels, T* points)
    {
        int size = Geometry.PlaneSize, images = ImagesOf(block);
        if (Geometry.Empty.Length > 0 && Geometry.Runs.Length > 0)
            new Span<T>(points, channels * Geometry.Planes * Row).Clear();
        for (int c = 0; c < channels; c++)
        {
            for (int image = 0; image < images; image++)
                Load(Image((block * BlockImages) + image, group, channel + c), points + ((nint)image * size));
            for (int plane = 0; plane < Geometry.Planes; plane++, points += Row)
                new Span<T>(points + ((nint)images * size), Row - (images * size)).Clear();
        }
    }

    /// <summary>The planes of a channel of an image, a row apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(T* pixels, T* points)
    {
        int size = Geometry.PlaneSize;
        if (Geometry.Runs.Length > 0)
        {
            foreach ((int element, int place, int length) in Geometry.Runs)
                new ReadOnlySpan<T>(pixels + place, length).CopyTo(new Span<T>(points + ((nint)(element / size) * Row) + (element % size), length));
            return;
        }

        ReadOnlySpan<int> source = Geometry.Source;
        for (int plane = 0; plane < Geometry.Planes; plane++, points += Row, source = source[size..])
        {
            for (int place = 0; place < size; place++)
                points[place] = source[place] < 0 ? T.Zero : pixels[source[place]];
        }
    }

    /// <summary>Loaded channels as the functions see them: bounded, or as they are.</summary>
    protected T* Map(ConvScratch<T> scratch, int channels, T* points)
    {
        if (Operands.Squash is not { } squash)
            return points;
        int length = channels * Geometry.Planes * Row;
        T* mapped = scratch.Mapped.Take(length);
        squash.Evaluate(0, new ReadOnlySpan<T>(points, length), new Span<T>(mapped, length), SimdWidths.Of<V, T>());
        return mapped;
    }

    /// <summary>Evaluates the functions of loaded channels, or their derivatives, [channels, functions, planes, row].</summary>
    protected void Evaluate(int group, int channel, int channels, int images, int order, ConvScratch<T> scratch, T* points, T* mapped, T* values)
    {
        ConvFunctions<T> functions = Operands.Groups[group];
        int planes = Geometry.Planes, stride = planes * Row;
        int length = Registers(images * Geometry.PlaneSize);
        T* slope = scratch.Slope.Take(Row);
        for (int c = 0; c < channels; c++)
        {
            for (int plane = 0; plane < planes; plane++, points += Row, mapped += Row)
            {
                T* first = values + ((nint)plane * Row);
                functions.Functions.Evaluate<V>(new BasisBlock<T>(channel + c, 1, length, order, ref *mapped, Row, ref *first, stride));
                T* last = first + ((nint)functions.Functions.Count * stride);
                functions.Base?.Evaluate<V>(new BasisBlock<T>(channel + c, 1, length, order, ref *(Operands.RawBase ? points : mapped), Row, ref *last, stride));
                if (order > 0 && Operands.Squash is { } squash)
                {
                    squash.Evaluate(1, new ReadOnlySpan<T>(points, length), new Span<T>(slope, length), SimdWidths.Of<V, T>());
                    for (int n = 0; n < (Operands.RawBase ? functions.Functions.Count : Count); n++)
                    {
                        var row = new Span<T>(first + ((nint)n * stride), length);
                        VectorMath.Multiply(row, new ReadOnlySpan<T>(slope, length), row, SimdWidths.Of<V, T>());
                    }
                }

                for (int n = 0; n < Count; n++)
                {
                    T* row = first + ((nint)n * stride);
                    if (Geometry.Mode == PaddingMode.PadBasis)
                        ClearEmpty(plane, images, row);
                    new Span<T>(row + length, Row - length).Clear();
                }
            }

            values += (nint)Count * stride;
        }
    }

    /// <summary>Sets elements that have no place in the image to 0.</summary>
    protected void ClearEmpty(int plane, int images, T* row)
    {
        int size = Geometry.PlaneSize;
        foreach (int place in Geometry.Empty)
        {
            if (place / size != plane)
                continue;
            for (int image = 0; image < images; image++)
                row[(image * size) + (place % size)] = T.Zero;
        }
    }
}
