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
        // with y = x − ln Σ eˣ: the sum's logarithm, composed from the row less its value so that nothing overflows
        Var<T> y = x.Value.LogSoftmax();
        Jet<T> total = x.ComposeElementwise(y, static (y, _, _) => y.Exp()).Map(0, static (_, part) => part.Sum(-1, keepDims: true));
        Jet<T> logarithm = total.ComposeElementwise(0, static (_, sum, order) => Logarithm(sum, order));
        return (x - logarithm).WithValue(y);
    }

    /// <summary>ln s, or (−1)^(p−1)·(p − 1)!/s^p.</summary>
    private static Var<T> Logarithm(Var<T> sum, int order)
    {
        Var<T> result = order == 0 ? sum.Log() : T.One / sum;
        for (int step = 1; step < order; step++)
            result = result * T.CreateTruncating(-step) / sum;
        return result;
    }

    internal override RowPlan? Plan(int features) => new RowPlan(features, 16L * features);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        int columns = x.Length / rows;
        for (int row = 0; row < rows && columns > 0; row++)
            SoftmaxNode<T>.Row(x.Slice(row * columns, columns), y.Slice(row * columns, columns), logarithm: true, executor.Width);
    }
}
