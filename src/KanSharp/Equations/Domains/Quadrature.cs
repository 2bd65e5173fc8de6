using KanSharp.Autodiff;

namespace KanSharp.Equations.Domains;

/// <summary>A rule of integration over a domain or a side: ∫ f ≈ Σ wᵢ f(xᵢ). The weights are positive and add up to the measure.</summary>
public sealed class Quadrature
{
    internal Quadrature(Tensor<double> points, Tensor<double> weights)
    {
        Points = points;
        Weights = weights;
    }

    /// <summary>The points, [N, d].</summary>
    public Tensor<double> Points { get; }

    /// <summary>The weights, [N].</summary>
    public Tensor<double> Weights { get; }

    /// <summary>Σ wᵢ fᵢ.</summary>
    /// <param name="values">The integrand at the points, N of them.</param>
    /// <exception cref="ArgumentException">Another number of values.</exception>
    public double Integrate(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<double> weights = Weights.Span;
        if (values.Length != weights.Length)
            throw new ArgumentException($"The rule has {weights.Length} points; {values.Length} values were given.", nameof(values));
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += weights[i] * values[i];
        return sum;
    }
}
