using System.Numerics;

namespace KanSharp.Numerics;

/// <summary>
/// An elementwise function with its derivatives up to the fifth, as layers use it. The instances are the static properties; model files
/// hold their <see cref="Name"/>.
/// </summary>
/// <remarks>
/// Defined for every argument: NaN gives NaN (save where the function or derivative is constant), saturated tails give their limits,
/// and no intermediate overflow turns a finite limit into NaN. Values are the same at every SIMD width.
/// </remarks>
public sealed partial class Activation
{
    private readonly Kind _kind;

    private Activation(Kind kind) => _kind = kind;

    private enum Kind
    {
        SiLU,
        GELU,
        Tanh,
        Sigmoid,
        ReLU,
        Softplus,
        Identity,
        Zero,
        Sin,
        Exp,
        Square,
    }

    /// <summary>x·σ(x) with σ the logistic function; also called swish.</summary>
    public static Activation SiLU { get; } = new(Kind.SiLU);

    /// <summary>x·Φ(x) with Φ the distribution function of the standard normal, not its tanh approximation.</summary>
    public static Activation GELU { get; } = new(Kind.GELU);

    /// <summary>Hyperbolic tangent.</summary>
    public static Activation Tanh { get; } = new(Kind.Tanh);

    /// <summary>Logistic function 1/(1 + e⁻ˣ).</summary>
    public static Activation Sigmoid { get; } = new(Kind.Sigmoid);

    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    public static Activation ReLU { get; } = new(Kind.ReLU);

    /// <summary>ln(1 + eˣ).</summary>
    public static Activation Softplus { get; } = new(Kind.Softplus);

    /// <summary>x.</summary>
    public static Activation Identity { get; } = new(Kind.Identity);

    /// <summary>0 for every argument.</summary>
    public static Activation Zero { get; } = new(Kind.Zero);

    /// <summary>sin x, x in radians.</summary>
    public static Activation Sin { get; } = new(Kind.Sin);

    /// <summary>eˣ.</summary>
    public static Activation Exp { get; } = new(Kind.Exp);

    /// <summary>x².</summary>
    public static Activation Square { get; } = new(Kind.Square);

    /// <summary>All activations.</summary>
    public static IReadOnlyList<Activation> All { get; } =
        [SiLU, GELU, Tanh, Sigmoid, ReLU, Softplus, Identity, Zero, Sin, Exp, Square];

    /// <summary>The name of the property, e.g. <c>SiLU</c>.</summary>
    public string Name => _kind.ToString();

    /// <summary>The activation of this name, upper and lower case alike.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static Activation FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (Activation activation in All)
        {
            if (activation.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return activation;
        }

        throw new ArgumentException($"There is no activation '{name}'. Known: {string.Join(", ", All)}.", nameof(name));
    }

    /// <summary>The function, or its derivative of the given order, at one point.</summary>
    /// <param name="x">Where.</param>
    /// <param name="order">0 (default) for the value, 1 to 5 for a derivative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is not 0 to 5.</exception>
    public T Evaluate<T>(T x, int order = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T y = default;
        Evaluate<T>(order, new(in x), new(ref y), SimdWidth.Scalar);
        return y;
    }

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>What one value costs, in multiply-adds: an estimate for sharing out work.</summary>
    internal const int Cost = 16;

    /// <summary>y[i] = f⁽ᵒʳᵈᵉʳ⁾(x[i]); y may be x.</summary>
    internal void Evaluate<T>(int order, ReadOnlySpan<T> x, Span<T> y, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Apply(order, x, default, y, width, multiply: false);

    /// <summary>y[i] = g[i]·f⁽ᵒʳᵈᵉʳ⁾(x[i]); y may be x or g.</summary>
    internal void Multiply<T>(int order, ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> y, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Apply(order, x, g, y, width, multiply: true);
}
