using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// A value together with its derivative along one direction of the input, both on the tape. Pushed through layers by
/// <c>Module.Forward(Jet)</c>, it gives network and derivative in one sweep, and both can be trained on.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Value">The value, [..., features].</param>
/// <param name="Derivative">Its derivative along the direction, same shape.</param>
public readonly partial record struct Jet<T>(Var<T> Value, Var<T> Derivative)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The input itself as a jet: derivative 1 in feature <paramref name="feature"/> and 0 in the others.</summary>
    /// <param name="x">Inputs [..., features] on a tape.</param>
    /// <param name="feature">Index of the feature along which to differentiate.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such feature.</exception>
    public static Jet<T> Seed(Var<T> x, int feature)
    {
        int features = x.Shape.Last;
        if ((uint)feature >= (uint)features)
            throw new ArgumentOutOfRangeException(nameof(feature), feature, $"The input has shape {x.Shape}: features 0..{features - 1}.");
        var node = x.Tape.Add<ConstantNode<T>>();
        node.Initialize(x.Shape, requiresGradient: false);
        Span<T> direction = node.Value.Span;
        direction.Clear();
        for (int index = feature; index < direction.Length; index += features)
            direction[index] = T.One;
        return new Jet<T>(x, new Var<T>(node));
    }
}
