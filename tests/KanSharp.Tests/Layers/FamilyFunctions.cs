using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>The functions of a family as a fresh layer has them.</summary>
internal static class FamilyFunctions
{
    /// <summary>Function n at x: values[n].</summary>
    public static double[] At(BasisOptions basis, double x)
    {
        int count = basis.Count;
        KanLinear<double> layer = KanLinear<double>.Create(1, count, new KanLinearOptions { Basis = basis, BaseActivation = null, EdgeScale = false }, new SplitRandom(0));
        layer.Coefficients.Value.Span.Clear();
        for (int n = 0; n < count; n++)
            layer.Coefficients.Value[0, n, n] = 1;
        return layer.Predict(new Tensor<double>(new Shape(1, 1), [x])).Span.ToArray();
    }

    /// <summary>∫ f over [−reach, reach] by Simpson's rule.</summary>
    public static double Integral(Func<double, double> f, double reach, int intervals = 20000)
    {
        double h = 2 * reach / intervals, sum = f(-reach) + f(reach);
        for (int index = 1; index < intervals; index++)
            sum += (index % 2 == 1 ? 4 : 2) * f(-reach + index * h);
        return sum * h / 3;
    }

    public static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    /// <summary>Γ(a + n)/Γ(a).</summary>
    public static double Rising(double a, int n) => n == 0 ? 1 : (a + n - 1) * Rising(a, n - 1);

    /// <summary>Binomial coefficient of a number that need not be whole.</summary>
    public static double Binomial(double a, int k)
    {
        double product = 1;
        for (int index = 0; index < k; index++)
            product *= (a - index) / (index + 1);
        return product;
    }
}
