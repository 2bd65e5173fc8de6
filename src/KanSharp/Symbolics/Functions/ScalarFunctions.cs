namespace KanSharp.Symbolics.Functions;

/// <summary>A function with its derivatives computed point by point in double precision, NaN outside its domain.</summary>
internal interface IScalarFunction
{
    static abstract double Evaluate(double x, int order);
}

/// <summary>arcsin x; with s = 1 − x² the derivatives are s^(−1/2), x·s^(−3/2), (1 + 2x²)·s^(−5/2), (9x + 6x³)·s^(−7/2), (9 + 72x² + 24x⁴)·s^(−9/2).</summary>
internal readonly struct ArcsinFunction : IScalarFunction
{
    public static double Evaluate(double x, int order)
    {
        double s = (1 - x) * (1 + x), root = Math.Sqrt(s);
        return order switch
        {
            0 => Math.Asin(x),
            1 => 1 / root,
            2 => x / (s * root),
            3 => (1 + (2 * x * x)) / (s * s * root),
            4 => x * (9 + (6 * x * x)) / (s * s * s * root),
            _ => (9 + (x * x * (72 + (24 * x * x)))) / (s * s * s * s * root),
        };
    }
}

/// <summary>arccos x = π/2 − arcsin x.</summary>
internal readonly struct ArccosFunction : IScalarFunction
{
    public static double Evaluate(double x, int order) => order == 0 ? Math.Acos(x) : -ArcsinFunction.Evaluate(x, order);
}

/// <summary>arctan x; with q = 1/(1 + x²) the derivatives are q, −2x·q², (6x² − 2)·q³, 24x·(1 − x²)·q⁴, (120x⁴ − 240x² + 24)·q⁵.</summary>
internal readonly struct ArctanFunction : IScalarFunction
{
    public static double Evaluate(double x, int order)
    {
        double q = 1 / (1 + (x * x)), p = x * q;
        return order switch
        {
            0 => Math.Atan(x),
            1 => q,
            2 => -2 * p * q,
            3 => q * ((6 * p * p) - (2 * q * q)),
            4 => 24 * p * q * ((q * q) - (p * p)),
            _ => 24 * q * ((p * p * ((5 * p * p) - (10 * q * q))) + (q * q * q * q)),
        };
    }
}

/// <summary>artanh x for |x| &lt; 1; with q = 1/(1 − x²) the derivatives are q, 2x·q², (6x² + 2)·q³, 24(x + x³)·q⁴, (24 + 240x² + 120x⁴)·q⁵.</summary>
internal readonly struct ArctanhFunction : IScalarFunction
{
    public static double Evaluate(double x, int order)
    {
        if (Math.Abs(x) > 1)
            return double.NaN;
        double q = 1 / ((1 - x) * (1 + x));
        return order switch
        {
            0 => Math.Atanh(x),
            1 => q,
            2 => 2 * x * q * q,
            3 => ((6 * x * x) + 2) * q * q * q,
            4 => 24 * x * (1 + (x * x)) * q * q * q * q,
            _ => 24 * (1 + (x * x * (10 + (5 * x * x)))) * q * q * q * q * q,
        };
    }
}

/// <summary>sinh x.</summary>
internal readonly struct SinhFunction : IScalarFunction
{
    public static double Evaluate(double x, int order) => order % 2 == 0 ? Math.Sinh(x) : Math.Cosh(x);
}

/// <summary>cosh x.</summary>
internal readonly struct CoshFunction : IScalarFunction
{
    public static double Evaluate(double x, int order) => order % 2 == 0 ? Math.Cosh(x) : Math.Sinh(x);
}
