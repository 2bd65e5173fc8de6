using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

public class SymbolicEdgesTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Standard;

    [Fact]
    public void Values_are_the_sums_of_the_functions()
    {
        SymbolicEdges<double> edges = Create<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(700, 4), 3, 0.2, 1.5);
        var expected = new double[700 * 3];
        for (int row = 0; row < 700; row++)
        {
            for (int e = 0; e < edges.Edges.Count; e++)
            {
                (int input, int output, CatalogFunction function) = edges.Edges[e];
                ReadOnlySpan<double> k = edges.Affine.Value.Row(e);
                expected[row * 3 + output] += k[2] * function.Evaluate(k[0] * x[row, input] + k[1], 0, edges.Exponents!.Value[e]) + k[3];
            }
        }

        Check.Close<double>(expected, edges.Forward(new Tape<double>().Constant(x)).Values, 1e-13);
        Assert.Equal(edges.Forward(new Tape<double>().Constant(x)).Values.ToArray(), edges.Predict(x).Span.ToArray());
        Assert.All(Enumerable.Range(0, 700), row => Assert.Equal(0, edges.Predict(x)[row, 1]));
    }

    [Fact]
    public void Gradients_are_exact()
    {
        Run<double>();
        Run<float>();

        static void Run<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            SymbolicEdges<T> edges = Create<T>();
            Tensor<T> x = Check.Sample<T>(new Shape(5, 4), 3, 0.2, 1.5);
            Check.Passed(GradientCheck.Run(edges.Forward, x, edges.Parameters()));
            Check.Passed(GradientCheck.RunJet<T>(edges.Forward, x, edges.Parameters()));
        }
    }

    [Fact]
    public void Rows_of_the_Jacobian_are_the_derivatives_of_rows()
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(2, width);
            SymbolicEdges<double> edges = Create<double>();
            Tensor<double> x = Check.Sample<double>(new Shape(9, 4), 3, 0.2, 1.5);
            foreach (Func<Var<double>, Var<double>> forward in (Func<Var<double>, Var<double>>[])[edges.Forward, v => edges.Forward(Jet<double>.Seed(v, 1)).Derivative])
            {
                double[,] rows = DenseJacobian.FromRuns(forward, x, executor, out JacobianLayout<double> layout);
                Assert.Empty(layout.Refused);
                Assert.False(layout.EndsLinearly);
                Assert.Equal(5 * edges.Edges.Count, layout.Unknowns);
                DenseJacobian.Near(DenseJacobian.FromDifferences(forward, x, layout), rows, 2e-8);
            }
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        double[] one = Step(1);
        Assert.Equal(one, Step(2));
        Assert.Equal(one, Step(3));

        static double[] Step(int threads)
        {
            using var executor = new Executor(threads);
            SymbolicEdges<double> edges = Create<double>();
            var tape = new Tape<double>(executor);
            Var<double> x = tape.Input(Check.Sample<double>(new Shape(3000, 4), 3, 0.2, 1.5));
            Var<double> y = edges.Forward(x);
            tape.Backward(y.Square().Mean());
            return [.. y.Values, .. x.Gradient, .. edges.Affine.Gradient, .. edges.Exponents!.Gradient];
        }
    }

    [Fact]
    public void An_exponent_that_is_no_number_gives_no_number_and_no_exception()
    {
        SymbolicEdges<double> edges = Create<double>();
        edges.Exponents!.Value[3] = double.PositiveInfinity;
        var tape = new Tape<double>();
        Var<double> y = edges.Forward(tape.Constant(Check.Sample<double>(new Shape(5, 4), 3, 0.2, 1.5)));
        tape.Backward(y.Sum());
        Assert.Equal((false, true), (double.IsNaN(y.Values[0]), double.IsNaN(y.Values[2])));
        Assert.True(double.IsNaN(edges.Exponents.Gradient[3]));
        Assert.True(double.IsFinite(edges.Affine.Gradient[0]));
    }

    [Fact]
    public void A_copy_is_the_same_and_has_its_own_parameters()
    {
        SymbolicEdges<double> edges = Create<double>();
        edges.Affine.Trainable = false;
        SymbolicEdges<double> copy = edges.Clone();
        Assert.False(copy.Affine.Trainable);
        Assert.True(copy.Exponents!.Trainable);
        edges.Affine.Value[0, 0] = 17;
        Assert.Equal(1.3, copy.Affine.Value[0, 0]);
        Assert.Equal((2, -1), (copy.IndexOf(2, 2), copy.IndexOf(3, 1)));
    }

    [Fact]
    public void Misuse_is_named()
    {
        var affine = new Tensor<double>(new Shape(1, 4));
        SymbolicEdge sin = new(0, 0, Catalog["sin"]), power = new(0, 0, Catalog["x^p"]);
        Says("Edge (0, 2) leads nowhere: inputs are 0 to 0, outputs 0 to 1.", () => new SymbolicEdges<double>(1, 2, [new(0, 2, Catalog["sin"])], affine));
        Says("Edge (0, 0) is given twice", () => new SymbolicEdges<double>(1, 2, [sin, sin], affine));
        Says("There are no edges", () => new SymbolicEdges<double>(1, 2, [], affine));
        Says("The constants have shape [1, 4]; 2 edges have [2, 4]", () => new SymbolicEdges<double>(1, 2, [sin, new(0, 1, Catalog["sin"])], affine));
        Says("Exponents are missing; they must have shape [1]", () => new SymbolicEdges<double>(1, 2, [power], affine));
        Says("Exponents are given with shape [1]; no function", () => new SymbolicEdges<double>(1, 2, [sin], affine, new Tensor<double>(new Shape(1))));
        Says("SymbolicEdges: the input has shape [2, 3]; the layer takes [..., 1].", () => new SymbolicEdges<double>(1, 2, [sin], affine).Forward(new Tape<double>().Constant(new Tensor<double>(new Shape(2, 3)))));

        static void Says(string message, Action action) => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    /// <summary>Six edges from 4 inputs to 3 outputs, of which the second has none.</summary>
    private static SymbolicEdges<T> Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SymbolicEdge[] edges =
        [
            new(0, 0, Catalog["sin"]), new(1, 0, Catalog["exp"]), new(2, 2, Catalog["sin"]), new(3, 2, Catalog["x^p"]), new(3, 0, Catalog["x^p"]), new(0, 2, Catalog["1/x"]),
        ];
        double[] affine = [1.3, 0.2, 0.7, -0.1, 0.4, -0.3, 0.5, 0.6, -0.8, 0.1, 1.1, 0.2, 0.9, 0.3, 0.6, -0.2, 1.2, 0.1, -0.4, 0.3, 0.7, 0.5, 0.8, -0.5];
        return new SymbolicEdges<T>(
            4, 3, edges, new Tensor<double>(new Shape(6, 4), affine).Cast<T>(), new Tensor<double>(new Shape(6), [1, 1, 1, 1.7, -0.6, 1]).Cast<T>());
    }
}
