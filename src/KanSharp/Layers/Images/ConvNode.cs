using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>A convolution on the tape: what its weights are made of is the matter of the two kinds below.</summary>
internal abstract class ConvNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;
    private Node<T>? _bias;
    private ConvOperands<T> _operands;

    /// <summary>Weights [groups, C / groups, functions, taps, O / groups] from the parameters.</summary>
    protected abstract void Fill(Span<T> weights);

    /// <summary>Hands gradients of the weights to the parameters.</summary>
    protected abstract void Distribute(ReadOnlySpan<T> weights);

    /// <summary>Hands gradients of the families' own parameters to these, group after group.</summary>
    protected virtual void DistributeFamilies(ReadOnlySpan<T> parameters)
    {
    }

    /// <summary>Whether any weight is trained.</summary>
    protected abstract bool TrainsWeights { get; }

    /// <summary>Trained numbers of the families of all groups; 0 if none is trained.</summary>
    protected virtual int FamilyParameters => 0;

    /// <summary>Computes the node.</summary>
    /// <param name="x">Inputs [B, C, ...].</param>
    /// <param name="geometry">Where outputs look.</param>
    /// <param name="groups">Functions of each group.</param>
    /// <param name="squash">What bounds the inputs of the functions; null for nothing.</param>
    /// <param name="rawBase">Whether the base branch sees the inputs as they come.</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="outputs">O.</param>
    protected void Compute(Node<T> x, ConvGeometry geometry, ConvFunctions<T>[] groups, Activation? squash, bool rawBase, Node<T>? bias, int outputs)
    {
        (_input, _bias) = (x, bias);
        int batch = x.Shape[0], channels = x.Shape[1];
        _operands = new ConvOperands<T>(geometry, groups, x.Value, squash, rawBase, default, bias is null ? default : bias.Value, batch, channels, outputs);
        Span<int> extents = stackalloc int[geometry.Output.Length + 2];
        extents[0] = batch;
        extents[1] = outputs;
        geometry.Output.CopyTo(extents[2..]);
        Initialize(new Shape(extents), x.RequiresGradient || TrainsWeights || FamilyParameters > 0 || bias is { RequiresGradient: true });
        Buffer<T> weights = Tape.Rent(groups.Length * _operands.GroupWeights);
        Fill(weights.Span);
        _operands = _operands with { Weights = weights };
        ConvSums.Forward(_operands, Value.Span, Tape.Executor);
    }

    public override void Backward()
    {
        Span<T> input = _input.RequiresGradient ? _input.GradientSum() : default;
        Span<T> weights = TrainsWeights ? Cleared(_operands.Weights.Length) : default;
        Span<T> bias = _bias is { RequiresGradient: true } ? _bias.GradientSum() : default;
        Span<T> parameters = FamilyParameters > 0 ? Cleared(FamilyParameters) : default;
        ConvSums.Backward(_operands, Gradient.Span, input, weights, bias, parameters, Tape.Executor);
        if (TrainsWeights)
            Distribute(weights);
        if (FamilyParameters > 0)
            DistributeFamilies(parameters);
    }

    private Span<T> Cleared(int length)
    {
        Span<T> buffer = Tape.Rent(length).Span;
        buffer.Clear();
        return buffer;
    }
}
