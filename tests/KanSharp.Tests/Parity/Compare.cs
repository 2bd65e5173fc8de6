using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Parity;

/// <summary>
/// Comparison with reference values, element by element: |actual − expected| ≤ tolerance·(min(1, m) + |expected|), where m is the largest finite
/// |expected| of the whole array. So the error may be tolerance relative to the element, plus tolerance relative to the array's largest element
/// where this is below 1, plus tolerance absolute otherwise: elements near 0 among larger ones are held to the array's size, not to their own.
/// An infinite expected value must be met exactly, NaN by NaN; where the largest element is 0 all must be exactly 0.
/// </summary>
public static class Compare
{
    public static void Close<T>(string what, Tensor<double> expected, ReadOnlySpan<T> actual, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.True(expected.Shape.Count == actual.Length, $"{what}: {actual.Length} values, expected shape {expected.Shape}");
        double largest = 0;
        foreach (double value in expected.Span)
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
        double scale = Math.Min(1, largest);
        for (int index = 0; index < actual.Length; index++)
        {
            double reference = expected.Span[index];
            double value = double.CreateTruncating(actual[index]);
            if (double.IsNaN(reference) ? double.IsNaN(value) : value == reference)
                continue;
            double error = Math.Abs(value - reference);
            Assert.True(error <= tolerance * (scale + Math.Abs(reference)), $"{what}[{index}]: {value:R}, expected {reference:R} (error {error:E2}, tolerance {tolerance:E1})");
        }
    }

    public static void Close<T>(string what, double expected, T actual, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Close<T>(what, new Tensor<double>(Shape.Scalar, [expected]), [actual], tolerance);
}
