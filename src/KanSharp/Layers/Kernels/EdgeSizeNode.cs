using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The sizes of all edges of a layer over the samples, [I, O]; one input is one piece of work.</summary>
internal sealed class EdgeSizeNode<T> : EdgeBlockNode<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private EdgeSize _size;
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
        _size = size;
        bool requires = Take(table, baseActivation, x, parts, first, second);
        Initialize(new Shape(table.Features, parts.Outputs), requires);
        if (Rows == 0)
        {
            Value.Span.Clear();
            return;
        }

        Prepare();
        _means = Tape.Rent(Features * Padded);
        _deviations = Tape.Rent(Features * Padded);
        _spreads = Tape.Rent(2 * Features);
        RunPieces(Phase.Forward, Features);
    }

    public override void Backward()
    {
        if (Rows > 0)
            RunBackward();
    }

    protected override void Piece(Phase phase, int piece)
    {
        EdgeSizeScratch<T> scratch = Rent(piece);
        if (phase == Phase.Forward)
            Measure(scratch, piece);
        else
            Differentiate(scratch, piece);
        WorkCache<EdgeSizeScratch<T>>.Return(scratch);
    }

    private void Measure(EdgeSizeScratch<T> scratch, int input)
    {
        Span<T> shift = Means(input);
        Span<double> totals = scratch.Totals.AsSpan(0, 2 * Padded);
        totals.Clear();
        for (int row = 0; row < Rows; row += EdgeSizeScratch<T>.Rows(Padded))
        {
            int rows = Evaluate(scratch, input, row, slopes: false);
            if (row == 0)
                scratch.Edges.AsSpan(0, Padded).CopyTo(shift); // deviations from some value of φ lose no digits, as those from 0 could
            if (_size == EdgeSize.MeanMagnitude)
                Kernels.AddMagnitudes(rows, Padded, scratch.Edges, scratch.Sums);
            else
                Kernels.AddDeviations(rows, Padded, scratch.Edges, shift, scratch.Sums);
            for (int index = 0; index < totals.Length; index++)
                totals[index] += double.CreateTruncating(scratch.Sums[index]);
        }

        double divisor = _size == EdgeSize.RelativeDeviation ? Spread(input) + 0.1 : 1;
        Span<T> value = Value.Span.Slice(input * Parts.Outputs, Parts.Outputs);
        Span<T> deviations = Deviations(input);
        deviations.Clear();
        for (int o = 0; o < value.Length; o++)
        {
            double mean = totals[o] / Rows;
            double size = _size == EdgeSize.MeanMagnitude ? mean
                : Math.Sqrt(Math.Max(0, totals[Padded + o] - mean * totals[o]) / Math.Max(1, Rows - 1));
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
        ReadOnlySpan<T> gradient = Gradient.Span.Slice(input * Parts.Outputs, Parts.Outputs);
        Span<T> factors = scratch.Sums.AsSpan(0, Padded);
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
        Span<T> sums = WeightSums(scratch);
        for (int row = 0; row < Rows; row += EdgeSizeScratch<T>.Rows(Padded))
        {
            int rows = Evaluate(scratch, input, row, slopes: NeedsSlopes);
            if (magnitude)
                Kernels.SignAndScale(rows, Padded, scratch.Edges, factors);
            else
                Kernels.CentreAndScale(rows, Padded, scratch.Edges, Means(input), factors);
            AddBlock(scratch, input, row, rows, pull, centre);
        }

        Finish(input, sums);
    }

    /// <summary>Standard deviation of an input; it and the mean are kept for the backward pass.</summary>
    private double Spread(int input)
    {
        ReadOnlySpan<T> x = X.Span;
        double sum = 0, squares = 0;
        for (int row = 0; row < Rows; row++)
            sum += double.CreateTruncating(x[row * Features + input]);
        double mean = sum / Rows;
        for (int row = 0; row < Rows; row++)
        {
            double difference = double.CreateTruncating(x[row * Features + input]) - mean;
            squares += difference * difference;
        }

        double spread = Math.Sqrt(squares / Math.Max(1, Rows - 1));
        _spreads.Span[2 * input] = T.CreateTruncating(spread);
        _spreads.Span[2 * input + 1] = T.CreateTruncating(mean);
        return spread;
    }

    private Span<T> Means(int input) => _means.Span.Slice(input * Padded, Padded);

    private Span<T> Deviations(int input) => _deviations.Span.Slice(input * Padded, Padded);
}
