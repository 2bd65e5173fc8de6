using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Solving;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Bases;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Equations.Solving;

/// <summary>Systems of residuals of two unknowns in x and t with a coefficient c, and modules for them.</summary>
internal static class Systems
{
    public static ProblemNames Names { get; } = new(["x", "t"], ["u", "v"], ["c"]);

    public static Module<double> Separable(ulong seed = 3) => SeparableKan<double>.Create(2, 3, [Splines(0, 1), Splines(0, 2)], seed);

    public static Module<double> Network(ulong seed = 3) => KanNetwork<double>.Create([2, 4, 2], Splines(-1, 2), seed);

    /// <summary>Interior, a side with normals, points with data.</summary>
    public static CollocationBlock[] Blocks(int interior)
    {
        Tensor<double> inner = Check.Sample<double>(new Shape(interior, 2), 1, 0.05, 0.95), side = Check.Sample<double>(new Shape(21, 2), 2, 0.05, 0.95), few = Check.Sample<double>(new Shape(5, 2), 3, 0.05, 0.95);
        var normals = new Tensor<double>(side.Shape);
        for (int row = 0; row < side.Shape[0]; row++)
            (side[row, 0], normals[row, 0]) = (1, 1);
        double[] values = [0.1, 0.2, 0.3, 0.4, 0.5];
        Residual data = Residual.Of("data", at => at["v"] - at.Tape.Constant(values.AsSpan(at.Start, at.Count), new Shape(at.Count, 1)));
        return
        [
            new CollocationBlock("equations", Names, ["u_t - c*u_xx + u*v", "v_xt*v + u_t^2 - sin(x)"], inner, null, Fields, 1),
            new CollocationBlock("side", Names, ["n_x*u_x + v = 1"], side, normals, Fields, 3),
            new CollocationBlock("data", Names, [data], few, null, Fields, 0.5),
        ];
    }

    public static CollocationSystem Create(Module<double> module, Parameter<double> coefficient, int interior = 40, Executor? executor = null) =>
        new(module, [coefficient], Blocks(interior), executor ?? Executor.Default, () => { });

    public static Parameter<double> Coefficient(double value = 0.3) => new(new Tensor<double>(new Shape(1), [value]));

    private static KanLinearOptions Splines(double low, double high) =>
        KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Degree = 5, Intervals = 4, Low = low, High = high } };

    /// <summary>u = x·t + (1 + x)·first output, v = second output.</summary>
    private static FieldParts[] Fields(Tensor<double> points, JetShape shape)
    {
        string[] variables = ["x", "t"];
        GivenFunction lift = new(Expression.Parse("x*t"), variables), distance = new(Expression.Parse("1 + x"), variables);
        return [new FieldParts(lift.Evaluate(shape, points.Span), distance.Evaluate(shape, points.Span)), new FieldParts(null, null)];
    }
}
