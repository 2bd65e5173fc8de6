using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Finds simple numbers in an interval: fractions p/q alone and times π, 1/π, π², e, √2, ln 2 and their like, and decimals of few digits. The simplest fraction
/// comes from the Stern-Brocot tree (M. A. Stern 1858), so that there is no list to choose from.
/// </summary>
internal static class SimpleNumbers
{
    private const double LargestPart = 1e9;

    // Nobody means a fraction of more digits than this, in nats, however well it fits.
    private const double LargestCost = 12;
    private const int DecimalDigits = 5;

    // Weight: how many times rarer a multiple of it is than a plain fraction.
    private static readonly (Expression Exact, double Value, double Weight)[] Multipliers = Table();

    /// <summary>Adds what lies in [low, high].</summary>
    public static void Find(double low, double high, List<SimpleNumber> found)
    {
        if (!(low <= high) || !double.IsFinite(low) || !double.IsFinite(high))
            return;
        foreach ((Expression exact, double factor, double weight) in Multipliers)
        {
            if (!Simplest(low / factor, high / factor, out long p, out long q))
                continue;
            double cost = p == 0 ? 0 : Math.Log(Math.Abs((double)p) * q * weight);
            bool whole = q == 1 && factor == 1;
            if ((cost > LargestCost && !whole) || (p == 0 && !whole))
                continue;
            Expression value = Expression.Rational(p, q) * exact;
            found.Add(new SimpleNumber(value, (double)p / q * factor, cost));
        }

        AddDecimals(low, high, found);
    }

    /// <summary>The fraction of smallest parts in an interval.</summary>
    internal static bool Simplest(double low, double high, out long numerator, out long denominator)
    {
        (numerator, denominator) = (0, 1);
        if (low <= 0 && high >= 0)
            return true;
        if (high < 0)
        {
            bool found = Simplest(-high, -low, out numerator, out denominator);
            numerator = -numerator;
            return found;
        }

        // Continued fraction of the interval: whole parts while they agree, then the smallest whole number above the lower end.
        long p0 = 0, q0 = 1, p1 = 1, q1 = 0;
        while (true)
        {
            double whole = Math.Floor(low);
            bool last = whole == low || Math.Floor(high) > whole;
            double part = last && whole != low ? whole + 1 : whole;
            if (part * p1 + p0 > LargestPart || part * q1 + q0 > LargestPart)
                return false;
            long a = (long)part;
            (p0, q0, p1, q1) = (p1, q1, a * p1 + p0, a * q1 + q0);
            if (last)
                break;
            (low, high) = (1 / (high - whole), 1 / (low - whole));
        }

        (numerator, denominator) = (p1, q1);
        return true;
    }

    private static void AddDecimals(double low, double high, List<SimpleNumber> found)
    {
        double middle = (low + high) / 2;
        if (middle == 0)
            return;
        int magnitude = (int)Math.Floor(Math.Log10(Math.Abs(middle)));
        for (int digits = 1; digits <= DecimalDigits; digits++)
        {
            int exponent = magnitude - digits + 1;
            double unit = Math.Pow(10, Math.Abs(exponent));
            double whole = Math.Round(exponent < 0 ? middle * unit : middle / unit);
            double value = exponent < 0 ? whole / unit : whole * unit;
            if (!(value >= low && value <= high) || value == 0)
                continue;
            found.Add(new SimpleNumber(Expression.Number(value), value, 1.5 + Math.Log(Math.Abs(whole)) + 0.7 * Math.Abs(exponent)));
            return;
        }
    }

    private static (Expression Exact, double Value, double Weight)[] Table()
    {
        Expression pi = Expression.Pi, e = Expression.E, rootPi = Expression.Sqrt(pi);
        static Expression Root(int n) => Expression.Sqrt(n);
        static Expression Ln(int n) => FunctionCatalog.Standard["log"].Apply(n);
        return
        [
            (1, 1, 1), (pi, Math.PI, 3), (1 / pi, 1 / Math.PI, 4), (pi * pi, Math.PI * Math.PI, 8), (Expression.Power(pi, -2), 1 / (Math.PI * Math.PI), 12),
            (Root(2), Math.Sqrt(2), 5), (Root(3), Math.Sqrt(3), 6), (Root(5), Math.Sqrt(5), 8), (Root(6), Math.Sqrt(6), 12), (Root(7), Math.Sqrt(7), 16),
            (Root(10), Math.Sqrt(10), 14), (rootPi, Math.Sqrt(Math.PI), 8), (1 / rootPi, 1 / Math.Sqrt(Math.PI), 8),
            (Root(2) * rootPi, Math.Sqrt(2 * Math.PI), 8), (1 / (Root(2) * rootPi), 1 / Math.Sqrt(2 * Math.PI), 6),
            (Root(2) / rootPi, Math.Sqrt(2 / Math.PI), 12), (Root(2) * pi, Math.Sqrt(2) * Math.PI, 16), (e, Math.E, 8), (1 / e, 1 / Math.E, 10),
            (e * e, Math.E * Math.E, 16), (Ln(2), Math.Log(2), 10), (Ln(10), Math.Log(10), 12),
        ];
    }
}
