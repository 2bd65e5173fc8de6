using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Equations.Domains;

/// <summary>Sums that tests compare with closed forms.</summary>
internal static class DomainTruth
{
    public delegate double Function(ReadOnlySpan<double> point);

    public static double Integral(Quadrature rule, Function function)
    {
        var values = new double[rule.Weights.Shape.Count];
        for (int row = 0; row < values.Length; row++)
            values[row] = function(rule.Points.Row(row));
        return rule.Integrate(values);
    }
}
