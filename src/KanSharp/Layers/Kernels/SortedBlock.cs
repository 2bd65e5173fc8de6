using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A block of rows × features with the points of each feature sorted by cell, and the basis evaluated on them. One per thread, reused: nothing of
/// size (batch × inputs × basis) ever exists.
/// </summary>
internal sealed class SortedBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _columns = new();
    private readonly AlignedBuffer<T> _cells = new();
    private readonly AlignedBuffer<T> _sorted = new();
    private readonly AlignedBuffer<T> _factors = new();
    private readonly AlignedBuffer<int> _order = new();
    private readonly AlignedBuffer<CellRun> _runs = new();
    private readonly AlignedBuffer<int> _counters = new();
    private readonly int[] _runCounts = new int[ContractionPlan.MaxFeatureBlock];
    private LocalBasisTable<T> _table = null!;
    private SimdWidth _width;
    private int _feature;

    /// <summary>Rows in the block.</summary>
    public int Rows { get; private set; }

    /// <summary>Features in the block.</summary>
    public int Features { get; private set; }

    /// <summary>Elements from one feature's points, or one function's values, to the next's.</summary>
    public int Stride { get; private set; }

    /// <summary>Takes a block out of a batch and sorts it.</summary>
    /// <param name="table">The basis.</param>
    /// <param name="x">Inputs [rows of the batch, <paramref name="inputs"/>].</param>
    /// <param name="multiplier">Factors shaped like x, or empty.</param>
    /// <param name="inputs">Number of inputs I.</param>
    /// <param name="row">First row.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="feature">First feature.</param>
    /// <param name="features">Features of the block.</param>
    /// <param name="width">SIMD width.</param>
    public void Sort(
        LocalBasisTable<T> table, ReadOnlySpan<T> x, ReadOnlySpan<T> multiplier, int inputs, int row, int rows, int feature, int features, SimdWidth width)
    {
        const int Lanes = 16;
        _table = table;
        _width = width;
        _feature = feature;
        Rows = rows;
        Features = features;
        // A register may be written past the last point
        Stride = (rows + Lanes - 1) / Lanes * Lanes + Lanes;
        _columns.Reserve(features * Stride);
        _cells.Reserve(Stride);
        _sorted.Reserve(features * Stride);
        _order.Reserve(features * Stride);
        _runs.Reserve(features * (table.Cells + 2));
        _counters.Reserve(CellSort.CountersPerCell * (table.Cells + 2));
        Gather(x, inputs, row);
        for (int f = 0; f < features; f++)
        {
            ref T column = ref _columns.Slice(f * Stride, Stride)[0];
            table.Locate(feature + f, ref column, rows, ref _cells.First, width);
            int cells = table.Cells + 2;
            _runCounts[f] = CellSort.Sort(
                width, table.First(feature + f), rows, ref _cells.First, ref column, ref _order.Slice(f * Stride, Stride)[0],
                ref _sorted.Slice(f * Stride, Stride)[0], _counters.Slice(0, CellSort.CountersPerCell * cells), _runs.Slice(f * cells, cells));
        }

        if (multiplier.IsEmpty)
            return;
        Gather(multiplier, inputs, row);
        _factors.Reserve(features * Stride);
        for (int f = 0; f < features; f++)
            Permute(ref _columns.Slice(f * Stride, Stride)[0], ref _factors.Slice(f * Stride, Stride)[0], f);
    }

    /// <summary>Row in the block of every point of a feature, in sorted order.</summary>
    public ReadOnlySpan<int> Order(int feature) => _order.Slice(feature * Stride, Rows);

    /// <summary>Evaluates basis and base function.</summary>
    /// <param name="values">Where to.</param>
    /// <param name="order">Order of the derivative.</param>
    /// <param name="baseActivation">The base function, or null.</param>
    /// <param name="scaled">Whether everything is multiplied by the multiplier.</param>
    public void Evaluate(BlockValues<T> values, int order, Activation? baseActivation, bool scaled)
    {
        values.Reserve(Features, _table.Degree + 1, Stride, baseActivation is not null);
        switch (_width)
        {
            case SimdWidth.Bits512: EvaluateCells<Simd512<T>>(values, order); break;
            case SimdWidth.Bits256: EvaluateCells<Simd256<T>>(values, order); break;
            case SimdWidth.Bits128: EvaluateCells<Simd128<T>>(values, order); break;
            default: EvaluateCells<SimdScalar<T>>(values, order); break;
        }

        for (int f = 0; f < Features && baseActivation is not null; f++)
            baseActivation.Evaluate(order, _sorted.Slice(f * Stride, Rows), values.Bases(f, Rows), _width);
        if (scaled)
            Scale(values, baseActivation is not null);
    }

    /// <summary>What a sweep walks over.</summary>
    public SweepPoints<T> Points(BlockValues<T> values, int feature, int firstFunction) => new()
    {
        Order = ref _order.Slice(feature * Stride, Stride)[0],
        Values = ref values.Functions(feature, firstFunction),
        Bases = ref values.FirstBase(feature),
        Runs = ref _runs.Slice(feature * (_table.Cells + 2), 1)[0],
        RunCount = _runCounts[feature],
        Stride = Stride,
    };

    private unsafe void Gather(ReadOnlySpan<T> source, int inputs, int row)
    {
        fixed (T* first = source.Slice(row * inputs + _feature), target = _columns.Slice(0, Features * Stride))
            MatrixPacking<Simd128<T>, T>.Columns(first, inputs, Rows, Features, Stride, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Permute(ref T source, ref T target, int f)
    {
        ref int order = ref _order.Slice(f * Stride, Stride)[0];
        for (int i = 0; i < Rows; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, Unsafe.Add(ref order, i));
    }

    private void EvaluateCells<V>(BlockValues<T> values, int order)
        where V : unmanaged, ISimd<V, T>
    {
        T[] pieces = _table.Pieces(order);
        for (int f = 0; f < Features; f++)
        {
            ref T x = ref _sorted.Slice(f * Stride, Stride)[0];
            ref T target = ref values.Functions(f, 0);
            ReadOnlySpan<CellRun> runs = _runs.Slice(f * (_table.Cells + 2), _runCounts[f]);
            _table.EvaluateSorted<V>(_feature + f, pieces, runs, ref x, ref target, Stride);
        }
    }

    private void Scale(BlockValues<T> values, bool hasBase)
    {
        for (int f = 0; f < Features; f++)
        {
            ReadOnlySpan<T> factors = _factors.Slice(f * Stride, Rows);
            for (int r = 0; r <= _table.Degree; r++)
            {
                Span<T> function = values.Function(f, r, Rows);
                VectorMath.Multiply(function, factors, function, _width);
            }

            if (hasBase)
                VectorMath.Multiply(values.Bases(f, Rows), factors, values.Bases(f, Rows), _width);
        }
    }
}
