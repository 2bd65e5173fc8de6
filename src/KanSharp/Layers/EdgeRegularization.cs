using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;

namespace KanSharp.Layers;

/// <summary>
/// efficient-kan's sparsity penalty on coefficients: with m_io = mean_n |C_ino| and p = m/Σm, a layer adds
/// λ₁·Σm + λ₂·(−Σ p·ln p) (efficient-kan <c>regularization_loss</c>). An edge of zeros counts 0 and gives no NaN.
/// </summary>
public static class EdgeRegularization
{
    /// <summary>The penalty of one layer as a scalar on the tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="l1">Weight λ₁ of the sum of edge sizes. Default 1.</param>
    /// <param name="entropy">Weight λ₂ of their entropy (natural logarithm). Default 1.</param>
    public static Var<T> Penalty<T>(Tape<T> tape, KanLinear<T> layer, double l1 = 1, double entropy = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(layer);
        Node<T> coefficients = tape.Use(layer.Coefficients).Node;
        var node = tape.Add<EdgeRegularizationNode<T>>();
        node.Set(coefficients, l1, entropy);
        return new Var<T>(node);
    }

    /// <summary>The sum of the penalties of all KAN layers of a module, a scalar on the tape; 0 if it has none.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="module">A network or any module.</param>
    /// <param name="l1">Weight λ₁. Default 1.</param>
    /// <param name="entropy">Weight λ₂. Default 1.</param>
    public static Var<T> Penalty<T>(Tape<T> tape, Module<T> module, double l1 = 1, double entropy = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(module);
        Var<T>? sum = null;
        foreach (Module<T> part in module.Modules())
        {
            if (part is not KanLinear<T> { IsOff: false } layer)
                continue;
            Var<T> penalty = Penalty(tape, layer, l1, entropy);
            sum = sum is null ? penalty : sum.Value + penalty;
        }

        return sum ?? tape.Constant(T.Zero);
    }
}
