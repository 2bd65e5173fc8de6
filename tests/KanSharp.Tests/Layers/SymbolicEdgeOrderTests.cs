using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>Derivatives of symbolic edges as nodes of order 0 to 4, for every function of the catalogue: two edges each, from one input to two outputs.</summary>
public class SymbolicEdgeOrderTests
{
    private const double Exponent = 1.7;

    public static TheoryData<string> Names => [.. FunctionCatalog.Standard.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_the_derivatives_of_the_expression(string name)
    {
        Values<double>(name, 1e-10);
        Values<float>(name, 2e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        Gradients<double>(name, 2e-6);
        Gradients<float>(name, 2e-2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_of_the_Jacobian_are_the_derivatives_of_rows(string name)
    {
        SymbolicEdges<double> edges = Create<double>(name);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            Var<double> Forward(Var<double> x) => edges.Record(x, own, x.Tape.Constant(Check.Sample<double>(x.Shape, 5)).Node);
            double[,] rows = DenseJacobian.FromRuns<double>(Forward, Points<double>(name), Executor.Default, out JacobianLayout<double> layout);
            Assert.Empty(layout.Refused);
            DenseJacobian.Near(DenseJacobian.FromDifferences(Forward, Points<double>(name), layout), rows, 1e-7);
        }
    }

    [Fact]
    public void A_higher_order_is_refused_where_it_is_recorded()
    {
        SymbolicEdges<double> edges = Create<double>("sin");
        Var<double> x = new Tape<double>().Constant(Points<double>("sin"));
        Assert.Contains(
            "SymbolicEdges: derivatives of order 5 can not be recorded on a tape; allowed are orders 0 (the value) to 4",
            Assert.Throws<NotSupportedException>(() => edges.Record(x, 5, null)).Message, StringComparison.Ordinal);
    }

    private static void Values<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SymbolicEdges<T> edges = Create<T>(name);
        Tensor<T> x = Points<T>(name), multiplier = Check.Sample<T>(x.Shape, 5);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            var expected = new double[2 * x.Shape[0]];
            var sizes = new double[expected.Length];
            for (int edge = 0; edge < 2; edge++)
            {
                double[] k = Check.Doubles<T>(edges.Affine.Value.Row(edge));
                double exponent = edges.Exponents is null ? double.NaN : double.CreateTruncating(edges.Exponents.Value[edge]);
                Expression curve = k[2] * FunctionCatalog.Standard[name].Apply((k[0] * Expression.Variable("x")) + k[1], exponent) + k[3];
                for (int d = 0; d < order; d++)
                    curve = curve.Differentiate("x");
                for (int row = 0; row < x.Shape[0]; row++)
                {
                    double value = curve.Evaluate(new Dictionary<string, double> { ["x"] = double.CreateTruncating(x[row, 0]) });
                    expected[2 * row + edge] = double.CreateTruncating(multiplier[row, 0]) * value;
                    sizes[2 * row + edge] = 1 + Math.Abs(value);
                }
            }

            foreach (SimdWidth width in SimdWidths.All)
            {
                using var executor = new Executor(1, width);
                var tape = new Tape<T>(executor);
                double[] actual = Check.Doubles<T>(edges.Record(tape.Constant(x), order, tape.Constant(multiplier).Node).Values);
                for (int index = 0; index < actual.Length; index++)
                    Assert.True(Math.Abs(expected[index] - actual[index]) <= tolerance * sizes[index], $"order {order}, {width}, row {index / 2}: {actual[index]:R}, expected {expected[index]:R}");
            }
        }
    }

    private static void Gradients<T>(string name, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SymbolicEdges<T> edges = Create<T>(name);
        Tensor<T> x = Points<T>(name);
        for (int order = 0; order <= DerivativeOrder.HighestOfNode; order++)
        {
            int own = order;
            Check.Passed(GradientCheck.Run(
                inputs => edges.Record(inputs[0], own, inputs[1].Node), [x, Check.Sample<T>(x.Shape, 5)], edges.Parameters(), new GradientCheckOptions { Tolerance = tolerance }));
        }
    }

    private static SymbolicEdges<T> Create<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CatalogFunction function = FunctionCatalog.Standard[name];
        var affine = new Tensor<double>(new Shape(2, 4), [0.9, 0.05, 0.7, -0.1, 1.2, -0.1, -0.4, 0.3]);
        return new SymbolicEdges<T>(
            1, 2, [new(0, 0, function), new(0, 1, function)], affine.Cast<T>(), function.HasExponent ? new Tensor<double>(new Shape(2), [Exponent, -0.6]).Cast<T>() : null);
    }

    /// <summary>Inside the domain of every function that has one, and on either side of 0 for the others; away from jumps.</summary>
    private static Tensor<T> Points<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] x = FunctionCatalog.Standard[name].Domain.IsWhole ? [-1.9, -0.6, 0.43, 1.3, 0.81, -0.32, 0.57] : [0.31, 0.43, 0.52, 0.6, 0.67, 0.36, 0.49];
        return new Tensor<double>(new Shape(x.Length, 1), x).Cast<T>();
    }
}
