using KanSharp.Interchange.Lowering;
using KanSharp.Interchange.Onnx;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Interchange.Onnx;

/// <summary>Functions of the catalogue and activations in ONNX Runtime against the library's, in both precisions.</summary>
public class OnnxFunctionTests
{
    private static readonly double[] s_points =
    [
        .. Enumerable.Range(-400, 801).Select(n => n / 40.0), .. Enumerable.Range(-60, 121).Select(n => n / 60.0), -0.0, 1e-9, -1e-9, 1e-5, -3e-5, 30, -30, 45.5, -45.5, 80, -80,
    ];

    public static TheoryData<string> Names => [.. FunctionCatalog.Standard.Select(function => function.Name)];

    public static TheoryData<string> Activations => [.. Activation.All.Select(activation => activation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_of_the_catalogue_agrees(string name)
    {
        CatalogFunction function = FunctionCatalog.Standard[name];
        Expression formula = function.Apply(Expression.Variable("x"), 1.37);
        LoweredModel model = ModelLowering.Of(["x"], [("y", formula)]);
        double Value(double x) => function.Evaluate(x, 0, 1.37);
        Compare(model, OnnxPrecision.Double, s_points, Value, 2e-14);
        Compare(model, OnnxPrecision.Single, s_points, Value, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_agrees(string name)
    {
        Activation function = Activation.FromName(name);
        var model = new LoweredModel(["x"], ["y"], [new ActivationStep(1, function)]);
        double[] points = [.. s_points, 1000, -1000, double.NegativeInfinity];
        Compare(model, OnnxPrecision.Double, points, x => function.Evaluate(x), 1e-14);
        Compare(model, OnnxPrecision.Single, points, x => function.Evaluate(x), 1e-5);
    }

    /// <summary>NaN in, NaN out, unless the function is constant.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Not_a_number_stays(string name)
    {
        if (name is "0" or "1")
            return;
        LoweredModel model = ModelLowering.Of(["x"], [("y", FunctionCatalog.Standard[name].Apply(Expression.Variable("x"), 1.37))]);
        Assert.True(double.IsNaN(OnnxRun.First(OnnxRun.File(model, OnnxPrecision.Double), [double.NaN], 1)[0]));
        Assert.True(double.IsNaN(OnnxRun.First(OnnxRun.File(model, OnnxPrecision.Single), [double.NaN], 1)[0]));
    }

    [Theory]
    [InlineData("x^0.5*y - 3*x/(y^2 + 1) + pi", 0.7, 2.5)]
    [InlineData("2^x + x^y - exp(-x^2)/sqrt(1 + y)", 1.3, 0.4)]
    [InlineData("-x*y^-3 + (x - y)^7 - (1 + x)^2.25", 0.6, -1.5)]
    [InlineData("sin(x + y)*cos(x + y)/(x + y)^1.5 - abs(y)", 1.1, 0.3)]
    [InlineData("1/(x*y) - 5 + 0*x", 1.1, 0.3)]
    public void Formulas_agree(string text, double x, double y)
    {
        Expression formula = Expression.Parse(text);
        LoweredModel model = ModelLowering.Of(["x", "y"], [("first", formula), ("second", formula * formula), ("third", Expression.Parse("2*pi"))]);
        double expected = formula.Evaluate(new Dictionary<string, double> { ["x"] = x, ["y"] = y });
        double[] exact = OnnxRun.First(OnnxRun.File(model, OnnxPrecision.Double), [x, y], 2);
        Assert.Equal(expected, exact[0], 1e-14 * Math.Abs(expected));
        Assert.Equal(expected * expected, exact[1], 1e-14 * expected * expected);
        Assert.Equal(2 * Math.PI, exact[2]);
        Assert.Equal(expected, OnnxRun.First(OnnxRun.File(model, OnnxPrecision.Single), [x, y], 2)[0], 2e-6 * Math.Max(1, Math.Abs(expected)));
    }

    /// <summary>Relative where a value is above 1, and NaN and infinities where the library has them.</summary>
    private static void Compare(LoweredModel model, OnnxPrecision precision, double[] points, Func<double, double> truth, double tolerance)
    {
        if (precision == OnnxPrecision.Single)
            points = [.. points.Select(point => (double)(float)point)];
        double[] values = OnnxRun.First(OnnxRun.File(model, precision), points, 1);
        List<string> wrong = [];
        for (int index = 0; index < points.Length; index++)
        {
            double expected = truth(points[index]);
            if (precision == OnnxPrecision.Single && Math.Abs(expected) > float.MaxValue)
                expected = double.CopySign(double.PositiveInfinity, expected);
            // near poles the distance from the pole is rounded
            double slack = tolerance * Math.Max(1, Math.Abs(expected) * (Math.Abs(expected) > 50 ? Math.Abs(expected) / 5 : 1));
            bool same = double.IsFinite(expected) ? Math.Abs(values[index] - expected) <= slack : expected.Equals(values[index]);
            if (!same)
                wrong.Add($"{precision} {points[index]:R}: {values[index]:R}, not {expected:R}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {points.Length}: {string.Join("; ", wrong.Take(5))}");
    }
}
