using System.Numerics;

namespace KanSharp.Tests.Training;

/// <summary>Analytic objectives of the first parameter of a bag; each adds its gradient and returns its value.</summary>
internal static class Objectives
{
    /// <summary>−log(x) − log(1 − x), infinite outside of (0, 1); counts the evaluations out there.</summary>
    public static double Barrier(ParameterBag<double> bag, ref int outside)
    {
        double x = bag[0].Value[0];
        outside += x is <= 0 or >= 1 ? 1 : 0;
        bag[0].Gradient[0] += -1 / x + 1 / (1 - x);
        return -Math.Log(x) - Math.Log(1 - x);
    }

    /// <summary>Σ 100(x_{i+1} − x_i²)² + (1 − x_i)².</summary>
    public static double Rosenbrock<T>(ParameterBag<T> bag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> x = bag[0].Value.Span;
        Span<T> g = bag[0].Gradient;
        T loss = T.Zero;
        T hundred = T.CreateTruncating(100);
        T two = T.CreateTruncating(2);
        for (int i = 0; i + 1 < x.Length; i++)
        {
            T valley = x[i + 1] - x[i] * x[i];
            T rest = T.One - x[i];
            loss += hundred * valley * valley + rest * rest;
            g[i] += -two * two * hundred * valley * x[i] - two * rest;
            g[i + 1] += two * hundred * valley;
        }

        return double.CreateTruncating(loss);
    }

    /// <summary>½ Σ c_i (x_i − 1)² with c from 1 to <paramref name="condition"/> in equal ratios.</summary>
    public static double Quadratic(ParameterBag<double> bag, double condition)
    {
        double loss = 0;
        int count = bag[0].Shape.Count;
        for (int i = 0; i < count; i++)
        {
            double scale = Math.Pow(condition, i / (count - 1.0));
            double d = bag[0].Value[i] - 1;
            loss += 0.5 * scale * d * d;
            bag[0].Gradient[i] += scale * d;
        }

        return loss;
    }
}
