namespace KanSharp.Interpretation.Terms;

/// <summary>A candidate: y = M·s·G(Σ c_k t_k / (1 − Σ b_k d_k)).</summary>
internal sealed class TermModel
{
    public TermModel(OuterTransform transform, Term? multiplier, double sign, Term[] numerator, Term[] denominator, double[] coefficients)
    {
        Transform = transform;
        Multiplier = multiplier;
        Sign = sign;
        Numerator = numerator;
        Denominator = denominator;
        Coefficients = coefficients;
        Cost = transform.Cost + (multiplier?.Cost ?? 0) + numerator.Sum(term => term.Cost) + denominator.Sum(term => term.Cost)
            + Math.Max(0, coefficients.Length - 1) + (denominator.Length > 0 ? 0.5 : 0);
    }

    public OuterTransform Transform { get; }

    public Term? Multiplier { get; }

    public double Sign { get; }

    public Term[] Numerator { get; }

    public Term[] Denominator { get; }

    /// <summary>Of the numerator's terms, then of the denominator's.</summary>
    public double[] Coefficients { get; }

    public double Cost { get; }

    public TermModel With(double[] coefficients) => new(Transform, Multiplier, Sign, Numerator, Denominator, coefficients);
}
