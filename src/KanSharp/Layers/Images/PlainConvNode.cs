using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>An ordinary convolution: the identity as the only function, weights in the layout [O, C / groups, taps].</summary>
internal sealed class PlainConvNode<T> : ConvNode<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ActivationBasis<T> Identity = ActivationBasis<T>.Of(Activation.Identity);

    private ConvFunctions<T>[] _groups = [];
    private Node<T> _weight = null!;

    protected override bool TrainsWeights => _weight.RequiresGradient;

    /// <summary>Records and computes the node.</summary>
    public static Var<T> Record(Var<T> x, ConvGeometry geometry, int groups, Var<T> weight, Var<T>? bias)
    {
        var node = x.Tape.Add<PlainConvNode<T>>();
        node._weight = weight.Node;
        if (node._groups.Length != groups)
        {
            node._groups = new ConvFunctions<T>[groups];
            Array.Fill(node._groups, new ConvFunctions<T>(Identity, null));
        }

        node.Compute(x.Node, geometry, node._groups, null, false, bias?.Node, weight.Shape[0]);
        return new Var<T>(node);
    }

    protected override void Fill(Span<T> weights)
    {
        ReadOnlySpan<T> source = _weight.Value.Span;
        (int outputs, int terms) = (_weight.Shape[0] / _groups.Length, source.Length / _weight.Shape[0]);
        for (int group = 0; group < _groups.Length; group++)
        {
            for (int term = 0; term < terms; term++)
            {
                for (int output = 0; output < outputs; output++)
                    weights[(((group * terms) + term) * outputs) + output] = source[(((group * outputs) + output) * terms) + term];
            }
        }
    }

    protected override void Distribute(ReadOnlySpan<T> weights)
    {
        Span<T> gradient = _weight.GradientSum();
        (int outputs, int terms) = (_weight.Shape[0] / _groups.Length, gradient.Length / _weight.Shape[0]);
        for (int group = 0; group < _groups.Length; group++)
        {
            for (int output = 0; output < outputs; output++)
            {
                for (int term = 0; term < terms; term++)
                    gradient[(((group * outputs) + output) * terms) + term] += weights[(((group * terms) + term) * outputs) + output];
            }
        }
    }
}
