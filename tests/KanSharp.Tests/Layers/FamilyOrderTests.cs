using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Nodes y = Σ_i m_i·φ_io⁽ᵈ⁾(x_i) of every family and every order d: each is the slope of the order before, and all its gradients are right.</summary>
public class FamilyOrderTests
{
    public static TheoryData<string> Names => FamilyLayers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_order_is_the_slope_of_the_one_before(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 4, 5);
        Tensor<double> x = FamilyLayers.Inputs<double>(25, 3, 3), along = Check.Sample<double>(x.Shape, 8);
        for (int order = 1; order <= DerivativeOrder.HighestOfNode; order++)
        {
            const double Step = 2e-4;
            double[] actual = Values(layer, x, along, order), difference = new double[actual.Length];
            foreach ((int steps, double weight) in new[] { (-2, 1.0), (-1, -8.0), (1, 8.0), (2, -1.0) })
            {
                Tensor<double> moved = x.Clone();
                for (int index = 0; index < moved.Shape.Count; index++)
                    moved.Span[index] += steps * Step * along.Span[index];
                double[] below = Values(layer, moved, null, order - 1);
                for (int index = 0; index < below.Length; index++)
                    difference[index] += weight * below[index] / (12 * Step);
            }

            Near(difference, actual, 1e-7, $"order {order}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 4, 2);
        Tensor<double> x = FamilyLayers.Inputs<double>(7, 3, 4);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            GradientCheckResult result = GradientCheck.Run(
                inputs => Record(layer, inputs[0], inputs[1].Node, own), [x, Check.Sample<double>(x.Shape, 8)], layer.Parameters(), new GradientCheckOptions { Tolerance = 2e-6 });
            Assert.True(result.Passed, $"order {order}: {result}");
        }
    }

    /// <summary>Options that no family has by default.</summary>
    [Theory]
    [InlineData("bumps")]
    [InlineData("sharp bumps of constant factor")]
    [InlineData("wide fixed bumps")]
    [InlineData("fixed centres")]
    [InlineData("fixed width")]
    [InlineData("high degree")]
    [InlineData("long recurrence")]
    public void Gradients_agree_for_other_options(string name)
    {
        BasisOptions basis = name switch
        {
            "bumps" => new ReluBumpOptions { Power = 3, Low = -2, High = 2 },
            "sharp bumps of constant factor" => new ReluBumpOptions { Power = 4, ConstantHeight = false, Low = -2, High = 2 },
            "wide fixed bumps" => new ReluBumpOptions { Span = 7, TrainPhases = false, Low = -2, High = 2 },
            "fixed centres" => new Sech2Options { TrainCenters = false },
            "fixed width" => new Sech2Options { TrainWidth = false },
            "high degree" => new PolynomialOptions { Degree = 11 },
            _ => new GramOptions { Degree = 8 },
        };
        KanLinear<double> layer = KanLinear<double>.Create(2, 3, new KanLinearOptions { Basis = basis, EdgeScale = true, Mask = true }, new SplitRandom(3));
        FamilyLayers.Enliven(layer, 4);
        Tensor<double> x = Check.Sample<double>(new Shape(6, 2), 4, -1, 1);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            GradientCheckResult result = GradientCheck.Run(
                inputs => Record(layer, inputs[0], inputs[1].Node, own), [x, Check.Sample<double>(x.Shape, 8)], layer.Parameters(), new GradientCheckOptions { Tolerance = 2e-6 });
            Assert.True(result.Passed, $"order {order}: {result}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_register_width_computes_the_same(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 5, 7, 3);
        Tensor<double> x = FamilyLayers.Inputs<double>(33, 5, 8), along = Check.Sample<double>(x.Shape, 8);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            double[][] expected = Step(layer, x, along, order, SimdWidth.Scalar);
            foreach (SimdWidth width in (SimdWidth[])[SimdWidth.Bits128, SimdWidth.Bits256, SimdWidth.Bits512])
                Near(expected, Step(layer, x, along, order, width), 1e-11, $"order {order}, {width}");
        }
    }

    /// <summary>The truth is the same layer in double.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_is_double_but_for_rounding(string family)
    {
        KanLinear<float> layer = FamilyLayers.Create<float>(family, 3, 4, 5);
        KanLinear<double> exact = FamilyLayers.Create<double>(family, 3, 4, 5);
        FamilyLayers.Copy(layer, exact);
        Tensor<float> x = FamilyLayers.Inputs<float>(25, 3, 3), along = Check.Sample<float>(x.Shape, 8);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            double[][] expected = Step(exact, x.Cast<double>(), along.Cast<double>(), order, SimdWidth.Scalar);
            foreach (SimdWidth width in SimdWidths.All)
                Near(expected, Step(layer, x, along, order, width), 1e-4, $"order {order}, {width}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_of_the_Jacobian_are_the_derivatives_of_rows(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 4, 6);
        KanLinear<float> single = FamilyLayers.Create<float>(family, 3, 4, 6);
        FamilyLayers.Copy(layer, single);
        Tensor<double> x = FamilyLayers.Inputs<double>(9, 3, 5), along = Check.Sample<double>(x.Shape, 8);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            Var<double> Forward(Var<double> v) => Record(layer, v, v.Tape.Constant(along).Node, own);
            double[,]? expected = null;
            foreach (SimdWidth width in (SimdWidth[])[SimdWidth.Scalar, SimdWidth.Bits256])
            {
                using var executor = new Executor(2, width);
                double[,] rows = DenseJacobian.FromRuns<double>(Forward, x, executor, out JacobianLayout<double> layout);
                Assert.Empty(layout.Refused);
                expected ??= DenseJacobian.FromDifferences(Forward, x, layout);
                DenseJacobian.Near(expected, rows, 1e-7);
                DenseJacobian.Near(expected, DenseJacobian.FromRuns<float>(v => Record(single, v, v.Tape.Constant(along.Cast<float>()).Node, own), x.Cast<float>(), executor, out _), 2e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_higher_order_is_refused_where_it_is_recorded(string family)
    {
        KanLinear<double> layer = FamilyLayers.Create<double>(family, 3, 4, 6);
        Var<double> x = new Tape<double>().Constant(FamilyLayers.Inputs<double>(2, 3, 5));
        foreach (int order in (int[])[-1, 5])
        {
            Assert.Contains(
                $"Functions of family '{layer.Options.Basis.Family}': derivatives of order {order} can not be recorded on a tape; allowed are orders 0 (the value) to 4",
                Assert.Throws<NotSupportedException>(() => Record(layer, x, null, order)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_steady_step_allocates_nothing(string family)
    {
        KanLinear<float> layer = FamilyLayers.Create<float>(family, 6, 5, 4);
        Tensor<float> x = FamilyLayers.Inputs<float>(64, 6, 2);
        using var executor = new Executor(1);
        var tape = new Tape<float>(executor) { Training = true };
        for (int step = 0; step < 5; step++)
            Step();
        Assert.Equal(0, SteadyState.AllocatedBytes(Step));

        void Step()
        {
            tape.Reset();
            Var<float> input = tape.Input(x);
            tape.Backward((Record(layer, input, input.Node, 3) + Record(layer, input, input.Node, 4)).Square().Mean());
        }
    }

    internal static Var<T> Record<T>(KanLinear<T> layer, Var<T> x, Node<T>? along, int order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        layer.Functions.Contract(new EdgeInputs<T>(x.Node, along, x.Node, along, order), layer.Use(x.Tape, useBias: order == 0), layer.BaseWeight is null ? null : layer.Options.BaseActivation);

    private static double[] Values(KanLinear<double> layer, Tensor<double> x, Tensor<double>? along, int order)
    {
        var tape = new Tape<double> { RecordsGradients = false };
        return Record(layer, tape.Constant(x), along is null ? null : tape.Constant(along).Node, order).Values.ToArray();
    }

    /// <summary>The values and all gradients of a node.</summary>
    private static double[][] Step<T>(KanLinear<T> layer, Tensor<T> x, Tensor<T> along, int order, SimdWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var executor = new Executor(1, width);
        var tape = new Tape<T>(executor);
        Var<T> input = tape.Input(x), multiplier = tape.Input(along), y = Record(layer, input, multiplier.Node, order);
        foreach ((_, Parameter<T> parameter) in layer.Parameters())
            parameter.ClearGradient();
        tape.Backward((y * tape.Constant(Check.Sample<T>(y.Shape, 4))).Sum());
        return
        [
            Check.Doubles(y.Values), Check.Doubles<T>(input.Gradient), Check.Doubles<T>(multiplier.Gradient),
            .. layer.Parameters().Select(entry => Check.Doubles<T>(entry.Parameter.Gradient)),
        ];
    }

    private static void Near(double[][] expected, double[][] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int part = 0; part < expected.Length; part++)
            Near(expected[part], actual[part], tolerance, $"{what}, part {part}");
    }

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Length == 0 ? 1 : Math.Max(1, expected.Max(Math.Abs));
        for (int index = 0; index < expected.Length; index++)
            Assert.True(Math.Abs(expected[index] - actual[index]) <= tolerance * largest, $"{what}, element {index}: {actual[index]:R}, expected {expected[index]:R}, largest {largest:G4}");
    }
}
