using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Terms;

/// <summary>f(Σ c_k m_k): a function of a short combination of monomials, such as 1 − v²/c², cos(2πx) or exp(−x²/2).</summary>
internal sealed class Factor(FactorFunction function, (double Coefficient, Monomial Monomial)[] inner, double cost)
{
    public FactorFunction Function { get; } = function;

    public (double Coefficient, Monomial Monomial)[] Inner { get; } = inner;

    public double Cost { get; } = cost;

    /// <summary>target = the factor's values; NaN outside its domain.</summary>
    public void Evaluate(double[][] columns, Span<double> target)
    {
        Span<double> monomial = new double[target.Length];
        target.Clear();
        foreach ((double coefficient, Monomial part) in Inner)
        {
            part.Evaluate(columns, monomial);
            for (int i = 0; i < target.Length; i++)
                target[i] += coefficient * monomial[i];
        }

        Apply(Function, target);
    }

    public Factor Negated() => new(Function, [.. Inner.Select(part => (-part.Coefficient, part.Monomial))], Cost);

    public static void Apply(FactorFunction function, Span<double> values)
    {
        switch (function)
        {
            case FactorFunction.Sin:
                foreach (ref double value in values)
                    value = Math.Sin(value);
                break;
            case FactorFunction.Cos:
                foreach (ref double value in values)
                    value = Math.Cos(value);
                break;
            case FactorFunction.Exp:
                foreach (ref double value in values)
                    value = Math.Exp(value);
                break;
            case FactorFunction.Log:
                foreach (ref double value in values)
                    value = Math.Log(value);
                break;
            case FactorFunction.Tanh:
                foreach (ref double value in values)
                    value = Math.Tanh(value);
                break;
            case FactorFunction.ExpMinusOne:
                foreach (ref double value in values)
                    value = Math.Exp(value) - 1;
                break;
            case FactorFunction.ExpPlusOne:
                foreach (ref double value in values)
                    value = Math.Exp(value) + 1;
                break;
            case FactorFunction.ArcSin:
                foreach (ref double value in values)
                    value = Math.Asin(value);
                break;
            case FactorFunction.ArcTan:
                foreach (ref double value in values)
                    value = Math.Atan(value);
                break;
            case FactorFunction.BesselJ0:
                FunctionCatalog.Standard["J0"].Evaluate<double>(values.ToArray(), 0, values, double.NaN);
                break;
            default:
                break;
        }
    }
}
