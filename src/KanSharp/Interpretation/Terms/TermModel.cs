using System.Globalization;

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

    public string Text(IReadOnlyList<string> names)
    {
        string sum = Sum(Numerator, Coefficients, names, 1);
        if (Denominator.Length > 0)
            sum = $"({sum})/(1 + {Sum(Denominator, Coefficients.AsSpan(Numerator.Length), names, -1)})";
        string text = string.Format(CultureInfo.InvariantCulture, Transform.Text, sum);
        if (Sign < 0)
            text = $"-{text}";
        return Multiplier is null ? text : $"{Multiplier.Text(names)}*({text})";
    }

    private static string Sum(Term[] terms, ReadOnlySpan<double> coefficients, IReadOnlyList<string> names, double sign)
    {
        var parts = new List<string>();
        for (int k = 0; k < terms.Length; k++)
        {
            string number = (sign * coefficients[k]).ToString("R", CultureInfo.InvariantCulture);
            parts.Add(terms[k].IsOne ? number : $"{number}*{terms[k].Text(names)}");
        }

        return string.Join(" + ", parts);
    }
}
