using System.Numerics;

namespace KanSharp.Autodiff.Operations;

/// <summary>Adds normal noise of a given deviation; the gradient passes unchanged.</summary>
internal sealed class NoiseNode<T> : Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Node<T> _input = null!;

    /// <param name="input">Values.</param>
    /// <param name="deviation">Standard deviation of the noise.</param>
    /// <param name="key">Key of the noise.</param>
    public static Var<T> Record(Var<T> input, double deviation, MaskKey key)
    {
        var node = input.Tape.Add<NoiseNode<T>>();
        node._input = input.Node;
        node.Initialize(input.Shape, input.Node.RequiresGradient);
        Span<uint> bits = stackalloc uint[MaskKey.BlockLength];
        ReadOnlySpan<T> source = input.Node.Value.Span;
        Span<T> target = node.Value.Span;
        for (int start = 0; start < target.Length; start += MaskKey.BlockLength)
        {
            key.Block(start / MaskKey.BlockLength, bits);
            for (int lane = 0; lane < Math.Min(MaskKey.BlockLength, target.Length - start); lane += 2)
            {
                // Box and Muller, Annals of Mathematical Statistics 29 (1958)
                double radius = deviation * Math.Sqrt(-2 * Math.Log((bits[lane] + 1.0) / 4294967297.0));
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * bits[lane + 1] / 4294967296.0);
                target[start + lane] = source[start + lane] + T.CreateTruncating(radius * cosine);
                if (start + lane + 1 < target.Length)
                    target[start + lane + 1] = source[start + lane + 1] + T.CreateTruncating(radius * sine);
            }
        }

        return new Var<T>(node);
    }

    public override void Backward()
    {
        Span<T> sum = _input.GradientSum();
        ReadOnlySpan<T> gradient = Gradient.Span;
        for (int index = 0; index < sum.Length; index++)
            sum[index] += gradient[index];
    }
}
