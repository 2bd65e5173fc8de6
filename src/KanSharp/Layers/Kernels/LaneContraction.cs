using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The sums of a layer with a local basis, as <see cref="LocalContraction{T}"/> has them, for layers with few outputs: points of a feature lie side by
/// side in registers, unsorted. An edge is a polynomial per cell; its coefficients are look-up tables over cells, made once per call, that a register
/// of points reads with one permutation each.
/// </summary>
/// <remarks>
/// Every number is summed by one piece of work in an order that does not depend on how many threads there are. The object is kept and
/// reused; one call at a time.
/// </remarks>
internal sealed partial class LaneContraction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EdgeWork _edges;
    private readonly ForwardWork _forward;
    private readonly BackwardWork _backward;
    private readonly FinishWork _finish;
    private LaneKernels<T> _value = null!;
    private LaneKernels<T> _slope = null!;
    private LocalBasisTable<T> _table = null!;
    private Activation? _base;
    private LanePlan _plan;
    private SimdWidth _width;
    private LayerWeights<T> _weights;
    private Buffer<T> _x;
    private Buffer<T> _multiplier;
    private int _outputs;
    private int _rows;
    private int _order;
    private int _tableLength;

    public LaneContraction()
    {
        _edges = new EdgeWork(this);
        _forward = new ForwardWork(this);
        _backward = new BackwardWork(this);
        _finish = new FinishWork(this);
    }

    /// <summary>Elements of the tables that a forward pass needs.</summary>
    public int EdgeTablesLength => checked(Inputs * _outputs * EdgeLength(_order));

    /// <summary>Elements of the partial sums that a backward pass needs.</summary>
    public int PartialSumsLength => checked(_plan.RowPieces * Inputs * WeightRows * Padded);

    private int Inputs => _table.Features;

    private int Lanes => _width.Lanes<T>();

    /// <summary>Outputs rounded up to whole registers, as <see cref="LayerWeights{T}"/> has them.</summary>
    private int Padded => (_outputs + Lanes - 1) / Lanes * Lanes;

    private int WeightRows => _table.Count + (_base is null ? 0 : 1);

    /// <summary>Elements from one column of a block to the next; an odd number of cache lines, so that columns do not share cache sets.</summary>
    private static int Stride => LanePlan.RowBlock + 64 / Unsafe.SizeOf<T>();

    /// <summary>Sets what forward and backward pass share.</summary>
    /// <param name="table">The basis, of degree 1 to 5.</param>
    /// <param name="baseActivation">Function of the base row, or null.</param>
    /// <param name="outputs">Number of outputs O.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">Inputs [rows, I].</param>
    /// <param name="multiplier">m, shaped like x; empty for 1.</param>
    /// <param name="rows">Batch size N, at least 1.</param>
    /// <param name="order">Order d of the derivative.</param>
    /// <param name="width">SIMD width.</param>
    public void Configure(
        LocalBasisTable<T> table,
        Activation? baseActivation,
        int outputs,
        in LayerWeights<T> weights,
        Buffer<T> x,
        Buffer<T> multiplier,
        int rows,
        int order,
        SimdWidth width)
    {
        int registers = LayerCost.TableRegisters<T>(table.Entries, width);
        _table = table;
        _base = baseActivation;
        _outputs = outputs;
        _weights = weights;
        _x = x;
        _multiplier = multiplier;
        _rows = rows;
        _order = order;
        _width = width;
        _tableLength = registers == 0 ? table.Entries : registers * Lanes;
        _value = LaneKernels<T>.For(width, registers, table.PowersOf(order) - 1);
        _slope = LaneKernels<T>.For(width, registers, table.PowersOf(order + 1) - 1);
        LayerShape shape = LayerShape.Of(table, rows, outputs, baseActivation is not null);
        _plan = LanePlan.Create(shape, LayerCost.OfLanes<T>(shape, width));
    }

    /// <summary>Lets go of weights, inputs and outputs after a forward pass, so that an idle object keeps no model alive but its basis.</summary>
    public void Forget()
    {
        _weights = default;
        _x = default;
        _multiplier = default;
        _edges.Set(default);
        _forward.Set(default, default, default);
    }

    /// <summary>Computes the outputs.</summary>
    /// <param name="executor">Where it runs.</param>
    /// <param name="bias">[O], or empty.</param>
    /// <param name="y">Receives [rows, O].</param>
    /// <param name="tables">Room for <see cref="EdgeTablesLength"/> elements.</param>
    public void Forward(Executor executor, Buffer<T> bias, Buffer<T> y, Buffer<T> tables)
    {
        _edges.Set(tables);
        executor.Run(_edges, _plan.EdgePieces);
        _forward.Set(bias, y, tables);
        executor.Run(_forward, _plan.ForwardPieces);
    }

    /// <summary>Computes gradients.</summary>
    /// <param name="executor">Where it runs.</param>
    /// <param name="gradients">What is wanted.</param>
    /// <param name="g">Gradient of the outputs [rows, O].</param>
    /// <param name="partials">Room for <see cref="PartialSumsLength"/> elements.</param>
    public void Backward(Executor executor, in LayerGradients<T> gradients, Buffer<T> g, Buffer<T> partials)
    {
        _backward.Set(gradients, g, partials);
        executor.Run(_backward, _plan.BackwardPieces);
        if (!gradients.HasWeights)
            return;
        _finish.Set(gradients, partials);
        executor.Run(_finish, _plan.EdgePieces);
    }

    /// <summary>Elements of the tables of an edge.</summary>
    private int EdgeLength(int order) => _table.PowersOf(order) * _tableLength;

    /// <summary>Rows of a block rounded up to whole registers.</summary>
    private int Whole(int rows) => (rows + Lanes - 1) / Lanes * Lanes;

    private static ref T At(Buffer<T> buffer, int index) => ref buffer.Array[buffer.Offset + index];

    private T BaseWeight(int feature, int output) => At(_weights.Base, feature * Padded + output);

    /// <summary>Writes the tables of all edges of a feature.</summary>
    private void WriteEdges(int feature, int order, Span<T> target)
    {
        int length = EdgeLength(order);
        int row = _table.Count * _outputs;
        ReadOnlySpan<T> coefficients = _weights.Coefficients.Span.Slice(feature * row, row);
        for (int o = 0; o < _outputs; o++)
        {
            T factor = _weights.Factors.IsEmpty ? T.One : At(_weights.Factors, feature * Padded + o);
            _table.WriteEdge(feature, order, coefficients[o..], _outputs, factor, target.Slice(o * length, length), _tableLength);
        }
    }

    /// <summary>Copies columns of features, or of multipliers, of a block of rows.</summary>
    private void Columns(Buffer<T> source, int row, int rows, int feature, int features, AlignedBuffer<T> target)
    {
        target.Reserve(LanePlan.FeatureBlock * Stride);
        LaneColumns.FromRows(ref At(source, row * Inputs + feature), Inputs, rows, Whole(rows), features, ref target.First, Stride);
    }

    /// <summary>Finds the cells of one feature's points.</summary>
    private LanePoints<T> Locate(LaneScratch<T> scratch, int f, int feature, int rows)
    {
        scratch.Points.Reserve(5 * Stride);
        scratch.Cells.Reserve(2 * _tableLength);
        _table.WriteCells(feature, scratch.Cells.Slice(0, 2 * _tableLength), _tableLength);
        var points = new LanePoints<T>
        {
            Index = ref scratch.Points.First,
            U = ref Unsafe.Add(ref scratch.Points.First, Stride),
            Count = Whole(rows),
            TableLength = _tableLength,
        };
        if (!_multiplier.IsEmpty)
            points.Factors = ref Unsafe.Add(ref scratch.Factors.First, f * Stride);
        _value.Locate(_table, feature, ref Unsafe.Add(ref scratch.X.First, f * Stride), ref scratch.Cells.First, points);
        return points;
    }

    /// <summary>Where the base function is evaluated: 0 for order d, 1 for order d + 1, 2 for what else is computed per point.</summary>
    private static Span<T> Column(LaneScratch<T> scratch, int column, int count) => scratch.Points.Slice((2 + column) * Stride, count);

    /// <summary>Multiplies base values by the multiplier.</summary>
    private void ScaleBases(LaneScratch<T> scratch, int f, Span<T> bases)
    {
        if (!_multiplier.IsEmpty)
            VectorMath.Multiply(bases, scratch.Factors.Slice(f * Stride, bases.Length), bases, _width);
    }

    /// <summary>Writes the look-up tables of all edges, feature by feature.</summary>
    private sealed class EdgeWork(LaneContraction<T> owner) : ParallelWork
    {
        private Buffer<T> _tables;

        public void Set(Buffer<T> tables) => _tables = tables;

        public override void Execute(int piece)
        {
            (int start, int end) = LanePlan.Part(owner.Inputs, piece, owner._plan.EdgePieces);
            int length = owner._outputs * owner.EdgeLength(owner._order);
            for (int feature = start; feature < end; feature++)
                owner.WriteEdges(feature, owner._order, _tables.Span.Slice(feature * length, length));
        }
    }
}
