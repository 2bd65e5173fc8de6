using System.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>
/// The forms of pykan that avoid singularities, with its threshold y: close to a singularity a line or a plateau of height y, and roots and
/// logarithms of |x|. They jump where the pieces meet, as pykan's do.
/// </summary>
internal sealed class ProtectedForm(CatalogFunction plain, double power, double threshold, bool pykanGradients)
{
    /// <summary>Distance from ±1 within which artanh is a plateau, beyond 1 − tanh y.</summary>
    private const double ArctanhMargin = 1e-4;

    public double Threshold => threshold;

    public CatalogFunction Plain => plain;

    /// <summary>Whether pykan has such a form of the function.</summary>
    public static bool Exists(CatalogFunction function, double power) => function.Kind is FunctionKind.Exp or FunctionKind.Log or FunctionKind.Tan
        or FunctionKind.Arctanh or FunctionKind.Arcsin or FunctionKind.Arccos || (function.Kind == FunctionKind.Power && (power < 0 || power % 1 != 0));

    public void Evaluate<T>(ReadOnlySpan<T> x, int order, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = T.CreateTruncating(At(double.CreateTruncating(x[i]), order));
    }

    private double At(double x, int order)
    {
        if (pykanGradients && order == 1 && !double.IsFinite(Outside(x, 1)))
            return double.NaN;
        double size = Math.Abs(x), sign = Math.Sign(double.IsNaN(x) ? 0 : x);
        switch (plain.Kind)
        {
            case FunctionKind.Exp:
                return x > Math.Log(threshold) ? Plateau(threshold, order) : Outside(x, order);
            case FunctionKind.Log:
                return size < Math.Exp(-threshold) ? Plateau(-threshold, order) : Outside(x, order);
            case FunctionKind.Arctanh:
                return size > 1 - (1 - Math.Tanh(threshold) + ArctanhMargin) ? Plateau(sign * threshold, order) : Outside(x, order);
            case FunctionKind.Arcsin:
                return size > 1 ? Plateau(sign * Math.PI / 2, order) : Outside(x, order);
            case FunctionKind.Arccos:
                return size > 1 ? Plateau((1 - sign) * Math.PI / 2, order) : Outside(x, order);
            case FunctionKind.Tan:
                double turn = x - (Math.PI * Math.Floor(x / Math.PI)) - (Math.PI / 2), delta = (Math.PI / 2) - Math.Atan(threshold);
                return Math.Abs(turn) < delta ? Line(-threshold / delta, turn, order) : Outside(x, order);
        }

        // powers
        if (power == 1.5)
            return Outside(x, order);
        double radius = power % 1 == 0 ? Math.Pow(threshold, 1 / power) : 1 / (threshold * threshold);
        if (!(size < radius))
            return Outside(x, order);
        if (power == 0.5)
            return Line(radius / threshold, x, order);
        return power % 2 == 0 || power % 1 != 0 ? Plateau(threshold, order) : Line(threshold / radius, x, order);
    }

    /// <summary>The function itself, continued to negative arguments: √ as an odd function, ln, x^1.5 and 1/√ as even ones.</summary>
    private double Outside(double x, int order)
    {
        bool even = plain.Kind == FunctionKind.Log || power is 1.5 or -0.5;
        if (!even && power != 0.5)
            return plain.Evaluate(x, order);
        double value = plain.Evaluate(Math.Abs(x), order);
        bool flips = (order % 2 == 1) == even;
        return x < 0 && flips ? -value : x == 0 && flips && order == 0 ? 0 : value;
    }

    private static double Plateau(double height, int order) => order == 0 ? height : 0;

    private static double Line(double slope, double x, int order) => order switch { 0 => slope * x, 1 => slope, _ => 0 };
}
