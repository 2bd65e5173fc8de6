using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

/// <summary>
/// Truncated Taylor series in several variables, up to total order 4: derivatives of compositions by another route than the rules of Leibniz and Faà di Bruno.
/// </summary>
internal sealed class MixedSeries
{
    private readonly Dictionary<PartialDerivative, double> _coefficients = [];

    public static MixedSeries Constant(double value)
    {
        var series = new MixedSeries();
        series._coefficients[PartialDerivative.Value] = value;
        return series;
    }

    /// <summary>A variable at a point.</summary>
    public static MixedSeries Variable(double value, int direction)
    {
        MixedSeries series = Constant(value);
        series._coefficients[PartialDerivative.Of(direction)] = 1;
        return series;
    }

    public double Value => _coefficients.GetValueOrDefault(PartialDerivative.Value);

    /// <summary>A derivative at the point: the coefficient times α!.</summary>
    public double Derivative(PartialDerivative component)
    {
        double factor = 1;
        foreach (var direction in Enumerable.Range(0, component.Order).GroupBy(index => component[index]))
        {
            for (int count = 2; count <= direction.Count(); count++)
                factor *= count;
        }

        return factor * _coefficients.GetValueOrDefault(component);
    }

    public static MixedSeries operator +(MixedSeries left, MixedSeries right)
    {
        var sum = new MixedSeries();
        foreach ((PartialDerivative key, double value) in left._coefficients.Concat(right._coefficients))
            sum._coefficients[key] = sum._coefficients.GetValueOrDefault(key) + value;
        return sum;
    }

    public static MixedSeries operator *(MixedSeries left, MixedSeries right)
    {
        var product = new MixedSeries();
        foreach ((PartialDerivative a, double x) in left._coefficients)
        {
            foreach ((PartialDerivative b, double y) in right._coefficients)
            {
                if (a.Order + b.Order > PartialDerivative.MaxOrder)
                    continue;
                PartialDerivative both = a;
                for (int index = 0; index < b.Order; index++)
                    both = both.Then(b[index]);
                product._coefficients[both] = product._coefficients.GetValueOrDefault(both) + x * y;
            }
        }

        return product;
    }

    public static MixedSeries operator *(double left, MixedSeries right) => Constant(left) * right;

    /// <summary>A function of this series.</summary>
    /// <param name="taylor">Its Taylor coefficients f⁽ᵖ⁾/p! at the value, p = 0 to 4.</param>
    public MixedSeries Compose(ReadOnlySpan<double> taylor)
    {
        MixedSeries step = this + Constant(-Value), sum = Constant(taylor[^1]);
        for (int order = taylor.Length - 2; order >= 0; order--)
            sum = sum * step + Constant(taylor[order]);
        return sum;
    }
}
