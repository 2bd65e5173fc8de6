using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Derivatives of every mother wavelet, published forms included, as nodes of order 0 to 4.</summary>
public class WaveletOrderTests
{
    public static TheoryData<WaveletKind, bool> Forms
    {
        get
        {
            var data = new TheoryData<WaveletKind, bool>();
            foreach (WaveletKind kind in Enum.GetValues<WaveletKind>())
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Values_are_the_derivatives_of_the_definition(WaveletKind kind, bool published)
    {
        var options = new WaveletOptions { Kind = kind, PublishedForm = published };
        double[] places = [.. Enumerable.Range(-23, 47).Select(n => 0.171 * n + 0.013)];
        for (int order = 0; order <= DerivativeOrder.Highest; order++)
        {
            Func<double, double> truth = Truth(options, order);
            double[] expected = [.. places.Select(truth)], float64 = Derivatives<double>(options, places, order);
            double[] rounded = [.. places.Select(x => truth((float)x))], float32 = Derivatives<float>(options, places, order);
            double largest = Math.Max(1, expected.Max(Math.Abs));
            for (int index = 0; index < places.Length; index++)
            {
                double tolerance = kind == WaveletKind.Meyer && !published ? 3e-7 : 1e-12;
                Assert.True(Math.Abs(expected[index] - float64[index]) <= tolerance * largest, $"order {order} at {places[index]}: {float64[index]:R}, expected {expected[index]:R}");
                Assert.True(Math.Abs(rounded[index] - float32[index]) <= 2e-5 * largest, $"order {order} at {places[index]}: {float32[index]:R}, expected {rounded[index]:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Gradients_agree_with_finite_differences(WaveletKind kind, bool published)
    {
        var options = new KanLinearOptions { Basis = new WaveletOptions { Kind = kind, PublishedForm = published }, EdgeScale = true, Mask = true };
        KanLinear<double> layer = KanLinear<double>.Create(3, 11, options, new SplitRandom(4));
        FamilyLayers.Enliven(layer, 3);
        Tensor<double> x = FamilyLayers.Inputs<double>(6, 3, 4);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            GradientCheckResult result = GradientCheck.Run(
                inputs => FamilyOrderTests.Record(layer, inputs[0], inputs[1].Node, own), [x, Check.Sample<double>(x.Shape, 8)], layer.Parameters(), new GradientCheckOptions { Tolerance = 2e-6 });
            Assert.True(result.Passed, $"order {order}: {result}");
        }
    }

    /// <summary>ψ⁽ᵈ⁾ as values of nodes; the highest order is the gradient of the one below. Equal at every register width but for rounding.</summary>
    private static double[] Derivatives<T>(WaveletOptions options, double[] places, int order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinear<T> layer = KanLinear<T>.Create(1, 1, new KanLinearOptions { Basis = options, BaseActivation = null, EdgeScale = false }, new SplitRandom(0));
        layer.Coefficients.Value.Span.Fill(T.One);
        foreach ((string name, Tensor<T> tensor) in new[] { "scale", "translation", "window" }.Zip(layer.Functions.Tensors))
            tensor.Span.Fill(name == "translation" ? T.Zero : T.One);
        var x = new Tensor<T>(new Shape(places.Length, 1), [.. places.Select(T.CreateTruncating)]);
        double[]? first = null;
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            var tape = new Tape<T>(executor);
            Var<T> input = tape.Input(x), y = FamilyOrderTests.Record(layer, input, null, Math.Min(order, DerivativeOrder.HighestOfNode));
            tape.Backward(y.Sum());
            double[] values = Check.Doubles<T>(order == DerivativeOrder.Highest ? input.Gradient : y.Values);
            first ??= values;
            double largest = Math.Max(1, first.Max(Math.Abs));
            Assert.All(values.Zip(first), pair => Assert.Equal(pair.Second, pair.First, (typeof(T) == typeof(float) ? 2e-6 : 1e-14) * largest));
        }

        return first!;
    }

    private static Func<double, double> Truth(WaveletOptions options, int order)
    {
        if (options is { Kind: WaveletKind.Meyer, PublishedForm: false })
            return u => Meyer(u, order);
        if (options.Kind == WaveletKind.Meyer)
        {
            // even, in three pieces
            Func<double, double> inner = Symbolic("sin(pi*x)", order);
            Func<double, double> outer = Symbolic("sin(pi*x)*cos(pi/2*(2*x - 1)^4*(35 - 84*(2*x - 1) + 70*(2*x - 1)^2 - 20*(2*x - 1)^3))", order);
            return u => (u < 0 && order % 2 == 1 ? -1 : 1) * (Math.Abs(u) < 0.5 ? inner(Math.Abs(u)) : Math.Abs(u) < 1 ? outer(Math.Abs(u)) : 0);
        }

        double gauss = Math.Pow(Math.PI, -0.25);
        (double factor, string formula) = (options.Kind, options.PublishedForm) switch
        {
            (WaveletKind.MexicanHat, false) => (2 / Math.Sqrt(3) * gauss, "(1 - x^2)*exp(-x^2/2)"),
            (WaveletKind.MexicanHat, true) => (-2 / Math.Sqrt(3) * gauss, "(1 - x^2)*exp(-x^2/2)"),
            (WaveletKind.DerivativeOfGaussian, false) => (Math.Sqrt(2) * gauss, "-x*exp(-x^2/2)"),
            (WaveletKind.DerivativeOfGaussian, true) => (1, "-x*exp(-x^2/2)"),
            (WaveletKind.Morlet, false) => (MorletShape.Amplitude, "(cos(5*x) - exp(-12.5))*exp(-x^2/2)"),
            (WaveletKind.Morlet, true) => (1, "cos(5*x)*exp(-x^2/2)"),
            (WaveletKind.Shannon, false) => (1, "2*sinc(2*pi*x) - sinc(pi*x)"),
            _ => (1.0, "sinc(x)"),
        };
        Func<double, double> truth = Symbolic(formula, order);
        return u => factor * truth(u);
    }

    /// <summary>The catalogue's own derivatives of sin x/x come from a recurrence in double precision; near 0 the rules of differentiation lose digits.</summary>
    private static Func<double, double> Symbolic(string formula, int order)
    {
        if (formula == "sinc(x)")
            return u => FunctionCatalog.Standard["sinc"].Evaluate(u, order);
        if (formula.Contains("sinc", StringComparison.Ordinal))
        {
            return u => 2 * Math.Pow(2 * Math.PI, order) * FunctionCatalog.Standard["sinc"].Evaluate(2 * Math.PI * u, order)
                - Math.Pow(Math.PI, order) * FunctionCatalog.Standard["sinc"].Evaluate(Math.PI * u, order);
        }

        Expression expression = Expression.Parse(formula);
        for (int d = 0; d < order; d++)
            expression = expression.Differentiate("x");
        return u => expression.Evaluate(new Dictionary<string, double> { ["x"] = u });
    }

    /// <summary>(1/π)·∫ A(ω)·d^order/du^order cos ωu dω by Simpson's rule over the two parts of the band.</summary>
    private static double Meyer(double u, int order)
    {
        double Wave(double w) => Math.Pow(w, order) * (order % 4) switch { 0 => Math.Cos(w * u), 1 => -Math.Sin(w * u), 2 => -Math.Cos(w * u), _ => Math.Sin(w * u) };
        double third = 2 * Math.PI / 3;
        double rising = FamilyFunctions.Integral(h => Math.Sin(Math.PI / 2 * MeyerShape.Rise((3 * (1.5 * third + h) / (2 * Math.PI)) - 1)) * Wave(1.5 * third + h), third / 2, 600);
        double falling = FamilyFunctions.Integral(h => Math.Cos(Math.PI / 2 * MeyerShape.Rise((3 * (3 * third + h) / (4 * Math.PI)) - 1)) * Wave(3 * third + h), third, 600);
        return (rising + falling) / Math.PI;
    }
}
