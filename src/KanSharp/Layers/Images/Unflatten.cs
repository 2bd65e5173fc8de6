using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>Every row as a sample with given extents, [N, count] to [N, extents...]; nothing is copied. <see cref="Flatten{T}"/> is the inverse.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Unflatten<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Shape _sample;

    /// <summary>Creates the layer.</summary>
    /// <param name="extents">Extents of a sample, each at least 1: channels, height and width for images; at most five.</param>
    /// <exception cref="ArgumentException">No extent, more than five, or more than 2³¹−1 elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An extent below 1.</exception>
    public Unflatten(params ReadOnlySpan<int> extents)
    {
        if (extents.Length is < 1 or >= Shape.MaxRank)
            throw new ArgumentException($"{extents.Length} extents were given; a sample has 1 to {Shape.MaxRank - 1}, for images channels, height and width.", nameof(extents));
        foreach (int extent in extents)
            ArgumentOutOfRangeException.ThrowIfLessThan(extent, 1, nameof(extents));
        _sample = new Shape(extents);
        Extents = extents.ToArray();
    }

    /// <summary>Extents of a sample.</summary>
    public IReadOnlyList<int> Extents { get; }

    /// <summary>Changes the shape.</summary>
    /// <exception cref="ArgumentException">Not rows of as many elements as a sample has.</exception>
    public override Var<T> Forward(Var<T> x) => x.Reshape(Samples(x.Shape));

    /// <summary>Changes the shape of value and derivative.</summary>
    /// <exception cref="ArgumentException">Not rows of as many elements as a sample has.</exception>
    public override Jet<T> Forward(Jet<T> x) => x.Reshape(Samples(x.Value.Shape));

    private Shape Samples(Shape shape)
    {
        if (shape.Rank != 2 || shape[1] != _sample.Count)
        {
            throw new ArgumentException(
                $"Unflatten: the input has shape {shape}; the layer takes [N, {_sample.Count}], the rows of samples {_sample}. Flatten turns samples into rows.");
        }

        Span<int> extents = stackalloc int[Shape.MaxRank];
        extents[0] = shape[0];
        _sample.CopyTo(extents[1..]);
        return new Shape(extents[..(_sample.Rank + 1)]);
    }
}
