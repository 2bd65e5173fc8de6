using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interchange;
using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Networks;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>Networks in ONNX Runtime against their own predictions; differences as <see cref="OnnxCases.Difference{T}"/> defines them.</summary>
public class OnnxNetworkTests(ITestOutputHelper output)
{
    private const double Single = 1e-5, Double = 1e-12;

    public static TheoryData<string> Families => [.. KanFamilies.Names];

    public static MatrixTheoryData<WaveletKind, bool> Wavelets => new(Enum.GetValues<WaveletKind>(), [false, true]);

    /// <summary>In single precision where a network multiplies its own rounding (waves of large values), up to ten times what the prediction is off the exact one.</summary>
    [Fact]
    public void A_hundred_random_networks_agree()
    {
        double single = 0, exact = 0;
        int rough = 0;
        for (int number = 0; number < 50; number++)
        {
            SplitRandom random = new SplitRandom(1000).Split((ulong)number);
            KanNetwork<float> network = OnnxCases.Random<float>(random);
            Tensor<float> x = OnnxCases.Inputs<float>(random, 64, network.Features);
            double difference = OnnxCases.Difference(network, x);
            if (difference > Single)
            {
                var wide = (KanNetwork<double>)ModelFile.ToNetwork<double>(ModelFile.ToFile(network, null), null);
                double own = OnnxCases.Difference([.. wide.Predict(x.Cast<double>()).Span], BasisLowering.Numbers(network.Predict(x)));
                Assert.True(difference < 10 * own, $"case {number}: {difference:g3}, own rounding {own:g3}\n{network.Summary()}");
                rough++;
            }
            else
            {
                single = Math.Max(single, difference);
            }

            random = new SplitRandom(2000).Split((ulong)number);
            KanNetwork<double> other = OnnxCases.Random<double>(random);
            difference = OnnxCases.Difference(other, OnnxCases.Inputs<double>(random, 64, other.Features));
            Assert.True(difference <= Double, $"case {number} in double precision: {difference:g3}\n{other.Summary()}");
            exact = Math.Max(exact, difference);
        }

        output.WriteLine($"float {single:g3}, double {exact:g3}, {rough} rough");
        Assert.InRange(rough, 0, 3);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_family_agrees(string name)
    {
        Families_agree<float>(name, Single);
        Families_agree<double>(name, Double);
    }

    [Theory]
    [MemberData(nameof(Wavelets))]
    public void Every_wavelet_agrees(WaveletKind kind, bool published)
    {
        var options = new WaveletOptions { Kind = kind, PublishedForm = published };
        Agree<float>(options, Single);
        Agree<double>(options, Double);
    }

    [Theory]
    [InlineData(PolynomialKind.Chebyshev2)]
    [InlineData(PolynomialKind.Jacobi)]
    [InlineData(PolynomialKind.Laguerre)]
    [InlineData(PolynomialKind.Hermite)]
    public void Polynomials_of_high_degree_agree(PolynomialKind kind)
    {
        // their slopes at 1 multiply the rounding of tanh
        Agree<float>(new PolynomialOptions { Kind = kind, Degree = 6 }, Single);
        Agree<double>(new PolynomialOptions { Kind = kind, Degree = 16 }, Double);
    }

    /// <summary>The ends of the grid, each knot, and inputs far outside.</summary>
    [Theory]
    [InlineData(1, OutsideGrid.Linear)]
    [InlineData(3, OutsideGrid.Linear)]
    [InlineData(7, OutsideGrid.Linear)]
    [InlineData(1, OutsideGrid.Zero)]
    [InlineData(3, OutsideGrid.Zero)]
    [InlineData(7, OutsideGrid.Zero)]
    public void Splines_agree_at_knots_and_far_outside(int degree, OutsideGrid outside)
    {
        AtKnots<float>(degree, outside, Single);
        AtKnots<double>(degree, outside, Double);
    }

    [Fact]
    public void Mixed_networks_agree()
    {
        Assert.True(OnnxCases.Difference(MixedNetworks.Create<double>(), MixedNetworks.Inputs<double>(200, 3)) < Double);
        Assert.True(OnnxCases.Difference(MixedNetworks.Create<float>(), MixedNetworks.Inputs<float>(200, 3)) < Single);
        Assert.True(OnnxCases.Difference(MixedNetworks.Create<double>().WithInputs([2, 0, 1]), MixedNetworks.Inputs<double>(200, 3)) < Double);
        Assert.True(OnnxCases.Difference(MixedNetworks.Formula<double>(), MixedNetworks.Inputs<double>(200, 2)) < Double);
    }

    [Fact]
    public void Perceptrons_agree()
    {
        foreach (Activation activation in Activation.All)
        {
            var random = new SplitRandom(3);
            Assert.True(OnnxCases.Difference(Mlp<double>.Create([4, 7, 5, 2], activation), OnnxCases.Inputs<double>(random, 50, 4)) < Double);
            Assert.True(OnnxCases.Difference(Mlp<float>.Create([4, 7, 5, 2], activation), OnnxCases.Inputs<float>(random, 50, 4)) < Single);
        }
    }

    /// <summary>
    /// The runtime fuses nodes into operators with attributes of single precision, such as the factor of FusedMatMul and the epsilon of LayerNormalization; files of
    /// double precision must not lose digits by it.
    /// </summary>
    [Fact]
    public void Fusions_of_the_runtime_cost_no_digits()
    {
        var random = new SplitRandom(5);
        foreach (InputNormalization normalization in Enum.GetValues<InputNormalization>())
        {
            foreach (Activation activation in (Activation[])[Activation.Identity, Activation.SiLU, Activation.GELU])
            {
                var options = new KanLinearOptions { Normalization = normalization, BaseActivation = activation };
                KanNetwork<double> network = KanNetwork<double>.Create(NetworkShape.Parse("1,1,1,3,1"), options, 3, trainNodes: true)
                    .WithSymbolicEdges([new EdgeFormula(1, 0, 0, FunctionCatalog.Standard["sin"], 0.3, 0, 0.1), new EdgeFormula(2, 0, 1, FunctionCatalog.Standard["x"], 0.7)]);
                OnnxCases.Prepare(network, random);
                Assert.True(OnnxCases.Difference(network, OnnxCases.Inputs<double>(random, 50, 1, 0.01)) < 1e-13);
                KanNetwork<double> wide = KanNetwork<double>.Create([4, 3, 2], options, 3);
                OnnxCases.Prepare(wide, random);
                Assert.True(OnnxCases.Difference(wide, OnnxCases.Inputs<double>(random, 50, 4, 0.003)) < 1e-13);
            }
        }
    }

    /// <summary>A model of single precision in a file of double precision is the model without its rounding.</summary>
    [Fact]
    public void Precision_can_be_chosen()
    {
        KanNetwork<float> network = KanNetwork<float>.Create([3, 4, 2], seed: 2);
        Tensor<float> x = OnnxCases.Inputs<float>(new SplitRandom(1), 100, 3);
        double exact = OnnxCases.Difference(network, x, OnnxPrecision.Double);
        Assert.InRange(exact, 1e-9, 1e-6);
        KanNetwork<double> wide = KanNetwork<double>.Create([3, 4, 2], seed: 2);
        Assert.InRange(OnnxCases.Difference(wide, OnnxCases.Inputs<double>(new SplitRandom(1), 100, 3), OnnxPrecision.Single), 1e-9, Single);
    }

    /// <summary>NaN gives NaN; an infinite input gives 0 where functions vanish outside and nothing finite where they continue.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Not_a_number_stays(string name)
    {
        KanLinearOptions options = OnnxCases.Family(KanFamilies.Named(name), 4);
        Stays<double>(options);
        Stays<float>(options);
    }

    [Fact]
    public void Infinities_are_as_in_the_library()
    {
        foreach (BasisOptions basis in (BasisOptions[])
        [
            new BSplineOptions { Outside = OutsideGrid.Zero }, new GaussianOptions(), new Sech2Options(), new ReluBumpOptions(), new SplineGaussianOptions(),
            new WaveletOptions(), new WaveletOptions { Kind = WaveletKind.Morlet }, new WaveletOptions { Kind = WaveletKind.Meyer }, new WaveletOptions { Kind = WaveletKind.Meyer, PublishedForm = true },
        ])
        {
            KanNetwork<double> network = KanNetwork<double>.Create([1, 2], new KanLinearOptions { Basis = basis, BaseActivation = null });
            var x = new Tensor<double>(new Shape(2, 1), [double.PositiveInfinity, double.NegativeInfinity]);
            double[] expected = [.. network.Predict(x).Span], actual = OnnxRun.First(OnnxRun.File(ModelLowering.Of(network), OnnxPrecision.Model), [.. x.Span], 1);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
        }

        KanNetwork<double> linear = KanNetwork<double>.Create([1, 2], KanLinearOptions.SplinesOnly);
        Assert.All(OnnxRun.First(OnnxRun.File(ModelLowering.Of(linear), OnnxPrecision.Model), [double.PositiveInfinity], 1), value => Assert.False(double.IsFinite(value)));
    }

    /// <summary>A symbolic edge outside its domain spoils its own output alone.</summary>
    [Fact]
    public void A_pole_stays_in_its_output()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3], new KanLinearOptions { BaseActivation = null })
            .WithSymbolicEdges([new EdgeFormula(0, 0, 1, FunctionCatalog.Standard["log"]), new EdgeFormula(0, 1, 1, FunctionCatalog.Standard["1/x"]), new EdgeFormula(0, 0, 2, FunctionCatalog.Standard["x"])]);
        double[] y = OnnxRun.First(OnnxRun.File(ModelLowering.Of(network), OnnxPrecision.Model), [-1, 0, 1, 0], 2);
        Assert.Equal([true, false, true, true, false, true], y.Select(double.IsFinite));
        Assert.True(double.IsNaN(y[1]));
        Assert.Equal(double.PositiveInfinity, y[4]);
    }

    private void Families_agree<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Agree<T>(OnnxCases.Family(KanFamilies.Named(name), 5), tolerance);

    private void Agree<T>(KanLinearOptions options, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(7);
        KanNetwork<T> network = KanNetwork<T>.Create([4, 6, 3], options, 11);
        OnnxCases.Prepare(network, random);
        double difference = OnnxCases.Difference(network, OnnxCases.Inputs<T>(random, 300, 4));
        output.WriteLine($"{options.Basis.Family} {typeof(T).Name} {difference:g3}");
        Assert.True(difference <= tolerance, $"{typeof(T).Name}: {difference:g3}");
    }

    private static void AtKnots<T>(int degree, OutsideGrid outside, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = degree, Outside = outside, Intervals = 6, Low = -0.7, High = 1.9 }, BaseActivation = null };
        KanNetwork<T> network = KanNetwork<T>.Create([2, 3], options, 5);
        var random = new SplitRandom(3);
        for (int round = 0; round < 2; round++)
        {
            Tensor<T> knots = network.Layers[0].Knots.Value;
            int length = knots.Shape[1];
            T[] points =
            [
                .. Enumerable.Range(0, length).SelectMany(knot => (T[])[knots[0, knot], knots[1, knot]]),
                .. Enumerable.Range(0, length - 1).SelectMany(knot => (T[])[T.BitDecrement(knots[0, knot + 1]), T.BitIncrement(knots[1, knot])]),
                T.CreateTruncating(-100), T.CreateTruncating(50), T.CreateTruncating(1e6), T.CreateTruncating(-1e6),
            ];
            var x = new Tensor<T>(new Shape(points.Length / 2, 2), points);
            Assert.True(OnnxCases.Difference(network, x) < tolerance);
            network.UpdateGrid(OnnxCases.Inputs<T>(random, 200, 2), new GridUpdateOptions { Epsilon = 0.3 });
        }
    }

    private static void Stays<T>(KanLinearOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanNetwork<T> network = KanNetwork<T>.Create([2, 3], options, 1);
        double[] y = OnnxRun.First(OnnxRun.File(ModelLowering.Of(network), OnnxPrecision.Model), [0.5, double.NaN], 2);
        Assert.All(y, value => Assert.True(double.IsNaN(value)));
    }
}
