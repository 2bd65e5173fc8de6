using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

/// <summary>
/// Accuracy over the whole range. Sweeps go through the bit patterns with a fixed stride, so every exponent, the denormals, the infinities
/// and NaN are met, and once more densely through the range in which the function does something. The truth in float is System.Math in
/// double; in double it is System.Math, whose own error (below 1 ulp) is inside the bounds.
/// </summary>
public class SimdMathTests : NumericsTestBase
{
    private static readonly double[,] ErfValues =
    {
        { 1e-300, 1.1283791670955126e-300 },
        { 1e-09, 1.1283791670955127e-09 },
        { 0.03125, 0.035250373867322826 },
        { 0.25, 0.27632639016823696 },
        { 0.5, 0.5204998778130465 },
        { 0.875, 0.7840750610598597 },
        { 0.9990234375, 0.8422950185281028 },
        { 1, 0.8427007929497149 },
        { 1.0009765625, 0.843105775616735 },
        { 1.375, 0.9481700727820903 },
        { 1.75, 0.9866716712191824 },
        { 2.5, 0.999593047982555 },
        { 3.25, 0.9999956972205363 },
        { 4.5, 0.9999999998033839 },
        { 5.75, 0.9999999999999996 },
    };

    private static readonly double[,] NormalValues =
    {
        { -38.25, 2.0795e-320 },
        { -37, 5.725571222524577e-300 },
        { -30.5, 1.3029379131780763e-204 },
        { -20.125, 2.228860638310343e-90 },
        { -12.75, 1.5587262888811991e-37 },
        { -8.3, 5.205569744890254e-17 },
        { -5.5, 1.8989562465887718e-08 },
        { -3.1, 0.0009676032132183566 },
        { -2, 0.02275013194817921 },
        { -1.25, 0.10564977366685525 },
        { -0.6, 0.2742531177500736 },
        { -0.1, 0.460172162722971 },
        { -1e-09, 0.49999999960105773 },
        { 0.2, 0.579259709439103 },
        { 0.9, 0.8159398746532405 },
        { 1.7, 0.955434537241457 },
        { 3.3, 0.9995165758576162 },
        { 6.1, 0.9999999994696577 },
        { 9, 1.0 },
    };

    [Theory]
    [MemberData(nameof(Widths))]
    public void ExpOfNegativeNumbers(int width)
    {
        ExpOfNegative<double>(width, double.MinValue, -708.39641, -720);
        ExpOfNegative<float>(width, float.MinValue, -87.3365f, -90);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp(int width)
    {
        Check<ExpOperator, double>(width, Math.Exp, -750, 712, 2);
        Check<ExpOperator, float>(width, Math.Exp, -105, 90, 2);
        AssertValues<ExpOperator>(width, (0, 1), (-0.0, 1), (double.PositiveInfinity, double.PositiveInfinity),
            (double.NegativeInfinity, 0), (709.782712893384, 1.7976931348622732e308), (709.79, double.PositiveInfinity),
            (-745.13, double.Epsilon), (-745.14, 0), (double.Epsilon, 1));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tanh(int width)
    {
        Check<TanhOperator, double>(width, Math.Tanh, -22, 22, 3);
        Check<TanhOperator, float>(width, Math.Tanh, -10, 10, 3);
        AssertValues<TanhOperator>(width, (0, 0), (-0.0, -0.0), (double.PositiveInfinity, 1), (double.NegativeInfinity, -1),
            (double.Epsilon, double.Epsilon), (-1e-310, -1e-310), (400, 1));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sin(int width)
    {
        Check<SinOperator, double>(width, Math.Sin, -200, 200, 2);
        Check<SinOperator, double>(width, Math.Sin, 0, 2e9, 2);
        Check<SinOperator, float>(width, Math.Sin, -200, 200, 2);
        Check<SinOperator, float>(width, Math.Sin, 0, 3e5, 2);
        AssertValues<SinOperator>(width, (0, 0), (-0.0, -0.0), (double.PositiveInfinity, double.NaN), (double.Epsilon, double.Epsilon),
            (Math.PI, 1.2246467991473532e-16), (1e300, Math.Sin(1e300)), (-1e22, Math.Sin(-1e22)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Cos(int width)
    {
        Check<CosOperator, double>(width, Math.Cos, -200, 200, 2);
        Check<CosOperator, double>(width, Math.Cos, 0, 2e9, 2);
        Check<CosOperator, float>(width, Math.Cos, -200, 200, 2);
        Check<CosOperator, float>(width, Math.Cos, 0, 3e5, 2);
        AssertValues<CosOperator>(width, (0, 1), (-0.0, 1), (double.NegativeInfinity, double.NaN), (double.Epsilon, 1),
            (Math.PI / 2, 6.123233995736766e-17), (1e300, Math.Cos(1e300)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void SineKeepsItsRelativeAccuracyBesideMultiplesOfPi(int width)
    {
        double[] x = [.. Enumerable.Range(1, 40_000).Select(k => k * 331.0 * Math.PI)];
        CheckAt<SinOperator, double>((SimdWidth)width, x, Math.Sin, 2);
        float[] single = [.. Enumerable.Range(1, 40_000).Select(k => (float)(k * Math.PI))];
        CheckAt<SinOperator, float>((SimdWidth)width, single, Math.Sin, 2);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Log(int width)
    {
        Check<LogOperator, double>(width, Math.Log, 0.4, 3, 2);
        Check<LogOperator, float>(width, Math.Log, 0.4, 3, 2);
        AssertValues<LogOperator>(width, (1, 0), (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (-1, double.NaN),
            (double.NegativeInfinity, double.NaN), (double.PositiveInfinity, double.PositiveInfinity),
            (double.Epsilon, -744.4400719213812), (double.MaxValue, 709.782712893384));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void LogOnePlusOfUnit(int width)
    {
        double[] x = [.. Enumerable.Range(0, 100_001).Select(i => i / 100_000.0), .. Enumerable.Range(0, 1000).Select(i => Math.Pow(0.5, i))];
        CheckAt<LogOnePlusOperator, double>((SimdWidth)width, x, LogOnePlus, 2);
        CheckAt<LogOnePlusOperator, float>((SimdWidth)width, [.. x.Select(v => (float)v)], LogOnePlus, 2);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Erf(int width)
    {
        CheckTable<ErfOperator>((SimdWidth)width, ErfValues, 3);
        AssertValues<ErfOperator>(width, (0, 0), (-0.0, -0.0), (double.PositiveInfinity, 1), (double.NegativeInfinity, -1), (1e300, 1));
        for (int i = 0; i < ErfValues.GetLength(0); i++)
            AssertValues<ErfOperator>(width, (-ErfValues[i, 0], -Single<ErfOperator, double>(ErfValues[i, 0])));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void NormalDistribution(int width)
    {
        CheckTable<NormalOperator>((SimdWidth)width, NormalValues, 6);
        AssertValues<NormalOperator>(width, (0, 0.5), (double.NegativeInfinity, 0), (double.PositiveInfinity, 1), (-1e300, 0));

        // Between the tabulated points: the difference of Φ is the integral of φ (Simpson), in the bulk and deep in the tail.
        foreach (double start in new[] { -37.0, -20.0, -8.0, -3.0, -1.0, 0.0, 0.7 })
        {
            double x = start, h = 0.01 / (1 + Math.Abs(start));
            for (int step = 0; step < 200; step++, x += h)
            {
                double end = x + h;
                double low = Single<NormalOperator, double>(x), high = Single<NormalOperator, double>(end);
                double integral = (end - x) / 6 * (Density(x) + 4 * Density((x + end) / 2) + Density(end));
                Assert.Equal(1, (high - low) / integral, 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void EveryLaneHasTheBitsOfTheScalarPath(int width)
    {
        double[] x = [.. Enumerable.Range(0, 5000).Select(i => (i - 2500) * Math.Pow(1.02, i % 700) * 1e-3)];
        CheckBits<ExpOperator>((SimdWidth)width, x);
        CheckBits<TanhOperator>((SimdWidth)width, x);
        CheckBits<SinOperator>((SimdWidth)width, x);
        CheckBits<CosOperator>((SimdWidth)width, x);
        CheckBits<LogOperator>((SimdWidth)width, x);
        CheckBits<ErfOperator>((SimdWidth)width, x);
        CheckBits<NormalOperator>((SimdWidth)width, x);
    }

    private static void Check<TOperator, T>(int width, Func<double, double> truth, double from, double to, double bound)
        where TOperator : struct, IUnaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int count = 60_000;
        var values = new T[2 * count];
        ulong stride = ulong.MaxValue / count;
        for (int i = 0; i < count; i++)
        {
            ulong bits = (ulong)i * stride;
            values[i] = typeof(T) == typeof(float) ? Unsafe.BitCast<uint, T>((uint)(bits >> 32)) : Unsafe.BitCast<ulong, T>(bits);
            values[count + i] = T.CreateTruncating(from + (to - from) * i / count);
        }

        CheckAt<TOperator, T>((SimdWidth)width, values, truth, bound);
    }

    private static void CheckAt<TOperator, T>(SimdWidth width, T[] x, Func<double, double> truth, double bound)
        where TOperator : struct, IUnaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        Elementwise.Map<TOperator, T>(x, y, width);
        double worst = 0;
        T at = default;
        for (int i = 0; i < x.Length; i++)
        {
            double distance = UlpDistance(y[i], truth(double.CreateTruncating(x[i])));
            if (distance > worst)
                (worst, at) = (distance, x[i]);
        }

        Assert.True(worst <= bound, $"{typeof(TOperator).Name} {typeof(T).Name} at {at}: {worst} ulp, allowed {bound}");
    }

    private static void CheckTable<TOperator>(SimdWidth width, double[,] table, double bound)
        where TOperator : struct, IUnaryOperator
    {
        for (int i = 0; i < table.GetLength(0); i++)
        {
            double x = table[i, 0], expected = table[i, 1];
            CheckAt<TOperator, double>(width, [x], _ => expected, bound);
            if ((float)x == x)
                CheckAt<TOperator, float>(width, [(float)x], _ => expected, bound);
        }
    }

    private static void AssertValues<TOperator>(int width, params (double X, double Y)[] expected)
        where TOperator : struct, IUnaryOperator
    {
        double[] x = [.. expected.Select(pair => pair.X), double.NaN];
        var y = new double[x.Length];
        Elementwise.Map<TOperator, double>(x, y, (SimdWidth)width);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(UlpDistance(y[i], expected[i].Y) <= 1, $"{typeof(TOperator).Name}({x[i]}) = {y[i]}, expected {expected[i].Y}");
            Assert.Equal(double.IsNegative(expected[i].Y), double.IsNegative(y[i]));
        }

        Assert.True(double.IsNaN(y[^1]));
    }

    private static void CheckBits<TOperator>(SimdWidth width, double[] x)
        where TOperator : struct, IUnaryOperator
    {
        float[] single = [.. x.Select(v => (float)v)];
        double[] y = new double[x.Length], reference = new double[x.Length];
        float[] singleY = new float[x.Length], singleReference = new float[x.Length];
        Elementwise.Map<TOperator, double>(x, y, width);
        Elementwise.Map<TOperator, double>(x, reference, SimdWidth.Scalar);
        Elementwise.Map<TOperator, float>(single, singleY, width);
        Elementwise.Map<TOperator, float>(single, singleReference, SimdWidth.Scalar);
        Assert.Equal(reference, y);
        Assert.Equal(singleReference, singleY);
    }

    private static T Single<TOperator, T>(T x)
        where TOperator : struct, IUnaryOperator
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SimdScalar<T>.Sum(TOperator.Invoke<SimdScalar<T>, T>(new(x)));

    private static void ExpOfNegative<T>(int width, T lowest, T smallestNormal, T below)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Count = 20_011;
        var x = new T[Count];
        for (int index = 0; index < Count; index++)
            x[index] = smallestNormal * T.CreateTruncating(index) / T.CreateTruncating(Count);
        T[] limits = [T.Zero, smallestNormal, below, lowest, T.NegativeInfinity, T.NaN];
        limits.CopyTo(x, 0);
        var y = new T[Count];
        Elementwise.Map<ExpOfNegativeOperator, T>(x, y, (SimdWidth)width);
        Assert.Equal([T.Zero, T.Zero, T.Zero, T.NaN], y[2..6]);
        for (int index = 0; index < Count; index++)
        {
            if (index is < 2 or > 5)
                Assert.InRange(UlpDistance(y[index], Math.Exp(double.CreateTruncating(x[index]))), 0, 2);
        }
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    private static double LogOnePlus(double u)
    {
        double rounded = 1 + u;
        return rounded == 1 ? u : Math.Log(rounded) * u / (rounded - 1);
    }

    private readonly struct ExpOfNegativeOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.ExpOfNegative<V, T>(x);
    }

    private readonly struct ExpOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Exp<V, T>(x);
    }

    private readonly struct TanhOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Tanh<V, T>(x);
    }

    private readonly struct SinOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Sin<V, T>(x);
    }

    private readonly struct CosOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Cos<V, T>(x);
    }

    private readonly struct LogOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Log<V, T>(x);
    }

    private readonly struct LogOnePlusOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.LogOnePlusOfUnit<V, T>(x);
    }

    private readonly struct ErfOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.Erf<V, T>(x);
    }

    private readonly struct NormalOperator : IUnaryOperator
    {
        public static V Invoke<V, T>(V x)
            where V : unmanaged, ISimd<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SimdMath.NormalCdf<V, T>(x, out _);
    }
}
