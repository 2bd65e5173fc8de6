using System.Numerics;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Numerics;

/// <summary>Arithmetic of power series against the rules of differentiation, at every register width.</summary>
public class TaylorSeriesTests
{
    private static readonly double[] s_places = [-1.3, -0.2, 0.4, 0.9, 1.7];

    [Fact]
    public void Products_quotients_and_waves_have_the_derivatives_of_their_expressions()
    {
        Widths<double>(1e-13);
        Widths<float>(2e-5);

        static void Widths<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Compare<SimdScalar<T>, T>(tolerance);
            Compare<Simd128<T>, T>(tolerance);
            Compare<Simd256<T>, T>(tolerance);
            Compare<Simd512<T>, T>(tolerance);
        }
    }

    private static void Compare<V, T>(double tolerance)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((string formula, int operation) in new[] { ("(2 - 3*x)*(1 + x)*x^2", 0), ("(1 + x)*x^2/(3 + x)", 1), ("sin((1 + x)*x^2)", 2), ("cos((1 + x)*x^2)", 3), ("x^2*(1 + x) - 0.5*x^2", 4) })
        {
            for (int order = 0; order <= DerivativeOrder.Highest; order++)
            {
                Expression expression = Expression.Parse(formula);
                for (int d = 0; d < order; d++)
                    expression = expression.Differentiate("x");
                foreach (double place in s_places)
                {
                    T x = T.CreateTruncating(place);
                    double expected = expression.Evaluate(new Dictionary<string, double> { ["x"] = double.CreateTruncating(x) });
                    double actual = double.CreateTruncating(V.Sum(Taylor<V, T>.Derivative(Series<V, T>(V.Broadcast(x), operation, order), order))) / V.Count;
                    Assert.True(Math.Abs(expected - actual) <= tolerance * (10 + Math.Abs(expected)), $"{formula}, order {order} at {x}, {V.Count} lanes: {actual:R}, expected {expected:R}");
                }
            }
        }
    }

    private static TaylorSeries<V> Series<V, T>(V x, int operation, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V Number(double value) => SimdMath.Constant<V, T>(value);
        TaylorSeries<V> line = Taylor<V, T>.Constant(Number(1) + x), square = Taylor<V, T>.Constant(Number(1));
        line[1] = Number(1);
        Taylor<V, T>.MultiplyLine(ref square, x, Number(1), order);
        Taylor<V, T>.MultiplyLine(ref square, x, Number(1), order);
        TaylorSeries<V> result = Taylor<V, T>.Multiply(line, square, order);
        switch (operation)
        {
            case 0:
                Taylor<V, T>.MultiplyLine(ref result, Number(2) - Number(3) * x, Number(-3), order);
                return result;
            case 1:
                TaylorSeries<V> denominator = Taylor<V, T>.Constant(Number(3) + x);
                denominator[1] = Number(1);
                return Taylor<V, T>.Divide(result, denominator, order);
            case 4:
                Taylor<V, T>.AddScaled(ref result, Number(-0.5), square, order);
                return result;
            default:
                Taylor<V, T>.SineCosine(result, order, out TaylorSeries<V> sine, out TaylorSeries<V> cosine);
                return operation == 2 ? sine : cosine;
        }
    }
}
