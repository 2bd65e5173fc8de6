using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

/// <summary>Shared helpers: distances in ulp and runs at every SIMD width.</summary>
public abstract class NumericsTestBase
{
    public static TheoryData<int> Widths
    {
        get
        {
            var data = new TheoryData<int>();
            foreach (SimdWidth width in SimdWidths.All)
                data.Add((int)width);
            return data;
        }
    }

    /// <summary>|actual − expected| in units of the spacing of T at expected; equal values and NaN against NaN give 0.</summary>
    protected static double UlpDistance<T>(T actual, double expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(expected);
        if (actual == rounded || (T.IsNaN(actual) && T.IsNaN(rounded)))
            return 0;
        if (!T.IsFinite(actual) || !T.IsFinite(rounded))
            return double.PositiveInfinity;
        T size = T.Abs(rounded);
        double ulp = double.CreateTruncating(T.BitIncrement(size) - size);
        return Math.Abs(double.CreateTruncating(actual) - expected) / ulp;
    }
}
