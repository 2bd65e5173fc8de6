using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// Channels shifted to mean 0 and scaled to variance 1 over samples and space, then times a weight plus a bias (Ioffe, Szegedy,
/// arXiv 1502.03167). In training the statistics are the batch's and part of the gradient; otherwise they are the running ones and constant.
/// One thread does a channel from the first sample to the last. The normalised values are computed again where the gradient needs them.
/// </summary>
internal sealed class ChannelBatchNormNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ChannelBatchNorm<T> _layer = null!;
    private Node<T> _input = null!;
    private Node<T>? _weight;
    private Node<T>? _bias;
    private ChannelLayout _layout;
    private bool _training;
    private bool _add;
    private Buffer<T> _mean;
    private Buffer<T> _variance;
    private Buffer<T> _scale;

    public static Var<T> Record(ChannelBatchNorm<T> layer, Var<T> input, ChannelLayout layout, Var<T>? weight, Var<T>? bias)
    {
        Tape<T> tape = input.Tape;
        var node = tape.Add<ChannelBatchNormNode<T>>();
        node._layer = layer;
        node._input = input.Node;
        node._weight = weight?.Node;
        node._bias = bias?.Node;
        node._layout = layout;
        node._training = tape.Training;
        bool requiresGradient = input.Node.RequiresGradient || (weight?.Node.RequiresGradient ?? false) || (bias?.Node.RequiresGradient ?? false);
        node.Initialize(input.Shape, requiresGradient);
        node._mean = tape.Rent(layout.Channels);
        node._variance = tape.Rent(layout.Channels);
        node._scale = tape.Rent(layout.Channels);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    /// <summary>Elements that the statistics of a channel are taken over.</summary>
    private int Count => _layout.Samples * _layout.Plane;

    private int ChannelsPerPiece => Pieces.Items(Count * 2);

    private int PieceCount => Shape.Count == 0 ? 0 : Pieces.Count(_layout.Channels, ChannelsPerPiece);

    public override void Backward()
    {
        if (_input.RequiresGradient)
            _input.GradientTarget(out _add);
        if (_weight is { RequiresGradient: true })
            _weight.GradientSum();
        if (_bias is { RequiresGradient: true })
            _bias.GradientSum();
        RunPieces(Phase.Left, PieceCount);
    }

    /// <summary>Moves the running statistics; their variance is the unbiased one, so a single element a channel moves the mean alone.</summary>
    public override void Commit()
    {
        if (!_training || Count == 0)
            return;
        double momentum = _layer.Momentum;
        Move(_layer.RunningMean.Value.Span, _mean.Span, momentum, 1);
        if (Count > 1)
            Move(_layer.RunningVariance.Value.Span, _variance.Span, momentum, Count / (Count - 1.0));
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int first, int last) = Pieces.Bounds(piece, _layout.Channels, ChannelsPerPiece);
        for (int channel = first; channel < last; channel++)
        {
            if (phase == Phase.Forward)
                Forward(channel);
            else
                Gradients(channel);
        }
    }

    private static void Move(Span<T> running, ReadOnlySpan<T> batch, double momentum, double correction)
    {
        T keep = T.CreateTruncating(1 - momentum);
        T take = T.CreateTruncating(momentum * correction);
        for (int index = 0; index < running.Length; index++)
            running[index] = keep * running[index] + take * batch[index];
    }

    /// <summary>The elements of a channel in one sample.</summary>
    private Span<T> Plane(Buffer<T> buffer, int sample, int channel) =>
        buffer.Span.Slice((sample * _layout.Channels + channel) * _layout.Plane, _layout.Plane);

    private void Forward(int channel)
    {
        if (_training)
        {
            Statistics(channel);
        }
        else
        {
            _mean.Span[channel] = _layer.RunningMean.Value.Span[channel];
            _variance.Span[channel] = _layer.RunningVariance.Value.Span[channel];
        }

        T scale = T.One / T.Sqrt(_variance.Span[channel] + T.CreateTruncating(_layer.Epsilon));
        _scale.Span[channel] = scale;
        T factor = _weight is null ? scale : scale * _weight.Value.Span[channel];
        T shift = _bias is null ? T.Zero : _bias.Value.Span[channel];
        for (int sample = 0; sample < _layout.Samples; sample++)
            NormKernel.Normalize(Width, Plane(_input.Value, sample, channel), Plane(Value, sample, channel), _mean.Span[channel], factor, shift);
    }

    private void Statistics(int channel)
    {
        double sum = 0, squares = 0;
        for (int sample = 0; sample < _layout.Samples; sample++)
            sum += double.CreateTruncating(VectorMath.Sum<T>(Plane(_input.Value, sample, channel), Width));
        T mean = T.CreateTruncating(sum / Count);
        for (int sample = 0; sample < _layout.Samples; sample++)
            squares += double.CreateTruncating(PlaneSums.SquaredDeviations(Width, Plane(_input.Value, sample, channel), mean));
        _mean.Span[channel] = mean;
        _variance.Span[channel] = T.CreateTruncating(squares / Count);
    }

    /// <summary>dx = γ/σ·(g − mean(g) − x̂·mean(x̂·g)) in training, γ/σ·g otherwise.</summary>
    private void Gradients(int channel)
    {
        (T mean, T scale) = (_mean.Span[channel], _scale.Span[channel]);
        double sum = 0, products = 0;
        for (int sample = 0; sample < _layout.Samples; sample++)
        {
            ReadOnlySpan<T> gradient = Plane(Gradient, sample, channel);
            sum += double.CreateTruncating(VectorMath.Sum(gradient, Width));
            products += double.CreateTruncating(PlaneSums.Deviations(Width, gradient, Plane(_input.Value, sample, channel), mean));
        }

        products *= double.CreateTruncating(scale);
        if (_weight is { RequiresGradient: true })
            _weight.Gradient.Span[channel] += T.CreateTruncating(products);
        if (_bias is { RequiresGradient: true })
            _bias.Gradient.Span[channel] += T.CreateTruncating(sum);
        if (!_input.RequiresGradient)
            return;
        T a = _weight is null ? scale : scale * _weight.Value.Span[channel];
        T b = _training ? -a * scale * T.CreateTruncating(products / Count) : T.Zero;
        T c = _training ? -a * T.CreateTruncating(sum / Count) : T.Zero;
        for (int sample = 0; sample < _layout.Samples; sample++)
        {
            NormKernel.Gradient<T>(
                Width, Plane(Gradient, sample, channel), Plane(_input.Value, sample, channel), Plane(_input.Gradient, sample, channel), _add, mean, a, b, c);
        }
    }
}
