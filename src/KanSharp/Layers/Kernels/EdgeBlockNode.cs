using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A node that works on the values of single edges: they are computed input by input in blocks of rows, and again in the backward pass, so that nothing of the size
/// N × I × O is ever stored.
/// </summary>
internal abstract class EdgeBlockNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private EdgeSizeKernels<T>? _kernels;
    private SimdWidth _width;
    private IPointBasis<T> _table = null!;
    private Activation? _baseActivation;
    private Node<T> _x = null!;
    private LayerWeights<T> _weights;
    private LayerGradients<T> _gradients;
    private GradientTarget<T> _inputGradient;
    private FamilyGradients<T> _own;

    /// <summary>The layer's parameters.</summary>
    protected LayerNodes<T> Parts { get; private set; }

    /// <summary>Outputs, rounded up to whole registers.</summary>
    protected int Padded { get; private set; }

    /// <summary>The loops over a block.</summary>
    protected EdgeSizeKernels<T> Kernels => _kernels!;

    /// <summary>Number of inputs I.</summary>
    protected int Features => _table.Features;

    /// <summary>Number of rows N.</summary>
    protected int Rows => _x.Shape.Rows;

    /// <summary>The inputs, [N, I].</summary>
    protected Buffer<T> X => _x.Value;

    private int BaseRow => _baseActivation is null ? -1 : _table.Count;

    /// <summary>Takes the operands.</summary>
    /// <returns>Whether anything in the layer requires a gradient.</returns>
    protected bool Take(IPointBasis<T> table, Activation? baseActivation, Node<T> x, in LayerNodes<T> parts, Node<T>? first, Node<T>? second)
    {
        _own = new FamilyGradients<T>(table, first, second);
        (_table, _baseActivation, _x, Parts) = (table, baseActivation, x, parts);
        if (_kernels is null || _width != Width)
        {
            _kernels = EdgeSizeKernels<T>.For(Width);
            _width = Width;
        }

        int lanes = Width.Lanes<T>();
        Padded = (parts.Outputs + lanes - 1) / lanes * lanes;
        return x.RequiresGradient || parts.RequiresGradient || _own.IsWanted;
    }

    /// <summary>Folds edge scale and mask into weights for this pass.</summary>
    protected void Prepare() => _weights = Parts.Prepare(Tape);

    /// <summary>Runs the backward pieces, one for each input, between asking for the gradients and handing out those of the family.</summary>
    protected void RunBackward()
    {
        _inputGradient = GradientTarget<T>.Of(_x);
        _gradients = new LayerGradients<T>
        {
            Coefficients = GradientTarget<T>.Of(Parts.Coefficients),
            Scale = GradientTarget<T>.Of(Parts.Scale),
            Base = GradientTarget<T>.Of(Parts.Base),
            Mask = Parts.Mask,
        };
        if (_own.IsWanted)
            _own.Reserve(Tape);
        RunPieces(Phase.Left, Features);
        if (_own.IsWanted)
            _own.Collect(Width);
    }

    /// <summary>A thread's memory with the weights of an input.</summary>
    protected EdgeSizeScratch<T> Rent(int input)
    {
        EdgeSizeScratch<T> scratch = WorkCache<EdgeSizeScratch<T>>.Rent();
        scratch.Reserve(_table.Stride, _table.Count, Padded);
        FillWeights(scratch, input);
        return scratch;
    }

    /// <summary>Room for the sums of an input's weight gradients, cleared.</summary>
    protected Span<T> WeightSums(EdgeSizeScratch<T> scratch)
    {
        Span<T> sums = scratch.WeightGradients.AsSpan(0, (_table.Count + 1) * Padded);
        sums.Clear();
        return sums;
    }

    /// <summary>Whether the inputs have a gradient, for which slopes must be evaluated.</summary>
    protected bool NeedsSlopes => _inputGradient.IsWanted;

    /// <summary>Adds what the gradients of a block's edges give, which stand in place of their values.</summary>
    /// <param name="scratch">The block.</param>
    /// <param name="input">The input.</param>
    /// <param name="row">First row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="pull">Further slope of the input itself: pull·(x − centre).</param>
    /// <param name="centre">See <paramref name="pull"/>.</param>
    protected void AddBlock(EdgeSizeScratch<T> scratch, int input, int row, int rows, T pull, T centre)
    {
        if (_gradients.HasWeights)
            _kernels!.Scatter(rows, _table.Degree, _table.Stride, scratch.First, scratch.Functions, scratch.Bases, scratch.Edges, Padded, scratch.WeightGradients, BaseRow);
        if (_own.IsWanted)
            _own.Add(input, scratch.X.AsSpan(0, rows), scratch.Edges, scratch.Weights, Padded, Width);
        if (!_inputGradient.IsWanted)
            return;
        T[] slopes = scratch.Bases; // the base values have been used
        _kernels!.RowDots(rows, Padded, scratch.Edges, scratch.EdgeSlopes, slopes);
        Span<T> target = _inputGradient.Values.Span;
        for (int r = 0; r < rows; r++)
        {
            int at = (row + r) * _table.Features + input;
            T slope = slopes[r] + pull * (scratch.X[r] - centre);
            target[at] = _inputGradient.Accumulate ? target[at] + slope : slope;
        }
    }

    /// <summary>Hands the sums of an input's weight gradients to the parameters.</summary>
    protected void Finish(int input, ReadOnlySpan<T> sums)
    {
        if (_gradients.HasWeights)
            _gradients.WriteWeights(Width, input, sums, _table.Count, Parts.Outputs, Padded, _weights);
    }

    /// <summary>Edge functions of a block of rows, and their derivatives if wanted; returns the number of rows.</summary>
    protected int Evaluate(EdgeSizeScratch<T> scratch, int input, int row, bool slopes)
    {
        int rows = Math.Min(EdgeSizeScratch<T>.Rows(Padded), Rows - row);
        Span<T> x = scratch.X.AsSpan(0, rows);
        ReadOnlySpan<T> source = _x.Value.Span;
        for (int r = 0; r < rows; r++)
            x[r] = source[(row + r) * _table.Features + input];
        Span<T> bases = scratch.Bases.AsSpan(0, rows);
        if (slopes)
        {
            Span<T> baseSlopes = scratch.BaseSlopes.AsSpan(0, rows);
            _baseActivation?.Evaluate(1, x, baseSlopes, Width);
            _table.Evaluate(x, input, 1, 1, scratch.First, scratch.Slopes, Width);
            _kernels!.Combine(rows, _table.Degree, _table.Stride, scratch.First, scratch.Slopes, scratch.BaseSlopes, scratch.Weights, BaseRow, Padded, scratch.EdgeSlopes);
        }

        _baseActivation?.Evaluate(0, x, bases, Width);
        _table.Evaluate(x, input, 1, 0, scratch.First, scratch.Functions, Width);
        _kernels!.Combine(rows, _table.Degree, _table.Stride, scratch.First, scratch.Functions, scratch.Bases, scratch.Weights, BaseRow, Padded, scratch.Edges);
        return rows;
    }

    private void FillWeights(EdgeSizeScratch<T> scratch, int input)
    {
        int outputs = Parts.Outputs, count = _table.Count;
        ReadOnlySpan<T> coefficients = _weights.Coefficients.Span.Slice(input * count * outputs, count * outputs);
        for (int n = 0; n < count; n++)
        {
            Span<T> target = scratch.Weights.AsSpan(n * Padded, Padded);
            ReadOnlySpan<T> source = coefficients.Slice(n * outputs, outputs);
            target.Clear();
            if (_weights.Factors.IsEmpty)
                source.CopyTo(target);
            else
                VectorMath.Multiply(source, _weights.Factors.Span.Slice(input * Padded, outputs), target[..outputs], Width);
        }

        if (_baseActivation is not null)
            _weights.Base.Span.Slice(input * Padded, Padded).CopyTo(scratch.Weights.AsSpan(count * Padded));
    }
}
