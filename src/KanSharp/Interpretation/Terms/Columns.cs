using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>Inner products and the like at the widest SIMD width.</summary>
internal static class Columns
{
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => VectorMath.Dot(x, y, SimdWidths.Best);

    public static double SumOfSquares(ReadOnlySpan<double> x) => Dot(x, x);

    /// <summary>y += a·x.</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y) => VectorMath.MultiplyAdd(a, x, y, SimdWidths.Best);
}
