using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Features shifted to mean 0 and scaled to variance 1 over the rows, then times a weight plus a bias (Ioffe, Szegedy, arXiv 1502.03167).
/// In training the statistics are the batch's and part of the gradient; otherwise they are the running ones and constant. Every block of
/// columns is independent of the others.
/// </summary>
internal sealed class BatchNormNode<T> : Node<T>, IRowwiseParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private BatchNorm<T> _layer = null!;
    private Node<T> _input = null!;
    private Node<T>? _weight;
    private Node<T>? _bias;
    private bool _training;
    private bool _add;
    private int _rows;
    private Buffer<T> _normalized;
    private Buffer<T> _mean;
    private Buffer<T> _variance;
    private Buffer<T> _scale;
    private Buffer<T> _sum;
    private Buffer<T> _products;
    private AffineRuns _runs;

    public static Var<T> Record(BatchNorm<T> layer, Var<T> input, Var<T>? weight, Var<T>? bias)
    {
        Tape<T> tape = input.Tape;
        var node = tape.Add<BatchNormNode<T>>();
        node._layer = layer;
        node._input = input.Node;
        node._weight = weight?.Node;
        node._bias = bias?.Node;
        node._training = tape.Training;
        node._rows = input.Shape.Rows;
        bool requiresGradient = input.Node.RequiresGradient || (weight?.Node.RequiresGradient ?? false) || (bias?.Node.RequiresGradient ?? false);
        node.Initialize(input.Shape, requiresGradient);
        int columns = layer.Features;
        node._normalized = tape.Rent(input.Shape.Count);
        node._mean = tape.Rent(columns);
        node._variance = tape.Rent(columns);
        node._scale = tape.Rent(columns);
        if (node._rows > 0)
            node.RunPieces(Phase.Forward, ColumnBlocks.Count(columns));
        return new Var<T>(node);
    }

    public void DeclareRuns(JacobianLayout<T> layout) => _runs = AffineRuns.Declare(layout, _weight, _bias);

    public void AddRuns(JacobianRows rows) => _runs.Add<T>(rows, Gradient.Span, _normalized.Span, _layer.Features);

    public override void Backward()
    {
        int columns = _layer.Features;
        _sum = Tape.Rent(columns);
        _products = Tape.Rent(columns);
        _sum.Span.Clear();
        _products.Span.Clear();
        if (_input.RequiresGradient)
            _input.GradientTarget(out _add);
        RunPieces(Phase.Left, ColumnBlocks.Count(columns));
        if (_weight is { RequiresGradient: true })
            VectorMath.Add(_weight.GradientSum(), _products.Span, _weight.Gradient.Span, Width);
        if (_bias is { RequiresGradient: true })
            VectorMath.Add(_bias.GradientSum(), _sum.Span, _bias.Gradient.Span, Width);
    }

    /// <summary>Moves the running statistics; their variance is the unbiased one, so a batch of one row moves the mean alone.</summary>
    public override void Commit()
    {
        if (!_training || _rows == 0)
            return;
        T momentum = T.CreateTruncating(_layer.Momentum);
        Move(_layer.RunningMean.Value.Span, _mean.Span, momentum, momentum);
        if (_rows > 1)
            Move(_layer.RunningVariance.Value.Span, _variance.Span, momentum, momentum * T.CreateTruncating(_rows / (_rows - 1.0)));
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int start, int length) = ColumnBlocks.Bounds(piece, _layer.Features);
        if (phase == Phase.Forward)
        {
            Statistics(piece, start, length);
            Output(start, length);
            return;
        }

        ColumnBlocks.AddRows(Gradient.Span, _layer.Features, piece, _sum.Span, Width);
        ColumnBlocks.AddProducts(Gradient.Span, _normalized.Span, _layer.Features, piece, _products.Span, Width);
        if (_input.RequiresGradient)
            Gradients(start, length);
    }

    private static void Move(Span<T> running, ReadOnlySpan<T> batch, T keep, T take)
    {
        for (int index = 0; index < running.Length; index++)
            running[index] = (T.One - keep) * running[index] + take * batch[index];
    }

    private void Statistics(int block, int start, int length)
    {
        int columns = _layer.Features;
        ReadOnlySpan<T> x = _input.Value.Span;
        Span<T> normalized = _normalized.Span;
        Span<T> mean = _mean.Span.Slice(start, length);
        Span<T> variance = _variance.Span.Slice(start, length);
        if (_training)
        {
            mean.Clear();
            ColumnBlocks.AddRows(x, columns, block, _mean.Span, Width);
            VectorMath.Scale(T.One / T.CreateTruncating(_rows), mean, mean, Width);
        }
        else
        {
            _layer.RunningMean.Value.Span.Slice(start, length).CopyTo(mean);
            _layer.RunningVariance.Value.Span.Slice(start, length).CopyTo(variance);
        }

        for (int offset = start; offset < x.Length; offset += columns)
            VectorMath.Subtract(x.Slice(offset, length), mean, normalized.Slice(offset, length), Width);
        if (_training)
        {
            variance.Clear();
            ColumnBlocks.AddProducts<T>(normalized, normalized, columns, block, _variance.Span, Width);
            VectorMath.Scale(T.One / T.CreateTruncating(_rows), variance, variance, Width);
        }

        T epsilon = T.CreateTruncating(_layer.Epsilon);
        for (int index = 0; index < length; index++)
            _scale.Span[start + index] = T.One / T.Sqrt(variance[index] + epsilon);
    }

    private void Output(int start, int length)
    {
        int columns = _layer.Features;
        ReadOnlySpan<T> scale = _scale.Span.Slice(start, length);
        for (int offset = start; offset < Shape.Count; offset += columns)
        {
            Span<T> normalized = _normalized.Span.Slice(offset, length);
            Span<T> y = Value.Span.Slice(offset, length);
            VectorMath.Multiply(normalized, scale, normalized, Width);
            if (_weight is null)
                normalized.CopyTo(y);
            else
                VectorMath.Multiply(normalized, _weight.Value.Span.Slice(start, length), y, Width);
            if (_bias is not null)
                VectorMath.Add(y, _bias.Value.Span.Slice(start, length), y, Width);
        }
    }

    /// <summary>dx = γ/σ·(g − mean(g) − x̂·mean(x̂·g)) in training, γ/σ·g otherwise.</summary>
    private void Gradients(int start, int length)
    {
        int columns = _layer.Features;
        T share = _training ? T.One / T.CreateTruncating(_rows) : T.Zero;
        Span<T> target = _input.Gradient.Span;
        ReadOnlySpan<T> gradient = Gradient.Span;
        ReadOnlySpan<T> normalized = _normalized.Span;
        ReadOnlySpan<T> sum = _sum.Span;
        ReadOnlySpan<T> products = _products.Span;
        ReadOnlySpan<T> scale = _scale.Span;
        ReadOnlySpan<T> weight = _weight is null ? default : _weight.Value.Span;
        for (int row = 0; row < _rows; row++)
        {
            for (int column = start; column < start + length; column++)
            {
                int index = row * columns + column;
                T factor = weight.IsEmpty ? scale[column] : scale[column] * weight[column];
                T part = factor * (gradient[index] - share * (sum[column] + normalized[index] * products[column]));
                target[index] = _add ? target[index] + part : part;
            }
        }
    }
}
