using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// A working copy of a KAN layer for single records: weights [inputs, rows, outputs] with the splines' coefficients, edge scale and mask folded in, and the base
/// weights as one more row; outputs and inputs measured in units that are powers of two, so that going there and back changes no bit.
/// </summary>
/// <typeparam name="T">Scalar.</typeparam>
internal abstract unsafe class RowLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Line = 64;

    private readonly AlignedBuffer<T> _weightMemory = new();
    private readonly AlignedBuffer<T> _pointMemory = new();
    private readonly RowPoint<T>[] _points;
    private readonly RowBase<T>? _base;
    private readonly SimdWidth _width;
    private readonly int _length;
    private readonly T[] _units;
    private RowLocator<T>? _locator;
    private bool _uniform;

    /// <param name="layer">The layer.</param>
    /// <param name="records">Records that are held at once.</param>
    /// <param name="targets">Outputs of the network.</param>
    /// <param name="width">SIMD width.</param>
    /// <param name="outStride">Elements from one weight row to the next.</param>
    protected RowLayer(KanLinear<T> layer, int records, int targets, SimdWidth width, int outStride)
    {
        Layer = layer;
        Records = records;
        Inputs = layer.Inputs;
        Outputs = layer.Outputs;
        Degree = layer.Options.Spline.Degree;
        InStride = Padded(Inputs);
        OutStride = outStride;
        SplineRows = layer.Coefficients.Shape[1];
        HasBase = layer.BaseWeight is not null;
        Rows = SplineRows + (HasBase ? 1 : 0);
        Functions = Degree + 1 + (HasBase ? 1 : 0);
        TrainsSpline = layer.Coefficients.Trainable;
        TrainsBase = layer.BaseWeight is { Trainable: true };
        TrainsBias = layer.Bias is { Trainable: true };
        _width = width;
        _units = new T[Outputs];
        int outputs = Padded(Outputs);
        if ((long)Inputs * Rows > LaneIndex.Most)
            throw new ArgumentException($"A layer of {Inputs} inputs with {Rows} functions each has {(long)Inputs * Rows} rows of weights; Newton-Kaczmarz can number {LaneIndex.Most}. Use fewer intervals.", nameof(layer));
        _length = checked(Inputs * Rows * OutStride + outputs);
        Weights = _weightMemory.Take(_length);
        Bias = Weights + (nint)Inputs * Rows * OutStride;
        int plane = Functions * InStride, size = checked(2 * plane + 2 * InStride + targets * outputs);
        T* numbers = _pointMemory.Take((nint)records * size);
        _points = new RowPoint<T>[records];
        for (int record = 0; record < records; record++)
        {
            T* at = numbers + (nint)record * size;
            _points[record] = new RowPoint<T>
            {
                Values = at,
                Slopes = at + plane,
                Derivatives = at + 2 * plane,
                First = at + 2 * plane + InStride,
                Gradients = at + 2 * plane + 2 * InStride,
            };
        }

        _base = HasBase ? new RowBase<T>(layer.Options.BaseActivation!, Inputs, width) : null;
        Mask = layer.Mask is null ? null : new RowMask<T>(layer.Mask.Value, OutStride);
    }

    public KanLinear<T> Layer { get; }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Inputs rounded up to whole cache lines.</summary>
    public int InStride { get; }

    /// <summary>Elements from one weight row to the next.</summary>
    public int OutStride { get; }

    /// <summary>Outputs rounded up to whole cache lines: the input stride of the next layer.</summary>
    public int OutputStride => Padded(Outputs);

    /// <summary>Where inputs outside of their ranges are handled.</summary>
    public RowLocator<T> Locator => _locator!;

    /// <summary>Edges that are off; null for none.</summary>
    public RowMask<T>? Mask { get; }

    /// <summary>All weights and biases, in a fixed order.</summary>
    public Span<T> AllWeights => new(Weights, _length);

    /// <summary>Records that are held at once.</summary>
    protected int Records { get; }

    protected int Degree { get; }

    protected int SplineRows { get; }

    protected int Rows { get; }

    protected int Functions { get; }

    protected bool HasBase { get; }

    protected bool TrainsSpline { get; }

    protected bool TrainsBase { get; }

    protected bool TrainsBias { get; }

    protected T* Weights { get; }

    protected T* Bias { get; }

    /// <summary>A length rounded up to whole cache lines.</summary>
    public static int Padded(int count) => (count * sizeof(T) + Line - 1) / Line * Line / sizeof(T);

    /// <summary>What is remembered of a record.</summary>
    public ref readonly RowPoint<T> Point(int record) => ref _points[record];

    /// <summary>Finds the functions that are not zero at a record's inputs.</summary>
    public void Locate(T* x, int record)
    {
        _locator!.Locate(x, _points[record]);
        if (HasBase)
            _base!.Evaluate(x, _points[record].Values + (Degree + 1) * InStride, _points[record].Slopes + (Degree + 1) * InStride);
    }

    /// <summary>The outputs for a located record.</summary>
    public abstract void Sum(int record, T* y);

    /// <summary>gx_i = Σ_o g_o·∂y_o/∂x_i for a located record.</summary>
    public abstract void Backward(int record, T* g, T* gx);

    /// <summary>Adds step·g_o·B to the weights of a located record.</summary>
    public abstract void Update(int record, T* g, T step);

    /// <summary>Σ B² over what is trained, the bias included: the squared length of an output's derivatives by its weights.</summary>
    public abstract T SquaredLength(int record);

    /// <summary>Squared length of ∂y/∂w over the layer's weights, for an output y of the network with gradient g here.</summary>
    public T SquaredLengthOf(int record, T* g)
    {
        if (Mask is not null)
            return T.CreateTruncating(Mask.Gram(this, record, g, record, g));
        return Dot(g) * SquaredLength(record);
    }

    /// <summary>Σ B·B' over what is trained for two records.</summary>
    public double Product(int left, int right)
    {
        double sum = TrainsBias ? 1 : 0;
        for (int input = 0; input < Inputs; input++)
            sum += ProductOf(input, left, right);
        return sum;
    }

    /// <summary>(∂y/∂w)·(∂y'/∂w) over the layer's weights, for outputs of the network with gradients g and g' here.</summary>
    public double Gram(int left, T* g, int right, T* other)
    {
        if (Mask is not null)
            return Mask.Gram(this, left, g, right, other);
        double dot = 0;
        for (int o = 0; o < Outputs; o++)
            dot += double.CreateTruncating(g[o]) * double.CreateTruncating(other[o]);
        return dot == 0 ? 0 : dot * Product(left, right);
    }

    /// <summary>The part of <see cref="Product"/> of one input.</summary>
    public double ProductOf(int input, int left, int right)
    {
        ref RowPoint<T> a = ref _points[left], b = ref _points[right];
        double sum = 0;
        if (TrainsSpline)
        {
            int distance = LaneIndex.Read(ref b.First[input]) - LaneIndex.Read(ref a.First[input]);
            for (int r = Math.Max(0, distance); r <= Math.Min(Degree, Degree + distance); r++)
                sum += double.CreateTruncating(a.Values[r * InStride + input]) * double.CreateTruncating(b.Values[(r - distance) * InStride + input]);
        }

        if (TrainsBase)
        {
            int at = (Degree + 1) * InStride + input;
            sum += double.CreateTruncating(a.Values[at]) * double.CreateTruncating(b.Values[at]);
        }

        return sum;
    }

    /// <summary>Whether the bias is trained.</summary>
    public double BiasProduct => TrainsBias ? 1 : 0;

    /// <summary>Reads weights and knots of the layer.</summary>
    /// <param name="inUnits">Unit of every input, powers of two.</param>
    /// <param name="outUnits">Unit of every output, powers of two.</param>
    /// <param name="extends">Whether ranges are extended as records come.</param>
    public void Load(ReadOnlySpan<double> inUnits, ReadOnlySpan<double> outUnits, bool extends)
    {
        bool uniform = RowGrid.IsUniform(Layer);
        if (_locator is null || uniform != _uniform)
            _locator = Compile(uniform);
        _uniform = uniform;
        _locator.Extends = extends;
        _locator.Load(inUnits);
        _base?.Load(inUnits);
        for (int o = 0; o < Outputs; o++)
            _units[o] = T.CreateTruncating(outUnits[o]);
        RowWeights.FoldEdgeScale(Layer);
        RowWeights.Load(Layer, Weights, Bias, OutStride, _units);
    }

    /// <summary>Writes weights and extended ranges back.</summary>
    public void Store(ReadOnlySpan<double> inUnits)
    {
        _locator!.Store(inUnits);
        RowWeights.Store(Layer, Weights, Bias, OutStride, _units);
    }

    /// <summary>g·g over all outputs.</summary>
    protected abstract T Dot(T* g);

    private RowLocator<T> Compile(bool uniform)
    {
        if (!uniform)
            return new TableLocator<T>(Layer, InStride, Rows, _width);
        return _width switch
        {
            SimdWidth.Bits512 => Uniform<Simd512<T>>(),
            SimdWidth.Bits256 => Uniform<Simd256<T>>(),
            SimdWidth.Bits128 => Uniform<Simd128<T>>(),
            _ => Uniform<SimdScalar<T>>(),
        };
    }

    private RowLocator<T> Uniform<V>()
        where V : unmanaged, ISimd<V, T> => Degree == 1
            ? new UniformLocator<V, One, T>(Layer, InStride, Rows)
            : new UniformLocator<V, Three, T>(Layer, InStride, Rows);
}
