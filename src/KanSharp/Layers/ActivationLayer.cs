using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>An activation, element by element, as a layer.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ActivationLayer<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates the layer.</summary>
    public ActivationLayer(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Activation = activation;
    }

    /// <summary>The function.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override Var<T> Forward(Var<T> x) => x.Apply(Activation);

    /// <inheritdoc/>
    public override Jet<T> Forward(Jet<T> x) => x.Apply(Activation);

    internal override RowPlan? Plan(int features) => new RowPlan(features, (long)features * Activation.Cost);

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) => Activation.Evaluate(0, x, y, executor.Width);
}
