using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// Groups of channels of every sample shifted to mean 0 and scaled to variance 1, then per channel times a weight plus a bias (Wu, He,
/// arXiv 1803.08494). With x̂ the normalised group and d the gradient times the weight: dx = (d − mean(d) − x̂·mean(x̂·d)) / σ.
/// </summary>
internal sealed class GroupNormNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private Node<T>? _weight;
    private Node<T>? _bias;
    private ChannelLayout _layout;
    private int _groups;
    private T _epsilon;
    private bool _add;
    private Buffer<T> _mean;
    private Buffer<T> _scale;
    private Buffer<T> _sums;
    private Buffer<T> _products;

    public static Var<T> Record(Var<T> input, ChannelLayout layout, int groups, T epsilon, Var<T>? weight, Var<T>? bias)
    {
        Tape<T> tape = input.Tape;
        var node = tape.Add<GroupNormNode<T>>();
        node._input = input.Node;
        node._weight = weight?.Node;
        node._bias = bias?.Node;
        node._layout = layout;
        node._groups = groups;
        node._epsilon = epsilon;
        bool requiresGradient = input.Node.RequiresGradient || (weight?.Node.RequiresGradient ?? false) || (bias?.Node.RequiresGradient ?? false);
        node.Initialize(input.Shape, requiresGradient);
        node._mean = tape.Rent(node.GroupCount);
        node._scale = tape.Rent(node.GroupCount);
        node.RunPieces(Phase.Forward, node.PieceCount);
        return new Var<T>(node);
    }

    private int GroupChannels => _layout.Channels / _groups;

    private int GroupLength => GroupChannels * _layout.Plane;

    private int GroupCount => _layout.Samples * _groups;

    private int GroupsPerPiece => Pieces.Items(GroupLength * 2);

    private int PieceCount => Shape.Count == 0 ? 0 : Pieces.Count(GroupCount, GroupsPerPiece);

    public override void Backward()
    {
        int planes = _layout.Samples * _layout.Channels;
        _sums = Tape.Rent(planes);
        _products = Tape.Rent(planes);
        if (_input.RequiresGradient)
            _input.GradientTarget(out _add);
        RunPieces(Phase.Left, PieceCount);
        if (_weight is { RequiresGradient: true })
            AddSamples(_products.Span, _weight.GradientSum());
        if (_bias is { RequiresGradient: true })
            AddSamples(_sums.Span, _bias.GradientSum());
    }

    protected override void Piece(Phase phase, int piece)
    {
        (int first, int last) = Pieces.Bounds(piece, GroupCount, GroupsPerPiece);
        for (int group = first; group < last; group++)
        {
            if (phase == Phase.Forward)
                Forward(group);
            else
                Gradients(group);
        }
    }

    /// <summary>target[c] += Σ_n values[n, c], from the first sample to the last; planes without elements have no values.</summary>
    private void AddSamples(ReadOnlySpan<T> values, Span<T> target)
    {
        if (Shape.Count == 0)
            return;
        for (int sample = 0; sample < _layout.Samples; sample++)
            VectorMath.Add(target, values.Slice(sample * _layout.Channels, _layout.Channels), target, Width);
    }

    private Span<T> Plane(Buffer<T> buffer, int plane) => buffer.Span.Slice(plane * _layout.Plane, _layout.Plane);

    private T Weight(int plane) => _weight is null ? T.One : _weight.Value.Span[plane % _layout.Channels];

    private void Forward(int group)
    {
        ReadOnlySpan<T> x = _input.Value.Span.Slice(group * GroupLength, GroupLength);
        T count = T.CreateTruncating(GroupLength);
        T mean = VectorMath.Sum(x, Width) / count;
        T scale = T.One / T.Sqrt(PlaneSums.SquaredDeviations(Width, x, mean) / count + _epsilon);
        _mean.Span[group] = mean;
        _scale.Span[group] = scale;
        for (int plane = group * GroupChannels; plane < (group + 1) * GroupChannels; plane++)
        {
            T shift = _bias is null ? T.Zero : _bias.Value.Span[plane % _layout.Channels];
            NormKernel.Normalize(Width, Plane(_input.Value, plane), Plane(Value, plane), mean, scale * Weight(plane), shift);
        }
    }

    private void Gradients(int group)
    {
        (T mean, T scale) = (_mean.Span[group], _scale.Span[group]);
        (T sum, T product) = (T.Zero, T.Zero);
        for (int plane = group * GroupChannels; plane < (group + 1) * GroupChannels; plane++)
        {
            ReadOnlySpan<T> gradient = Plane(Gradient, plane);
            T part = VectorMath.Sum(gradient, Width);
            T normalized = scale * PlaneSums.Deviations(Width, gradient, Plane(_input.Value, plane), mean);
            _sums.Span[plane] = part;
            _products.Span[plane] = normalized;
            sum += Weight(plane) * part;
            product += Weight(plane) * normalized;
        }

        if (!_input.RequiresGradient)
            return;
        T count = T.CreateTruncating(GroupLength);
        T b = -scale * scale * (product / count);
        T c = -scale * (sum / count);
        for (int plane = group * GroupChannels; plane < (group + 1) * GroupChannels; plane++)
        {
            NormKernel.Gradient<T>(
                Width, Plane(Gradient, plane), Plane(_input.Value, plane), Plane(_input.Gradient, plane), _add, mean, scale * Weight(plane), b, c);
        }
    }
}
