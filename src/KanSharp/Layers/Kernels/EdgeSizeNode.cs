using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The sizes of all edges of a layer over the samples, [I, O]. Edge functions are computed input by input in blocks of rows, and again in the
/// backward pass, so that nothing of the size N × I × O is ever stored; one input is one piece of work.
/// </summary>
internal sealed class EdgeSizeNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private EdgeSizeKernels<T>? _kernels;
    private SimdWidth _width;
    private IPointBasis<T> _table = null!;
    private Activation? _baseActivation;
    private Node<T> _x = null!;
    private LayerNodes<T> _parts;
    private LayerWeights<T> _weights;
    private LayerGradients<T> _gradients;
    private GradientTarget<T> _inputGradient;
    private EdgeSize _size;
    private int _padded;
    private FamilyGradients<T> _own;
    private Buffer<T> _means;
    private Buffer<T> _deviations;
    private Buffer<T> _spreads;

    /// <summary>Records and computes the node.</summary>
    /// <param name="table">The basis.</param>
    /// <param name="baseActivation">Function of the base row; null without base weights.</param>
    /// <param name="x">Inputs [..., I].</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="size">What is computed.</param>
    /// <param name="first">First of the family's own trained parameters, or null.</param>
    /// <param name="second">The second one, or null.</param>
    public void Set(
        IPointBasis<T> table, Activation? baseActivation, Node<T> x, in LayerNodes<T> parts, EdgeSize size, Node<T>? first = null, Node<T>? second = null)
    {
        _own = new FamilyGradients<T>(table, first, second);
        (_table, _baseActivation, _x, _parts, _size) = (table, baseActivation, x, parts, size);
        if (_kernels is null || _width != Width)
        {
            _kernels = EdgeSizeKernels<T>.For(Width);
            _width = Width;
        }

        Initialize(new Shape(table.Features, parts.Outputs), x.RequiresGradient || parts.RequiresGradient || _own.IsWanted);
        if (Rows == 0)
        {
            Value.Span.Clear();
            return;
        }

        int lanes = Width.Lanes<T>();
        _padded = (parts.Outputs + lanes - 1) / lanes * lanes;
        _weights = parts.Prepare(Tape);
        _means = Tape.Rent(table.Features * _padded);
        _deviations = Tape.Rent(table.Features * _padded);
        _spreads = Tape.Rent(2 * table.Features);
        RunPieces(Phase.Forward, table.Features);
    }

    public override void Backward()
    {
        if (Rows == 0)
            return;
        _inputGradient = GradientTarget<T>.Of(_x);
        _gradients = new LayerGradients<T>
        {
            Coefficients = GradientTarget<T>.Of(_parts.Coefficients),
            Scale = GradientTarget<T>.Of(_parts.Scale),
            Base = GradientTarget<T>.Of(_parts.Base),
            Mask = _parts.Mask,
        };
        if (_own.IsWanted)
            _own.Reserve(Tape);
        RunPieces(Phase.Left, _table.Features);
        if (_own.IsWanted)
            _own.Collect(Width);
    }

    private int Rows => _x.Shape.Rows;

    private int BaseRow => _baseActivation is null ? -1 : _table.Count;

    protected override void Piece(Phase phase, int piece)
    {
        EdgeSizeScratch<T> scratch = WorkCache<EdgeSizeScratch<T>>.Rent();
        scratch.Reserve(_table.Stride, _table.Count, _padded);
        FillWeights(scratch, piece);
        if (phase == Phase.Forward)
            Measure(scratch, piece);
        else
            Differentiate(scratch, piece);
        WorkCache<EdgeSizeScratch<T>>.Return(scratch);
    }

    private void Measure(EdgeSizeScratch<T> scratch, int input)
    {
        Span<T> shift = Means(input);
        Span<double> totals = scratch.Totals.AsSpan(0, 2 * _padded);
        totals.Clear();
        for (int row = 0; row < Rows; row += EdgeSizeScratch<T>.Rows(_padded))
        {
            int rows = Evaluate(scratch, input, row, slopes: false);
            if (row == 0)
                scratch.Edges.AsSpan(0, _padded).CopyTo(shift); // deviations from some value of φ lose no digits, as those from 0 could
            if (_size == EdgeSize.MeanMagnitude)
                _kernels!.AddMagnitudes(rows, _padded, scratch.Edges, scratch.Sums);
            else
                _kernels!.AddDeviations(rows, _padded, scratch.Edges, shift, scratch.Sums);
            for (int index = 0; index < totals.Length; index++)
                totals[index] += double.CreateTruncating(scratch.Sums[index]);
        }

        double divisor = _size == EdgeSize.RelativeDeviation ? Spread(input) + 0.1 : 1;
        Span<T> value = Value.Span.Slice(input * _parts.Outputs, _parts.Outputs);
        Span<T> deviations = Deviations(input);
        deviations.Clear();
        for (int o = 0; o < value.Length; o++)
        {
            double mean = totals[o] / Rows;
            double size = _size == EdgeSize.MeanMagnitude ? mean
                : Math.Sqrt(Math.Max(0, totals[_padded + o] - mean * totals[o]) / Math.Max(1, Rows - 1));
            shift[o] += T.CreateTruncating(mean);
            deviations[o] = T.CreateTruncating(size);
            value[o] = T.CreateTruncating(size / divisor);
        }
    }

    private void Differentiate(EdgeSizeScratch<T> scratch, int input)
    {
        bool magnitude = _size == EdgeSize.MeanMagnitude;
        double spread = _size == EdgeSize.RelativeDeviation ? double.CreateTruncating(_spreads.Span[2 * input]) : 0;
        double divisor = _size == EdgeSize.RelativeDeviation ? spread + 0.1 : 1;
        ReadOnlySpan<T> gradient = Gradient.Span.Slice(input * _parts.Outputs, _parts.Outputs);
        Span<T> factors = scratch.Sums.AsSpan(0, _padded);
        factors.Clear();
        double spreadSlope = 0;
        for (int o = 0; o < gradient.Length; o++)
        {
            double slope = double.CreateTruncating(gradient[o]) / divisor;
            double deviation = double.CreateTruncating(Deviations(input)[o]);
            spreadSlope -= slope * deviation / divisor;
            factors[o] = T.CreateTruncating(magnitude ? slope / Rows : deviation > 0 ? slope / (deviation * Math.Max(1, Rows - 1)) : 0);
        }

        T centre = _spreads.Span[2 * input + 1];
        T pull = T.CreateTruncating(spread > 0 ? spreadSlope / (spread * Math.Max(1, Rows - 1)) : 0);
        int count = _table.Count;
        Span<T> sums = scratch.WeightGradients.AsSpan(0, (count + 1) * _padded);
        sums.Clear();
        for (int row = 0; row < Rows; row += EdgeSizeScratch<T>.Rows(_padded))
        {
            int rows = Evaluate(scratch, input, row, slopes: _inputGradient.IsWanted);
            if (magnitude)
                _kernels!.SignAndScale(rows, _padded, scratch.Edges, factors);
            else
                _kernels!.CentreAndScale(rows, _padded, scratch.Edges, Means(input), factors);
            if (_gradients.HasWeights)
                _kernels!.Scatter(rows, _table.Degree, _table.Stride, scratch.First, scratch.Functions, scratch.Bases, scratch.Edges, _padded, scratch.WeightGradients, BaseRow);
            if (_own.IsWanted)
                _own.Add(input, scratch.X.AsSpan(0, rows), scratch.Edges, scratch.Weights, _padded, Width);
            if (!_inputGradient.IsWanted)
                continue;
            T[] slopes = scratch.Bases; // the base values have been used
            _kernels!.RowDots(rows, _padded, scratch.Edges, scratch.EdgeSlopes, slopes);
            Span<T> target = _inputGradient.Values.Span;
            for (int r = 0; r < rows; r++)
            {
                int at = (row + r) * _table.Features + input;
                T slope = slopes[r] + pull * (scratch.X[r] - centre);
                target[at] = _inputGradient.Accumulate ? target[at] + slope : slope;
            }
        }

        if (_gradients.HasWeights)
            _gradients.WriteWeights(Width, input, sums, count, _parts.Outputs, _padded, _weights);
    }

    /// <summary>Edge functions of a block of rows, and their derivatives if wanted; returns the number of rows.</summary>
    private int Evaluate(EdgeSizeScratch<T> scratch, int input, int row, bool slopes)
    {
        int rows = Math.Min(EdgeSizeScratch<T>.Rows(_padded), Rows - row);
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
            _kernels!.Combine(rows, _table.Degree, _table.Stride, scratch.First, scratch.Slopes, scratch.BaseSlopes, scratch.Weights, BaseRow, _padded, scratch.EdgeSlopes);
        }

        _baseActivation?.Evaluate(0, x, bases, Width);
        _table.Evaluate(x, input, 1, 0, scratch.First, scratch.Functions, Width);
        _kernels!.Combine(rows, _table.Degree, _table.Stride, scratch.First, scratch.Functions, scratch.Bases, scratch.Weights, BaseRow, _padded, scratch.Edges);
        return rows;
    }

    private void FillWeights(EdgeSizeScratch<T> scratch, int input)
    {
        int outputs = _parts.Outputs, count = _table.Count;
        ReadOnlySpan<T> coefficients = _weights.Coefficients.Span.Slice(input * count * outputs, count * outputs);
        for (int n = 0; n < count; n++)
        {
            Span<T> target = scratch.Weights.AsSpan(n * _padded, _padded);
            ReadOnlySpan<T> source = coefficients.Slice(n * outputs, outputs);
            target.Clear();
            if (_weights.Factors.IsEmpty)
                source.CopyTo(target);
            else
                VectorMath.Multiply(source, _weights.Factors.Span.Slice(input * _padded, outputs), target[..outputs], Width);
        }

        if (_baseActivation is not null)
            _weights.Base.Span.Slice(input * _padded, _padded).CopyTo(scratch.Weights.AsSpan(count * _padded));
    }

    /// <summary>Standard deviation of an input; it and the mean are kept for the backward pass.</summary>
    private double Spread(int input)
    {
        ReadOnlySpan<T> x = _x.Value.Span;
        double sum = 0, squares = 0;
        for (int row = 0; row < Rows; row++)
            sum += double.CreateTruncating(x[row * _table.Features + input]);
        double mean = sum / Rows;
        for (int row = 0; row < Rows; row++)
        {
            double difference = double.CreateTruncating(x[row * _table.Features + input]) - mean;
            squares += difference * difference;
        }

        double spread = Math.Sqrt(squares / Math.Max(1, Rows - 1));
        _spreads.Span[2 * input] = T.CreateTruncating(spread);
        _spreads.Span[2 * input + 1] = T.CreateTruncating(mean);
        return spread;
    }

    private Span<T> Means(int input) => _means.Span.Slice(input * _padded, _padded);

    private Span<T> Deviations(int input) => _deviations.Span.Slice(input * _padded, _padded);
}
