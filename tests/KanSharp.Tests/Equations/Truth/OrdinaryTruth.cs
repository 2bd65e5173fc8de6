using KanSharp.Autodiff;

namespace KanSharp.Tests.Equations.Truth;

/// <summary>The oscillators among the built-in problems, integrated to nearly full precision.</summary>
internal static class OrdinaryTruth
{
    /// <summary>y'' = (1 − y²)·y' − y, y(0) = 2, y'(0) = 0: y and y' at times.</summary>
    public static double[][] VanDerPolStates(IReadOnlyList<double> times, double tolerance = 1e-13) => new Extrapolation(
        (_, y, slope) => (slope[0], slope[1]) = (y[1], (1 - y[0] * y[0]) * y[1] - y[0]), tolerance).Solve(0, [2, 0], times);

    /// <summary>u' = 1.5·u − u·v, v' = −3·v + u·v, u(0) = v(0) = 1: u and v at times.</summary>
    public static double[][] LotkaVolterraStates(IReadOnlyList<double> times, double tolerance = 1e-13) => new Extrapolation(
        (_, y, slope) => (slope[0], slope[1]) = (1.5 * y[0] - y[0] * y[1], -3 * y[1] + y[0] * y[1]), tolerance).Solve(0, [1, 1], times);

    /// <summary>[N, 1] times to [N, 1] values.</summary>
    public static Tensor<double> VanDerPol(Tensor<double> points) => Table(VanDerPolStates(points.Span.ToArray()), 1);

    /// <summary>[N, 1] times to [N, 2] values.</summary>
    public static Tensor<double> LotkaVolterra(Tensor<double> points) => Table(LotkaVolterraStates(points.Span.ToArray()), 2);

    private static Tensor<double> Table(double[][] states, int columns) =>
        new(new Shape(states.Length, columns), [.. states.SelectMany(state => state.Take(columns))]);
}
