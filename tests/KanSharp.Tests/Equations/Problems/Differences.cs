namespace KanSharp.Tests.Equations.Problems;

/// <summary>Central differences of order 8 (B. Fornberg, Math. Comp. 51 (1988) 699, table 1).</summary>
internal static class Differences
{
    public static double First(Func<double, double> f, double h) =>
        (4.0 / 5 * (f(h) - f(-h)) - 1.0 / 5 * (f(2 * h) - f(-2 * h)) + 4.0 / 105 * (f(3 * h) - f(-3 * h)) - 1.0 / 280 * (f(4 * h) - f(-4 * h))) / h;

    public static double Second(Func<double, double> f, double h) =>
        (-205.0 / 72 * f(0) + 8.0 / 5 * (f(h) + f(-h)) - 1.0 / 5 * (f(2 * h) + f(-2 * h)) + 8.0 / 315 * (f(3 * h) + f(-3 * h)) - 1.0 / 560 * (f(4 * h) + f(-4 * h))) / (h * h);
}
