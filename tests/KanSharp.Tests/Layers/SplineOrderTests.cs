using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Bases;

namespace KanSharp.Tests.Layers;

/// <summary>
/// Nodes of order 0 to 4 of B-spline layers of every degree against the textbook recursion: values, gradients with respect to inputs, factors and coefficients; narrow
/// layers (samples in the lanes), wide ones (sorted sweeps), both ways outside the grid, and the base branch with inputs of its own.
/// </summary>
public class SplineOrderTests
{
    public static TheoryData<int, OutsideGrid> Cases
    {
        get
        {
            var data = new TheoryData<int, OutsideGrid>();
            foreach (int degree in Enumerable.Range(1, 10))
            {
                data.Add(degree, OutsideGrid.Linear);
                data.Add(degree, OutsideGrid.Zero);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nodes_are_the_derivatives_of_the_recursion(int degree, OutsideGrid outside)
    {
        Compare<double>(degree, outside, 3, 2, 40, 1e-10);
        Compare<double>(degree, outside, 9, 33, 40, 1e-10);
        Compare<float>(degree, outside, 3, 2, 40, 2e-3);
        Compare<float>(degree, outside, 9, 33, 40, 2e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Gradients_with_a_base_branch_of_its_own_inputs(int degree)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = degree, Intervals = 3 }, Mask = true };
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 3, options, degree);
        Tensor<double> x = Check.Sample<double>(new Shape(5, 2), 2, -0.9, 0.9);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            GradientCheckResult result = GradientCheck.Run(
                inputs => layer.Functions.Contract(
                    new EdgeInputs<double>(inputs[0].Node, inputs[1].Node, inputs[2].Node, inputs[3].Node, own), layer.Use(inputs[0].Tape, useBias: false), options.BaseActivation),
                [x, Check.Sample<double>(x.Shape, 3), Check.Sample<double>(x.Shape, 4), Check.Sample<double>(x.Shape, 5)],
                layer.Parameters(),
                new GradientCheckOptions { Tolerance = 2e-6 });
            Assert.True(result.Passed, $"order {order}: {result}");
        }
    }

    /// <summary>The dense and the local evaluation share nothing but the table.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Dense_splines_agree(int degree, OutsideGrid outside)
    {
        KanLinear<double> local = Layer<double>(degree, outside, 4, 6);
        var dense = new GlobalLayer<double>(new DenseSplineBasis<double>(local.Table), 4, 6, new Random(1), false, false, null, false);
        local.Coefficients.Value.Span.CopyTo(dense.Coefficients.Value.Span);
        Tensor<double> x = LayerFactory.Inputs(local, new Shape(30, 4), 3), along = Check.Sample<double>(x.Shape, 6);
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
            {
                var tape = new Tape<double>(executor);
                Var<double> input = tape.Input(x), other = tape.Input(x), factors = tape.Constant(along);
                Var<double> expected = FamilyOrderTests.Record(local, input, factors.Node, order), actual = dense.Forward(other, order, factors.Node);
                tape.Backward(expected.Sum());
                double[] slopes = input.Gradient.ToArray();
                tape.Backward(actual.Sum());
                double size = Math.Max(1, Math.Max(slopes.Max(Math.Abs), expected.Values.ToArray().Max(Math.Abs)));
                Assert.All(expected.Values.ToArray().Zip(actual.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * size));
                Assert.All(slopes.Zip(other.Gradient.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * size));
            }
        }
    }

    private static void Compare<T>(int degree, OutsideGrid outside, int inputs, int outputs, int rows, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanLinear<T> layer = Layer<T>(degree, outside, inputs, outputs);
        Tensor<T> x = LayerFactory.Inputs(layer, new Shape(rows, inputs), degree), along = Check.Sample<T>(x.Shape, 6), g = Check.Sample<T>(new Shape(rows, outputs), 7);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            NaiveOrders expected = NaiveOrders.Compute(layer, x, along, g, order);
            foreach (SimdWidth width in SimdWidths.All)
            {
                using var executor = new Executor(2, width);
                var tape = new Tape<T>(executor);
                Var<T> input = tape.Input(x), factors = tape.Input(along);
                layer.Coefficients.ClearGradient();
                Var<T> y = FamilyOrderTests.Record(layer, input, factors.Node, order);
                tape.Backward(y, g.Span);
                string at = $", order {order}, degree {degree}, {inputs} -> {outputs}, {typeof(T).Name}, {width}";
                expected.Y.Check("y" + at, y.Values, tolerance);
                expected.X.Check<T>("x gradient" + at, input.Gradient, tolerance);
                expected.Along.Check<T>("gradient of factors" + at, factors.Gradient, tolerance);
                expected.Coefficients.Check<T>("coefficient gradient" + at, layer.Coefficients.Gradient, tolerance);
            }
        }
    }

    private static KanLinear<T> Layer<T>(int degree, OutsideGrid outside, int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LayerFactory.Filled<T>(
            inputs, outputs, new KanLinearOptions { Basis = new BSplineOptions { Degree = degree, Intervals = 4, Outside = outside }, BaseActivation = null, EdgeScale = false }, degree, uniform: true);

    /// <summary>The sums edge by edge in double, each with the size that its rounding error is a share of.</summary>
    private sealed class NaiveOrders(int rows, int inputs, int outputs, int count)
    {
        public NaiveKanLayer.Sums Y { get; } = new(rows * outputs);

        public NaiveKanLayer.Sums X { get; } = new(rows * inputs);

        public NaiveKanLayer.Sums Along { get; } = new(rows * inputs);

        public NaiveKanLayer.Sums Coefficients { get; } = new(inputs * count * outputs);

        public static NaiveOrders Compute<T>(KanLinear<T> layer, Tensor<T> x, Tensor<T> along, Tensor<T> g, int order)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            (int rows, int inputs, int outputs, int count) = (x.Shape[0], layer.Inputs, layer.Outputs, layer.Options.Basis.Count);
            var sums = new NaiveOrders(rows, inputs, outputs, count);
            for (int n = 0; n < rows; n++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    double place = double.CreateTruncating(x[n, i]), m = double.CreateTruncating(along[n, i]);
                    double[] values = Functions(layer, i, place, order), slopes = Functions(layer, i, place, order + 1);
                    for (int o = 0; o < outputs; o++)
                    {
                        double weight = double.CreateTruncating(g[n, o]);
                        for (int b = 0; b < count; b++)
                        {
                            double c = double.CreateTruncating(layer.Coefficients.Value[i, b, o]);
                            sums.Y.Add(n * outputs + o, m * c * values[b]);
                            sums.X.Add(n * inputs + i, weight * m * c * slopes[b]);
                            sums.Along.Add(n * inputs + i, weight * c * values[b]);
                            sums.Coefficients.Add((i * count + b) * outputs + o, weight * m * values[b]);
                        }
                    }
                }
            }

            return sums;
        }

        private static double[] Functions<T>(KanLinear<T> layer, int input, double x, int order)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            BSplineOptions options = layer.Options.Spline;
            double[] knots = KnotRows.Exact(layer.Knots.Value.Row(input).ToArray());
            return options.Outside == OutsideGrid.Linear ? NaiveBSpline.AllContinued(knots, options.Degree, x, order) : NaiveBSpline.All(knots, options.Degree, x, order);
        }
    }
}
