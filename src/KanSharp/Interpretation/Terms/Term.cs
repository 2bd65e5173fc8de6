namespace KanSharp.Interpretation.Terms;

/// <summary>A monomial times powers of factors.</summary>
internal sealed class Term
{
    public Term(Monomial monomial, params (Factor Factor, double Exponent)[] factors)
    {
        Monomial = monomial;
        Factors = factors;
        Cost = monomial.Cost + factors.Sum(entry => entry.Factor.Cost + ExponentCost(entry.Exponent));
    }

    public Monomial Monomial { get; }

    public (Factor Factor, double Exponent)[] Factors { get; }

    public double Cost { get; }

    public bool IsOne => Factors.Length == 0 && Monomial.IsOne;

    public static Term One(int variables) => new(new Monomial(new double[variables]));

    public static double ExponentCost(double exponent) => exponent switch
    {
        1 => 0,
        2 or -1 => 0.5,
        0.5 or -0.5 or -2 => 1,
        _ => 1 + Math.Abs(exponent) / 2,
    };

    /// <summary>target = the term's values; not finite outside its domain.</summary>
    public void Evaluate(double[][] columns, Span<double> target)
    {
        Monomial.Evaluate(columns, target);
        double[] values = Factors.Length > 0 ? new double[target.Length] : [];
        foreach ((Factor factor, double exponent) in Factors)
        {
            factor.Evaluate(columns, values);
            Powers.Multiply(values, exponent, target);
        }
    }
}
