using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>Every sample as one row, [N, ...] to [N, count]; nothing is copied. <see cref="Unflatten{T}"/> is the inverse.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Flatten<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Changes the shape.</summary>
    /// <exception cref="ArgumentException">Fewer than two axes, or more than 2³¹−1 elements a sample.</exception>
    public override Var<T> Forward(Var<T> x) => x.Reshape(Rows(x.Shape));

    /// <summary>Changes the shape of value and derivative.</summary>
    /// <exception cref="ArgumentException">Fewer than two axes, or more than 2³¹−1 elements a sample.</exception>
    public override Jet<T> Forward(Jet<T> x) => x.Reshape(Rows(x.Value.Shape));

    private static Shape Rows(Shape shape)
    {
        if (shape.Rank < 2)
            throw new ArgumentException($"Flatten: the input has shape {shape}; the layer takes a batch of samples, [N, ...] with two axes or more.");
        long count = 1;
        for (int axis = 1; axis < shape.Rank; axis++)
        {
            count *= shape[axis];
            if (count > int.MaxValue)
                throw new ArgumentException($"Flatten: the input has shape {shape}; a sample may have at most {int.MaxValue} elements.");
        }

        return new Shape(shape[0], (int)count);
    }
}
