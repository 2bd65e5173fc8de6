using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>
/// x − ln Σ exp(x) along the last axis, [..., classes] to the same shape: logarithms of probabilities, computed so that large values do not
/// overflow (Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LogSoftmax<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the layer.</summary>
    /// <exception cref="ArgumentException">The value is a scalar.</exception>
    public override Var<T> Forward(Var<T> x) => x.LogSoftmax();

    /// <summary>Computes the layer and its derivative: y′ = x′ − Σ exp(y)·x′.</summary>
    /// <exception cref="ArgumentException">The value is a scalar.</exception>
    public override Jet<T> Forward(Jet<T> x)
    {
        Var<T> y = x.Value.LogSoftmax();
        return new Jet<T>(y, x.Derivative - (y.Exp() * x.Derivative).Sum(-1, keepDims: true));
    }

    internal override RowPlan? Plan(int features) => new RowPlan(features, 16L * features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        int columns = x.Length / rows;
        for (int row = 0; row < rows && columns > 0; row++)
            SoftmaxNode<T>.Row(x.Slice(row * columns, columns), y.Slice(row * columns, columns), logarithm: true, executor.Width);
    }
}
