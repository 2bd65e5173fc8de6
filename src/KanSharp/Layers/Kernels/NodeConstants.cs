using System.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The scales and biases of a node stage, and its rules for one row.</summary>
internal readonly ref struct NodeConstants<T>(NodeStage<T> stage)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<int> _first = stage.First;
    private readonly ReadOnlySpan<T> _subnodeScale = stage.SubnodeScale.Value.Span;
    private readonly ReadOnlySpan<T> _subnodeBias = stage.SubnodeBias.Value.Span;
    private readonly ReadOnlySpan<T> _nodeScale = stage.NodeScale.Value.Span;
    private readonly ReadOnlySpan<T> _nodeBias = stage.NodeBias.Value.Span;

    private int Subnodes => _subnodeScale.Length;

    private int Nodes => _nodeScale.Length;

    /// <summary>Nodes from sub-nodes.</summary>
    public void Values(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int node = 0; node < y.Length; node++)
        {
            T product = T.One;
            for (int q = _first[node]; q < _first[node + 1]; q++)
                product *= _subnodeScale[q] * x[q] + _subnodeBias[q];
            y[node] = _nodeScale[node] * product + _nodeBias[node];
        }
    }

    /// <summary>Derivatives of nodes from sub-nodes and their derivatives.</summary>
    public void Derivatives(ReadOnlySpan<T> x, ReadOnlySpan<T> derivative, Span<T> y)
    {
        for (int node = 0; node < y.Length; node++)
        {
            (T Value, T Slope) product = (T.One, T.Zero);
            for (int q = _first[node]; q < _first[node + 1]; q++)
                product = Times(product, Dual(x, derivative, q));
            y[node] = _nodeScale[node] * product.Slope;
        }
    }

    /// <summary>
    /// Gradients of one row. Of every factor u + εu′ of a product the others' product R + εR′ is taken from the products before and after it, never by
    /// division: ∂P/∂u = R, ∂P′/∂u = R′, ∂P′/∂u′ = R.
    /// </summary>
    /// <param name="x">Sub-nodes.</param>
    /// <param name="derivative">Their derivatives, where the value is the derivative of the nodes; else empty.</param>
    /// <param name="gradient">Of the value.</param>
    /// <param name="toX">Is added to; empty if not wanted.</param>
    /// <param name="toDerivative">Is added to; empty if not wanted.</param>
    /// <param name="toConstants">Is set: sub-node scales, sub-node biases, node scales, node biases; empty if not wanted.</param>
    /// <param name="before">Room for two numbers per factor and two more.</param>
    public void Gradients(
        ReadOnlySpan<T> x, ReadOnlySpan<T> derivative, ReadOnlySpan<T> gradient, Span<T> toX, Span<T> toDerivative, Span<T> toConstants, Span<T> before)
    {
        for (int node = 0; node < gradient.Length; node++)
        {
            int start = _first[node], count = _first[node + 1] - start;
            (T Value, T Slope) product = (T.One, T.Zero);
            for (int k = 0; k < count; k++)
            {
                (before[2 * k], before[2 * k + 1]) = product;
                product = Times(product, Dual(x, derivative, start + k));
            }

            if (!toConstants.IsEmpty)
            {
                toConstants[2 * Subnodes + node] = gradient[node] * (derivative.IsEmpty ? product.Value : product.Slope);
                toConstants[2 * Subnodes + Nodes + node] = derivative.IsEmpty ? gradient[node] : T.Zero;
            }

            T g = gradient[node] * _nodeScale[node];
            (T Value, T Slope) after = (T.One, T.Zero);
            for (int k = count - 1; k >= 0; k--)
            {
                int q = start + k;
                (T others, T slope) = Times((before[2 * k], before[2 * k + 1]), after);
                T toFactor = g * (derivative.IsEmpty ? others : slope), toSlope = derivative.IsEmpty ? T.Zero : g * others;
                if (!toX.IsEmpty)
                    toX[q] += _subnodeScale[q] * toFactor;
                if (!toDerivative.IsEmpty)
                    toDerivative[q] += _subnodeScale[q] * toSlope;
                if (!toConstants.IsEmpty)
                {
                    toConstants[q] = toFactor * x[q] + (derivative.IsEmpty ? T.Zero : toSlope * derivative[q]);
                    toConstants[Subnodes + q] = toFactor;
                }

                after = Times(after, Dual(x, derivative, q));
            }
        }
    }

    private (T Value, T Slope) Dual(ReadOnlySpan<T> x, ReadOnlySpan<T> derivative, int q) =>
        (_subnodeScale[q] * x[q] + _subnodeBias[q], derivative.IsEmpty ? T.Zero : _subnodeScale[q] * derivative[q]);

    private static (T Value, T Slope) Times((T Value, T Slope) left, (T Value, T Slope) right) =>
        (left.Value * right.Value, left.Value * right.Slope + left.Slope * right.Value);
}
