using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Tests.Bases;

/// <summary>What every global family must fulfil, at every register width and in both precisions.</summary>
public class GlobalBasisTests
{
    private const int Features = 3;

    public static TheoryData<string> Names => GlobalFamilies.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAndDerivativesAreTheClosedFormInDouble(string name) => Compare<double>(name, 1e-13);

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAndDerivativesAreTheClosedFormInFloat(string name) => Compare<float>(name, 1e-5);

    [Theory]
    [MemberData(nameof(Names))]
    public void EachDerivativeIsTheSlopeOfTheOneBefore(string name)
    {
        GlobalBasis<double> basis = GlobalFamilies.Named(name).Create<double>();
        const double Step = 1e-3;
        double[] x = [-0.93, -0.4, 0.02, 0.31, 0.77, 0.999];
        for (int order = 1; order <= GlobalBasis<double>.MaxOrder; order++)
        {
            double[] slope = Values(basis, x, order, SimdWidth.Bits256);
            double[][] around = [.. new[] { -2, -1, 1, 2 }.Select(k => Values(basis, [.. x.Select(v => v + (k * Step))], order - 1, SimdWidth.Bits256))];
            for (int index = 0; index < slope.Length; index++)
            {
                double difference = (around[0][index] - (8 * around[1][index]) + (8 * around[2][index]) - around[3][index]) / (12 * Step);
                Assert.Equal(difference, slope[index], 1e-7 * (1 + Math.Abs(slope[index])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NotANumberIsPassedOn(string name)
    {
        GlobalBasis<float> basis = GlobalFamilies.Named(name).Create<float>();
        foreach (SimdWidth width in SimdWidths.All)
            Assert.Contains(Values(basis, [float.NaN], 0, width), float.IsNaN);
    }

    [Fact]
    public void GaussiansVanishAtInfinityWithAllDerivatives()
    {
        var basis = new GaussianBasis<float>(-2, 2, 8);
        for (int order = 0; order <= GlobalBasis<float>.MaxOrder; order++)
        {
            Assert.All(Values(basis, [float.PositiveInfinity], order, SimdWidth.Bits512), value => Assert.Equal(0, value));
            Assert.All(Values(basis, [float.NegativeInfinity], order, SimdWidth.Bits512), value => Assert.Equal(0, value));
        }
    }

    /// <summary>FastKAN's sums of eight Gaussians on [−2, 2] (computed from the formula with 50 digits).</summary>
    [Theory]
    [InlineData(2, 1.3863, 1e-4)]
    [InlineData(4, 4.8e-6, 1e-7)]
    public void FastKanSumsAreAsPublished(double x, double expected, double tolerance) =>
        Assert.Equal(expected, Values(new GaussianBasis<double>(-2, 2, 8), [x], 0, SimdWidth.Bits512).Sum(), tolerance);

    [Fact]
    public void ChebyshevDerivativesAreFiniteAtTheEnds()
    {
        // T_n′(1) = n², which the arccosine form can not give
        double[] slopes = Values(ThreeTermBasis<double>.Chebyshev(6), [1], 1, SimdWidth.Bits512);
        Assert.Equal([0, 1, 4, 9, 16, 25, 36], slopes);
    }

    private static void Compare<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GlobalFamilies.Family family = GlobalFamilies.Named(name);
        GlobalBasis<T> basis = family.Create<T>();
        var random = new Random(4);
        T[] x = [.. Enumerable.Range(0, 37).Select(_ => T.CreateTruncating((random.NextDouble() * 3) - 1.5))];
        foreach (SimdWidth width in SimdWidths.All)
        {
            for (int order = 0; order <= GlobalBasis<T>.MaxOrder; order++)
            {
                T[] values = Values(basis, x, order, width);
                for (int j = 0; j < basis.Count; j++)
                {
                    for (int n = 0; n < x.Length; n++)
                    {
                        double expected = family.At(j, double.CreateTruncating(x[n]))[order];
                        double actual = double.CreateTruncating(values[(j * x.Length) + n]);
                        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(10, Math.Abs(expected)), $"{name} {width} order {order} φ_{j}({x[n]}) = {actual:R}, expected {expected:R}");
                    }
                }
            }
        }
    }

    /// <summary>Values [function, point], the same for each of several features at strides wider than needed.</summary>
    private static T[] Values<T>(GlobalBasis<T> basis, T[] x, int order, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => width switch
        {
            SimdWidth.Bits512 => Values<Simd512<T>, T>(basis, x, order),
            SimdWidth.Bits256 => Values<Simd256<T>, T>(basis, x, order),
            SimdWidth.Bits128 => Values<Simd128<T>, T>(basis, x, order),
            _ => Values<SimdScalar<T>, T>(basis, x, order),
        };

    private static T[] Values<V, T>(GlobalBasis<T> basis, T[] x, int order)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = (x.Length + V.Count - 1) / V.Count * V.Count;
        int pointStride = length + V.Count, valueStride = length + (2 * V.Count);
        var points = new T[Features * pointStride];
        for (int feature = 0; feature < Features; feature++)
            x.CopyTo(points, feature * pointStride);
        var values = new T[Features * basis.Count * valueStride];
        basis.Evaluate<V>(new BasisBlock<T>(0, Features, length, order, ref points[0], pointStride, ref values[0], valueStride));
        var result = new T[basis.Count * x.Length];
        for (int j = 0; j < basis.Count; j++)
        {
            Span<T> row = values.AsSpan(j * valueStride, x.Length);
            for (int feature = 1; feature < Features; feature++)
                Assert.Equal(row.ToArray(), values.AsSpan(((feature * basis.Count) + j) * valueStride, x.Length).ToArray());
            row.CopyTo(result.AsSpan(j * x.Length));
        }

        return result;
    }
}
