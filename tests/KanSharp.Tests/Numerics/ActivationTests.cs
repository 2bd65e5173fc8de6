using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class ActivationTests : NumericsTestBase
{
    public static TheoryData<string> Names => [.. Activation.All.Select(activation => activation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueMatchesItsDefinition(string name)
    {
        Activation activation = Activation.FromName(name);
        for (double x = -12; x <= 12; x += 0.01)
        {
            double expected = Reference(name, x);
            double tolerance = 4e-15 * Math.Abs(expected) + 1e-300;
            Assert.InRange(activation.Evaluate(x), expected - tolerance, expected + tolerance);
            float single = (float)x;
            double expectedSingle = Reference(name, single);
            double toleranceSingle = 1e-6 * Math.Abs(expectedSingle) + 1e-37;
            Assert.InRange(activation.Evaluate(single), expectedSingle - toleranceSingle, expectedSingle + toleranceSingle);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void APairHasTheBitsOfItsParts(string name)
    {
        Activation activation = Activation.FromName(name);
        double[] x = [double.NaN, double.NegativeInfinity, -1e300, -1000, -801, -799, -30, -1.5, -0.0, 0, 1e-300, 0.7, 25, 799, 801, 1e300, double.PositiveInfinity];
        foreach (SimdWidth width in SimdWidths.All)
        {
            for (int order = 0; order < DerivativeOrder.Highest; order++)
            {
                Pair(activation, order, x, width);
                Pair(activation, order, Array.ConvertAll(x, value => (float)value), width);
            }
        }
    }

    private static void Pair<T>(Activation activation, int order, T[] x, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] expected = new T[x.Length], next = new T[x.Length], value = new T[x.Length], slope = new T[x.Length];
        activation.Evaluate<T>(order, x, expected, width);
        activation.Evaluate<T>(order + 1, x, next, width);
        activation.EvaluatePair<T>(order, x, value, slope, width);
        Assert.Equal(expected, value);
        Assert.Equal(next, slope);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DerivativesMatchFiniteDifferencesOfTheOrderBelow(string name)
    {
        Activation activation = Activation.FromName(name);
        for (int order = 1; order <= DerivativeOrder.Highest; order++)
        {
            for (double x = -7.03; x <= 7; x += 0.05)
            {
                if (activation == Activation.ReLU && Math.Abs(x) < 0.09)
                    continue;
                double expected = EighthOrderDifference(t => activation.Evaluate(t, order - 1), x, 0.02 / order);
                double scale = 1 + Math.Abs(expected);
                Assert.Equal(expected, activation.Evaluate(x, order), 2e-11 * scale);
                Assert.Equal(activation.Evaluate((double)(float)x, order), activation.Evaluate((float)x, order), 4e-6 * scale);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryWidthGivesTheBitsOfTheScalarPath(string name)
    {
        Activation activation = Activation.FromName(name);
        CheckWidths<double>(activation);
        CheckWidths<float>(activation);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TailsAreSaturatedAndNeverNaN(string name)
    {
        Activation activation = Activation.FromName(name);
        CheckTails(activation, 1e30, 1e300, double.PositiveInfinity);
        CheckTails(activation, 1e30f, float.MaxValue, float.PositiveInfinity);
    }

    [Fact]
    public void LimitsAtInfinityAreExact()
    {
        const double inf = double.PositiveInfinity;
        Assert.Equal((0.0, inf), (Activation.SiLU.Evaluate(-inf), Activation.SiLU.Evaluate(inf)));
        Assert.Equal((0.0, inf), (Activation.GELU.Evaluate(-inf), Activation.GELU.Evaluate(inf)));
        Assert.Equal((0.0, 1.0), (Activation.Sigmoid.Evaluate(-inf), Activation.Sigmoid.Evaluate(inf)));
        Assert.Equal((-1.0, 1.0), (Activation.Tanh.Evaluate(-inf), Activation.Tanh.Evaluate(inf)));
        Assert.Equal((0.0, inf), (Activation.Softplus.Evaluate(-inf), Activation.Softplus.Evaluate(inf)));
        Assert.Equal((0.0, inf), (Activation.Exp.Evaluate(-inf), Activation.Exp.Evaluate(inf)));
        Assert.Equal((0.0, inf), (Activation.ReLU.Evaluate(-inf), Activation.ReLU.Evaluate(inf)));
        Assert.Equal((0.0, 1.0), (Activation.SiLU.Evaluate(-inf, 1), Activation.SiLU.Evaluate(inf, 1)));
        Assert.Equal((0.0, 1.0), (Activation.GELU.Evaluate(-inf, 1), Activation.GELU.Evaluate(inf, 1)));
        Assert.Equal(50.0, Activation.Softplus.Evaluate(50.0));
        Assert.True(double.IsNaN(Activation.Sin.Evaluate(inf)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaNGoesThroughUnlessTheFunctionIsConstant(string name)
    {
        Activation activation = Activation.FromName(name);
        for (int order = 0; order <= DerivativeOrder.Highest; order++)
        {
            bool constant = activation.Evaluate(0.3, order) == activation.Evaluate(0.7, order)
                && activation.Evaluate(-0.3, order) == activation.Evaluate(0.3, order);
            Assert.Equal(!constant, double.IsNaN(activation.Evaluate(double.NaN, order)));
            Assert.Equal(!constant, float.IsNaN(activation.Evaluate(float.NaN, order)));
        }
    }

    [Fact]
    public void ReLUDerivativeAtZeroIsZero()
    {
        Assert.Equal(0.0, Activation.ReLU.Evaluate(0.0, 1));
        Assert.Equal(1.0, Activation.ReLU.Evaluate(double.Epsilon, 1));
        Assert.Equal(0.0, Activation.ReLU.Evaluate(-double.Epsilon, 1));
    }

    [Fact]
    public void NamesRoundTripAndUnknownOnesAreNamed()
    {
        foreach (Activation activation in Activation.All)
        {
            Assert.Same(activation, Activation.FromName(activation.ToString()));
            Assert.Same(activation, Activation.FromName(activation.Name.ToLowerInvariant()));
        }

        var thrown = Assert.Throws<ArgumentException>("name", () => Activation.FromName("mish"));
        Assert.Contains("mish", thrown.Message);
        Assert.Contains("SiLU, GELU", thrown.Message);
        Assert.Throws<ArgumentOutOfRangeException>("order", () => Activation.Exp.Evaluate(1.0, 6));
        Assert.Throws<ArgumentException>(() => Activation.Exp.Evaluate<float>(0, new float[3], new float[2], SimdWidth.Bits128));
    }

    private static double Reference(string name, double x) => name switch
    {
        "SiLU" => x < 0 ? x * Math.Exp(x) / (1 + Math.Exp(x)) : x / (1 + Math.Exp(-x)),
        "GELU" => x < 0 ? x * HalfErfc(-x) : x * (1 - HalfErfc(x)),
        "Tanh" => Math.Tanh(x),
        "Sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "ReLU" => Math.Max(x, 0),
        "Softplus" => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))),
        "Identity" => x,
        "Zero" => 0,
        "Sin" => Math.Sin(x),
        "Exp" => Math.Exp(x),
        _ => x * x,
    };

    /// <summary>ln(1 + u) by Kahan's correction; <c>double.LogP1</c> of .NET is ln applied to the rounded sum.</summary>
    private static double LogOnePlus(double u)
    {
        double rounded = 1 + u;
        return rounded == 1 ? u : Math.Log(rounded) * u / (rounded - 1);
    }

    /// <summary>½·erfc(a/√2): series of erf near 0, continued fraction beyond.</summary>
    private static double HalfErfc(double a)
    {
        double density = Math.Exp(-a * a / 2) * (1 - Math.FusedMultiplyAdd(a, a, -(a * a)) / 2) / Math.Sqrt(2 * Math.PI);
        if (a < 1.2)
        {
            double term = a, sum = a;
            for (int n = 1; n < 80; n++)
                sum += term *= a * a / (2 * n + 1);
            return 0.5 - sum * density;
        }

        double fraction = 0;
        for (int n = 400; n >= 1; n--)
            fraction = n / (a + fraction);
        return density / (a + fraction);
    }

    private static double EighthOrderDifference(Func<double, double> f, double x, double h)
    {
        double Pair(int k) => f(x + k * h) - f(x - k * h);
        return (Pair(1) * 4 / 5 - Pair(2) / 5 + Pair(3) * 4 / 105 - Pair(4) / 280) / h;
    }

    private static void CheckWidths<T>(Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = [.. Enumerable.Range(0, 203).Select(i => T.CreateTruncating((i - 101) * (1 + i / 40) * 0.173)), T.NaN, T.NegativeInfinity];
        T[] g = [.. Enumerable.Range(0, x.Length).Select(i => T.CreateTruncating(0.5 + i))];
        var actual = new T[x.Length];
        foreach (SimdWidth width in SimdWidths.All)
        {
            for (int order = 0; order <= DerivativeOrder.Highest; order++)
            {
                activation.Evaluate<T>(order, x, actual, width);
                for (int i = 0; i < x.Length; i++)
                    AssertSameBits(activation.Evaluate(x[i], order), actual[i]);
                activation.Multiply<T>(order, x, g, actual, width);
                for (int i = 0; i < x.Length; i++)
                    AssertSameBits(g[i] * activation.Evaluate(x[i], order), actual[i]);
            }
        }
    }

    private static void AssertSameBits<T>(T expected, T actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(expected))
            Assert.True(T.IsNaN(actual));
        else
            Assert.Equal((expected, T.IsNegative(expected)), (actual, T.IsNegative(actual)));
    }

    private static void CheckTails<T>(Activation activation, params T[] magnitudes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T magnitude in magnitudes)
        {
            for (int order = 0; order <= DerivativeOrder.Highest; order++)
            {
                if (activation == Activation.Sin && T.IsInfinity(magnitude))
                    continue;
                T left = activation.Evaluate(-magnitude, order);
                T right = activation.Evaluate(magnitude, order);
                Assert.False(T.IsNaN(left) || T.IsNaN(right), $"{activation} order {order} at ±{magnitude}: {left}, {right}");
                bool saturates = activation != Activation.Sin && activation != Activation.Exp && order >= 2;
                if (saturates && !(activation == Activation.Square && order == 2))
                    Assert.Equal((T.Zero, T.Zero), (left, right));
            }
        }
    }
}
