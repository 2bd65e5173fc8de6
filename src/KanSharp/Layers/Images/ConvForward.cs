using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>The outputs of a convolution: a piece is a group of channels of a block of images.</summary>
internal sealed unsafe class ConvForward<V, T> : ConvWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of the flat axis whose sums are made before the next ones: rows of functions stay in the first-level cache for all tiles of outputs.</summary>
    private const int Chunk = 256;

    private readonly AlignedBuffer<T> _weightBuffer = new();
    private readonly AlignedBuffer<nint> _offsetBuffer = new();
    private T* _weights;
    private nint* _offsets;
    private T* _y;

    /// <summary>Writes all outputs.</summary>
    public void Run(in ConvOperands<T> operands, Span<T> y, Executor executor)
    {
        fixed (T* x = operands.X.Span, target = y, weights = operands.Weights.Span)
        {
            Set(operands, x);
            _y = target;
            _offsets = _offsetBuffer.Take((nint)Slice * Count * operands.Taps);
            FillOffsets(_offsets);
            Pack(weights);
            executor.Run(this, Blocks * operands.Groups.Length);
            Forget();
        }
    }

    public override void Execute(int piece)
    {
        int group = piece % Operands.Groups.Length, block = piece / Operands.Groups.Length;
        ConvScratch<T> scratch = WorkCache<ConvScratch<T>>.Rent();
        int images = ImagesOf(block), planes = Geometry.Planes;
        T* points = scratch.Points.Take((nint)Slice * planes * Row);
        T* values = scratch.Values.Take((nint)Slice * Count * planes * Row);
        T* sums = scratch.Output.Take((nint)Outputs * Row);
        for (int channel = 0; channel < Channels; channel += Slice)
        {
            int channels = Math.Min(Slice, Channels - channel);
            Load(group, block, channel, channels, points);
            if (!Operands.IsPlain)
                Evaluate(group, channel, channels, images, 0, scratch, points, Map(scratch, channels, points), values);
            Sum(group, channel, channels, OutputLength(images), Operands.IsPlain ? points : values, sums);
        }

        Store(group, block, images, sums);
        WorkCache<ConvScratch<T>>.Return(scratch);
    }

    /// <summary>[group, tile of outputs, (channel, function, tap), output of the tile].</summary>
    private void Pack(T* weights)
    {
        int depth = Channels * Count * Operands.Taps;
        _weights = _weightBuffer.Take((nint)Operands.Groups.Length * Operands.GroupWeights);
        T* target = _weights;
        for (int group = 0; group < Operands.Groups.Length; group++)
        {
            for (int tile = 0; tile < ConvTile<V, T>.Tiles(Outputs); tile++)
            {
                int first = ConvTile<V, T>.First(tile, Outputs), next = ConvTile<V, T>.First(tile + 1, Outputs);
                for (int k = 0; k < depth; k++)
                {
                    for (int output = first; output < next; output++)
                        *target++ = weights[((nint)k * Outputs) + output];
                }
            }

            weights += Operands.GroupWeights;
        }
    }

    private void Sum(int group, int channel, int channels, int length, T* values, T* sums)
    {
        int terms = Count * Operands.Taps, depth = Channels * terms;
        T* weights = _weights + ((nint)group * Operands.GroupWeights);
        for (int start = 0; start < length; start += Chunk)
        {
            for (int tile = 0; tile < ConvTile<V, T>.Tiles(Outputs); tile++)
            {
                int first = ConvTile<V, T>.First(tile, Outputs);
                int rows = ConvTile<V, T>.First(tile + 1, Outputs) - first;
                ConvTile<V, T>.Product(
                    rows, channels * terms, weights + ((nint)first * depth) + ((nint)channel * terms * rows), values + start, _offsets, Math.Min(Chunk, length - start),
                    sums + ((nint)first * Row) + start, Row, channel > 0);
            }
        }
    }

    /// <summary>Takes the outputs out of the flat rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(int group, int block, int images, T* sums)
    {
        ReadOnlySpan<T> bias = Operands.Bias.IsEmpty ? default : Operands.Bias.Span;
        int row = Geometry.RowLength;
        for (int output = 0; output < Outputs; output++)
        {
            int channel = (group * Outputs) + output;
            V shift = bias.IsEmpty ? V.Zero : V.Broadcast(bias[channel]);
            for (int image = 0; image < images; image++)
            {
                T* source = sums + ((nint)output * Row) + ((nint)image * Geometry.PlaneSize);
                T* target = _y + (((((nint)block * BlockImages) + image) * Operands.Outputs) + channel) * Geometry.OutputCount;
                foreach (int start in Geometry.RowStarts)
                {
                    int index = 0;
                    for (; index <= row - V.Count; index += V.Count)
                        V.Store(V.Load(ref source[start], index) + shift, ref target[0], index);
                    if (index < row)
                        V.StorePartial(V.LoadPartial(ref source[start], index, row - index) + shift, ref target[0], index, row - index);
                    target += row;
                }
            }
        }
    }
}
