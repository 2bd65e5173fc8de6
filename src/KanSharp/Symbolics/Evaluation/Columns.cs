using System.Numerics;

namespace KanSharp.Symbolics.Evaluation;

/// <summary>Operations on columns that Numerics has no need of.</summary>
internal static class Columns
{
    /// <summary>y = x + constant; y may be x.</summary>
    public static void AddConstant(double constant, ReadOnlySpan<double> x, Span<double> y)
    {
        int i = 0;
        Vector<double> c = new(constant);
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(x[i..]) + c).CopyTo(y[i..]);
        for (; i < x.Length; i++)
            y[i] = x[i] + constant;
    }

    /// <summary>y = x^p element by element; y may be either.</summary>
    public static void Power(ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Math.Pow(x[i], p[i]);
    }
}
