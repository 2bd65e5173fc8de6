using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers;

/// <summary>
/// Values that belong to a module but are never trained: knots, masks, running statistics. They are saved with the parameters and change
/// only through explicit operations.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StateTensor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Creates a state tensor; the tensor's storage becomes its own.</summary>
    public StateTensor(Tensor<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The values.</summary>
    public Tensor<T> Value { get; }

    /// <summary>
    /// Whether the values are statistics that follow the batches of training, as the mean and variance of a batch normalisation do. An average of weights averages them,
    /// too: they belong to the weights of their step. Default false.
    /// </summary>
    public bool FollowsBatches { get; init; }
}
