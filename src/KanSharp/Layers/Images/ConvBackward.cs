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
internal sealed unsafe partial class ConvBackward<V, T> : ConvWork<V, T>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 1024;
    private const int ProductChunk = 256;
    private const int MostPieces = 16;
    private const int PartialElements = 1 << 23;

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
            Forget();
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
                if (!Operands.IsPlain)
                    Evaluate(group, channel, channels, images, 0, scratch, points, mapped, values);
                Correlate(channels * terms, OutputLength(images), Operands.IsPlain ? points : values, gradient + _lead, partial + ((nint)channel * terms * Outputs));
            }

            if (_input is null && _parameters == 0)
                continue;
            if (_input is not null && !Operands.IsPlain)
                Evaluate(group, channel, channels, images, 1, scratch, points, mapped, values);
            for (int plane = 0; plane < planes; plane++)
                Plane(group, block, channel, channels, plane, scratch, mapped, values, gradient + _lead, partial + Operands.GroupWeights + Outputs);
        }
    }

    /// <summary>Gradients of a plane's functions, and from them those of its points and of the family's parameters.</summary>
    private void Plane(int group, int block, int channel, int channels, int plane, ConvScratch<T> scratch, T* mapped, T* slopes, T* gradient, T* parameters)
    {
        int images = ImagesOf(block), planes = Geometry.Planes;
        int length = Registers(images * Geometry.PlaneSize);
        T* products = scratch.Products.Take((nint)((channels * Count) + 1) * Row);
        T* sum = products + ((nint)channels * Count * Row);
        Products(group, channel, channels, plane, length, gradient, products);
        for (int c = 0; c < channels; c++, products += (nint)Count * Row)
        {
            if (_input is not null)
            {
                if (!Operands.IsPlain)
                    Sum(slopes + ((((nint)c * Count * planes) + plane) * Row), (nint)planes * Row, products, length, sum);
                Scatter(Image0(group, block, channel + c), plane, images, Operands.IsPlain ? products : sum);
            }

            if (_parameters > 0)
                Train(group, channel + c, plane, images, length, mapped + ((((nint)c * planes) + plane) * Row), products, parameters);
        }
    }

    /// <summary>Gradient of a channel of a block's first image.</summary>
    private T* Image0(int group, int block, int channel) => _input + (Image(block * BlockImages, group, channel) - X);

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

    /// <summary>The gradient of the points: Σ_n slope·product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(T* slopes, nint stride, T* products, int length, T* target)
    {
        for (int p = 0; p < length; p += V.Count)
        {
            V sum = V.Zero;
            for (int n = 0; n < Count; n++)
                sum = V.MultiplyAdd(V.Load(ref slopes[(n * stride) + p], 0), V.Load(ref products[((nint)n * Row) + p], 0), sum);
            V.Store(sum, ref target[p], 0);
        }
    }

    /// <summary>Adds gradients of a plane's elements to those of the places they were taken from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(T* target, int plane, int images, T* points)
    {
        int size = Geometry.PlaneSize;
        nint step = (nint)Operands.Channels * Geometry.InputCount;
        for (int image = 0; image < images; image++, target += step, points += size)
        {
            foreach ((int element, int place, int length) in Geometry.Runs)
            {
                if (element / size != plane)
                    continue;
                T* source = points + (element % size);
                T* to = target + place;
                int index = 0;
                for (; index <= length - V.Count; index += V.Count)
                    V.Store(V.Load(ref to[0], index) + V.Load(ref source[0], index), ref to[0], index);
                for (; index < length; index++)
                    to[index] += source[index];
            }

            ReadOnlySpan<int> places = Geometry.Source.AsSpan(plane * size, size);
            for (int place = 0; place < size && Geometry.Runs.Length == 0; place++)
            {
                if (places[place] >= 0)
                    target[places[place]] += points[place];
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
