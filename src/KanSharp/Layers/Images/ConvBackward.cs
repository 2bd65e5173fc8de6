using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// The gradients of a convolution. The functions are computed again, block by block. Weights: sums of products along the flat axis. Inputs: the same sum as forward
/// with the gradient in place of the functions, then times the slopes. A piece goes through some blocks of a group; what pieces add up to the weights is added in
/// the order of the pieces.
/// </summary>
internal sealed unsafe class ConvBackward<V, T> : ConvWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 1024;
    private const int ProductChunk = 256;
    private const int MostPieces = 16;
    private const int PartialElements = 1 << 20;

    private readonly AlignedBuffer<T> _weightBuffer = new();
    private readonly AlignedBuffer<T> _partialBuffer = new();
    private readonly AlignedBuffer<nint> _offsetBuffer = new();
    private readonly AlignedBuffer<nint> _gradientOffsetBuffer = new();
    private T* _weights;
    private T* _partials;
    private nint* _offsets;
    private nint* _gradientOffsets;
    private T* _gradient;
    private T* _input;
    private bool _trainsWeights;
    private int _parameters;
    private int _partial;
    private int _pieces;
    private int _lead;
    private int _gradientRow;

    /// <summary>Adds to gradients; an empty one is left out.</summary>
    /// <param name="operands">What the forward sum worked on.</param>
    /// <param name="gradient">Gradient of the outputs.</param>
    /// <param name="input">Gradient of the inputs.</param>
    /// <param name="weights">Gradient of the weights.</param>
    /// <param name="bias">Gradient of the bias.</param>
    /// <param name="parameters">Gradients of the families' own parameters, group after group.</param>
    /// <param name="executor">Threads.</param>
    public void Run(in ConvOperands<T> operands, ReadOnlySpan<T> gradient, Span<T> input, Span<T> weights, Span<T> bias, Span<T> parameters, Executor executor)
    {
        fixed (T* x = operands.X.Span, source = gradient, target = input, w = operands.Weights.Span)
        {
            Set(operands, x);
            _gradient = source;
            _input = target;
            _trainsWeights = !weights.IsEmpty;
            _parameters = parameters.Length / operands.Groups.Length;
            _partial = operands.GroupWeights + Outputs + _parameters;
            _pieces = Math.Clamp(PartialElements / _partial, 2, Math.Min(MostPieces, Math.Max(2, Blocks)));
            _partials = _partialBuffer.Take((nint)_pieces * operands.Groups.Length * _partial);
            _offsets = _offsetBuffer.Take((nint)Slice * Count * operands.Taps);
            FillOffsets(_offsets);
            _lead = Registers(Geometry.LargestOffset);
            _gradientRow = _lead + Row;
            if (target is not null || _parameters > 0)
                Pack(w);
            executor.Run(this, _pieces * operands.Groups.Length);
            Reduce(weights, bias, parameters);
        }
    }

    public override void Execute(int piece)
    {
        int group = piece % Operands.Groups.Length, part = piece / Operands.Groups.Length;
        T* partial = _partials + ((nint)piece * _partial);
        new Span<T>(partial, _partial).Clear();
        ConvScratch<T> scratch = WorkCache<ConvScratch<T>>.Rent();
        for (int block = Blocks * part / _pieces; block < Blocks * (part + 1) / _pieces; block++)
            Block(group, block, scratch, partial);
        WorkCache<ConvScratch<T>>.Return(scratch);
    }

    private void Block(int group, int block, ConvScratch<T> scratch, T* partial)
    {
        int images = ImagesOf(block), planes = Geometry.Planes, terms = Count * Operands.Taps;
        int length = Registers(images * Geometry.PlaneSize);
        T* points = scratch.Points.Take((nint)Slice * planes * Row);
        T* values = scratch.Values.Take((nint)Slice * Count * planes * Row);
        T* gradient = scratch.Output.Take((nint)Outputs * _gradientRow);
        Load(group, block, images, gradient, partial + Operands.GroupWeights);
        for (int channel = 0; channel < Channels; channel += Slice)
        {
            int channels = Math.Min(Slice, Channels - channel);
            Load(group, block, channel, channels, points);
            T* mapped = Map(scratch, channels, points);
            if (_trainsWeights)
            {
                Evaluate(group, channel, channels, images, 0, scratch, points, mapped, values);
                Correlate(channels * terms, length, values, gradient + _lead, partial + ((nint)channel * terms * Outputs));
            }

            if (_input is null && _parameters == 0)
                continue;
            if (_input is not null)
                Evaluate(group, channel, channels, images, 1, scratch, points, mapped, values);
            for (int c = 0; c < channels; c++)
            {
                for (int plane = 0; plane < planes; plane++)
                {
                    T* products = scratch.Products.Take((nint)(Count + 1) * Row);
                    Products(group, channel + c, plane, length, gradient + _lead, products);
                    if (_input is not null)
                    {
                        Sum(values + ((((nint)c * Count * planes) + plane) * Row), (nint)planes * Row, products, length);
                        Scatter(group, block, channel + c, plane, images, products + ((nint)Count * Row));
                    }

                    if (_parameters > 0)
                        Train(group, channel + c, plane, images, length, mapped + ((((nint)c * planes) + plane) * Row), products, partial + Operands.GroupWeights + Outputs);
                }
            }
        }
    }

    /// <summary>Weights for the gradient of the functions: [group, channel, plane, tile of functions, (tap of the plane, output), function of the tile].</summary>
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
        for (int channel = 0; channel < Operands.Channels; channel++)
        {
            for (int plane = 0; plane < Geometry.Planes; plane++)
            {
                for (int tile = 0; tile < ConvTile<V, T>.Tiles(Count); tile++)
                {
                    int first = ConvTile<V, T>.First(tile, Count), next = ConvTile<V, T>.First(tile + 1, Count);
                    for (int tap = 0; tap < taps; tap++)
                    {
                        for (int output = 0; output < Outputs && Geometry.PlaneOfTap[tap] == plane; output++)
                        {
                            for (int n = first; n < next; n++)
                                *target++ = weights[(((((nint)channel * Count) + n) * taps) + tap) * Outputs + output];
                        }
                    }
                }
            }
        }
    }

    /// <summary>Puts gradients of outputs onto the flat axis, 0 between rows and before the first; adds up those of the bias.</summary>
    private void Load(int group, int block, int images, T* rows, T* bias)
    {
        new Span<T>(rows, Outputs * _gradientRow).Clear();
        int row = Geometry.RowLength;
        for (int output = 0; output < Outputs; output++)
        {
            for (int image = 0; image < images; image++)
            {
                T* source = _gradient + (((((nint)block * BlockImages) + image) * Operands.Outputs) + (group * Outputs) + output) * Geometry.OutputCount;
                T* target = rows + ((nint)output * _gradientRow) + _lead + ((nint)image * Geometry.PlaneSize);
                bias[output] += VectorMath.Sum(new ReadOnlySpan<T>(source, Geometry.OutputCount), SimdWidths.Of<V, T>());
                foreach (int start in Geometry.RowStarts)
                {
                    new ReadOnlySpan<T>(source, row).CopyTo(new Span<T>(target + start, row));
                    source += row;
                }
            }
        }
    }

    private void Correlate(int depth, int length, T* values, T* gradient, T* sums)
    {
        for (int start = 0; start < length; start += Chunk)
        {
            for (int tile = 0; tile < ConvTile<V, T>.Tiles(Outputs); tile++)
            {
                int first = ConvTile<V, T>.First(tile, Outputs);
                ConvTile<V, T>.Correlate(
                    ConvTile<V, T>.First(tile + 1, Outputs) - first, depth, values + start, _offsets, Math.Min(Chunk, length - start),
                    gradient + ((nint)first * _gradientRow) + start, _gradientRow, sums + first, Outputs);
            }
        }
    }

    /// <summary>Gradients of the functions of a channel's plane, [functions, row].</summary>
    private void Products(int group, int channel, int plane, int length, T* gradient, T* products)
    {
        int before = Geometry.TapsBefore[plane] * Outputs, depth = (Geometry.TapsBefore[plane + 1] * Outputs) - before;
        T* weights = _weights + (((nint)((group * Channels) + channel) * Count) * Operands.Taps * Outputs) + ((nint)before * Count);
        for (int start = 0; start < length; start += ProductChunk)
        {
            for (int tile = 0; tile < ConvTile<V, T>.Tiles(Count); tile++)
            {
                int first = ConvTile<V, T>.First(tile, Count);
                ConvTile<V, T>.Product(
                    ConvTile<V, T>.First(tile + 1, Count) - first, depth, weights + ((nint)first * depth), gradient + start, _gradientOffsets + before,
                    Math.Min(ProductChunk, length - start), products + ((nint)first * Row) + start, Row, add: false);
            }
        }
    }

    /// <summary>The gradient of the points, into the row after the products: Σ_n slope·product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(T* slopes, nint stride, T* products, int length)
    {
        T* target = products + ((nint)Count * Row);
        for (int p = 0; p < length; p += V.Count)
        {
            V sum = V.Zero;
            for (int n = 0; n < Count; n++)
                sum = V.MultiplyAdd(V.Load(ref slopes[(n * stride) + p], 0), V.Load(ref products[((nint)n * Row) + p], 0), sum);
            V.Store(sum, ref target[p], 0);
        }
    }

    private void Scatter(int group, int block, int channel, int plane, int images, T* points)
    {
        int size = Geometry.PlaneSize;
        ReadOnlySpan<int> source = Geometry.Source.AsSpan(plane * size, size);
        for (int image = 0; image < images; image++)
        {
            T* target = _input + (Image((block * BlockImages) + image, group, channel) - X);
            for (int place = 0; place < size; place++)
            {
                if (source[place] >= 0)
                    target[source[place]] += points[((nint)image * size) + place];
            }
        }
    }

    private void Train(int group, int channel, int plane, int images, int length, T* points, T* products, T* gradients)
    {
        GlobalBasis<T> functions = Operands.Groups[group].Functions;
        for (int n = 0; n < functions.Count && Geometry.Mode == PaddingMode.PadBasis; n++)
            ClearEmpty(plane, images, products + ((nint)n * Row));
        var shared = new Span<T>(gradients, functions.SharedParameters);
        var features = new Span<T>(gradients + functions.SharedParameters + ((nint)channel * functions.FeatureParameters), functions.FeatureParameters);
        functions.ParameterGradient<V>(new BasisBlock<T>(channel, 1, length, 0, ref *points, Row, ref *products, Row), shared, features);
    }

    private void Reduce(Span<T> weights, Span<T> bias, Span<T> parameters)
    {
        for (int piece = 0; piece < _pieces * Operands.Groups.Length; piece++)
        {
            int group = piece % Operands.Groups.Length;
            var partial = new ReadOnlySpan<T>(_partials + ((nint)piece * _partial), _partial);
            Add(partial[..Operands.GroupWeights], weights, group);
            Add(partial.Slice(Operands.GroupWeights, Outputs), bias, group);
            Add(partial[(Operands.GroupWeights + Outputs)..], parameters, group);
        }

        static void Add(ReadOnlySpan<T> part, Span<T> all, int group)
        {
            if (all.IsEmpty)
                return;
            Span<T> target = all.Slice(group * part.Length, part.Length);
            VectorMath.Add(target, part, target, SimdWidths.Of<V, T>());
        }
    }
}
