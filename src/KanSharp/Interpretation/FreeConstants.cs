using System.Globalization;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>Tells fitted numbers in a formula from simple ones.</summary>
internal static class FreeConstants
{
    private const int SimpleDigits = 5;
    private const double SimpleFraction = 1e5;

    /// <summary>How many numbers of a formula are neither fractions of small numbers nor decimals of few digits.</summary>
    public static int Count(Expression formula)
    {
        int count = formula is NumberExpression number && !IsSimple(number) ? 1 : 0;
        foreach (Expression child in formula.Children)
            count += Count(child);
        return count;
    }

    private static bool IsSimple(NumberExpression number) =>
        (number.IsExact && Math.Abs((double)number.Numerator) * number.Denominator <= SimpleFraction)
        || Digits(number.Value) <= SimpleDigits;

    private static int Digits(double value) =>
        Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
}
