using System.Text.Json;
using KanSharp.Symbolics;
using KanSharp.Tests.Parity;
using MathNet.Numerics;

namespace KanSharp.Tests.Symbolics;

/// <summary>Functions of the catalogue against finite differences, other libraries and their own expressions.</summary>
public sealed class CatalogTests
{
    private const double Exponent = 1.7;

    public static TheoryData<string> Names => [.. FunctionCatalog.Standard.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_value(string name)
    {
        CatalogFunction f = FunctionCatalog.Standard[name];
        foreach (double x in Points(f))
        {
            for (int order = 1; order <= 5; order++)
                Assert.Equal(Slope(t => f.Evaluate(t, order - 1, Exponent), x), f.Evaluate(x, order, Exponent), 2e-7 * (1 + Math.Abs(f.Evaluate(x, order, Exponent))));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_expression_has_the_same_values_and_derivatives(string name)
    {
        CatalogFunction f = FunctionCatalog.Standard[name];
        Expression e = f.Apply(Expression.Variable("x"), Exponent);
        for (int order = 0; order <= 5; order++)
        {
            foreach (double x in Points(f).Where(x => x != 0))
            {
                double expected = f.Evaluate(x, order, Exponent);
                double tolerance = 1e-9 * (1 + Math.Abs(expected));
                Assert.Equal(expected, e.Evaluate(new Dictionary<string, double> { ["x"] = x }), tolerance);
            }

            e = e.Differentiate("x");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Spans_of_both_types_have_the_values_of_points(string name)
    {
        CatalogFunction f = FunctionCatalog.Standard[name];
        double[] x = [.. Points(f), .. Points(f)], y = new double[x.Length];
        float[] single = [.. x.Select(v => (float)v)], z = new float[x.Length];
        for (int order = 0; order <= 5; order++)
        {
            f.Evaluate<double>(x, order, y, Exponent);
            f.Evaluate<float>(single, order, z, (float)Exponent);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.Equal(f.Evaluate(x[i], order, Exponent), y[i]);
                Assert.Equal(f.Evaluate(single[i], order, Exponent), z[i], 1e-4 * (1 + Math.Abs(y[i])));
            }
        }
    }

    [Fact]
    public void Domains_are_where_value_and_derivatives_are_finite()
    {
        double[] grid = [.. Enumerable.Range(-40, 81).Select(i => i / 8.0), Math.PI / 2];
        foreach (CatalogFunction f in FunctionCatalog.Standard.Append(FunctionCatalog.Standard.With("own", "sqrt(x - 1)/(x - 2)", 5)["own"]))
        {
            foreach (double x in grid.Where(x => !(f.Name == "tan" && x == Math.PI / 2)))
            {
                bool finite = Enumerable.Range(0, 4).All(order => double.IsFinite(f.Evaluate(x, order, Exponent)));
                if (f.Name == "x^p")
                    finite &= x != 0;
                Assert.True(finite == f.Domain.Contains(x), $"{f} at {x}: {f.Domain}");
                Assert.True(double.IsFinite(f.Evaluate(x, 0, Exponent)) == f.Domain.Contains(x, valueOnly: true) || f.Name == "x^p", $"{f} at {x}: {f.Domain}");
            }
        }

        FunctionDomain tan = FunctionCatalog.Standard["tan"].Domain;
        Assert.True(tan.ContainsInterval(-1.5, 1.5) && !tan.ContainsInterval(1.5, 1.6));
        Assert.False(FunctionCatalog.Standard["1/x"].Domain.ContainsInterval(-1, 1));
        Assert.True(FunctionCatalog.Standard["sqrt"].Domain.ContainsInterval(0, 1, valueOnly: true));
    }

    [Fact]
    public void Special_functions_agree_with_another_library()
    {
        for (int i = -400; i <= 400; i++)
        {
            double x = i * 0.125;
            Assert.Equal(SpecialFunctions.BesselJ(0, Math.Abs(x)), FunctionCatalog.Standard["J0"].Evaluate(x), 1e-13);
            Assert.Equal(Math.Sign(x) * SpecialFunctions.BesselJ(1, Math.Abs(x)), FunctionCatalog.Standard["J1"].Evaluate(x), 1e-13);
            Assert.Equal(SpecialFunctions.Erf(x), FunctionCatalog.Standard["erf"].Evaluate(x), 1e-14);
        }

        Assert.Equal(1e-20, FunctionCatalog.Standard["log1p"].Evaluate(1e-20));
        Assert.Equal(1.0, FunctionCatalog.Standard["sinc"].Evaluate(0));
        Assert.Equal(-1.0 / 3, FunctionCatalog.Standard["sinc"].Evaluate(0, 2), 1e-15);
    }

    /// <summary>Near 0 by the series Σ (−1)ᵏ·(x/2)²ᵏ/k!², where formulas in J₂/x² and J₃/x³ would cancel; beyond 8, where another form begins, by differences.</summary>
    [Fact]
    public void High_derivatives_of_Bessel_functions_are_right_near_0_and_far_out()
    {
        CatalogFunction j0 = FunctionCatalog.Standard["J0"], j1 = FunctionCatalog.Standard["J1"];
        foreach (double x in (double[])[0, 1e-9, -1e-4, 0.03, 0.5, -0.99, 1.01, 1.7])
        {
            for (int order = 3; order <= 5; order++)
            {
                Assert.Equal(Series(x, order), j0.Evaluate(x, order), 1e-14 + (4e-15 * Math.Abs(x)));
                Assert.Equal(-Series(x, order + 1), j1.Evaluate(x, order), 2e-14);
                Assert.Equal(j0.Evaluate((float)x, order), j0.Evaluate(x, order), 1e-6);
            }

            Assert.Equal(Series(x, 5), j0.Evaluate(x, 5), 1e-13 * Math.Abs(x));
        }

        foreach (double x in (double[])[-31.2, 7.9, 8.1, 15.3])
        {
            for (int order = 4; order <= 5; order++)
            {
                Assert.Equal(Slope(t => j0.Evaluate(t, order - 1), x), j0.Evaluate(x, order), 1e-10);
                Assert.Equal(Slope(t => j1.Evaluate(t, order - 1), x), j1.Evaluate(x, order), 1e-10);
            }
        }

        static double Series(double x, int order)
        {
            double sum = 0, coefficient = 1;
            for (int k = 0; k < 20; coefficient /= -4.0 * ++k * k)
            {
                double falling = coefficient;
                for (int i = 0; i < order; i++)
                    falling *= (2 * k) - i;
                if (2 * k >= order)
                    sum += falling * Math.Pow(x, (2 * k) - order);
            }

            return sum;
        }
    }

    [Fact]
    public void The_derivative_with_respect_to_the_exponent_is_that_of_the_value()
    {
        CatalogFunction f = FunctionCatalog.Standard["x^p"];
        double[] x = [0.3, 1, 2.5], y = new double[3];
        for (int order = 0; order <= 5; order++)
        {
            f.EvaluateExponentDerivative<double>(x, order, y, Exponent);
            for (int i = 0; i < x.Length; i++)
                Assert.Equal(Slope(p => f.Evaluate(x[i], order, p), Exponent), y[i], 1e-7 * (1 + Math.Abs(y[i])));
        }
    }

    [Fact]
    public void Functions_of_one_family_are_affine_images_of_each_other()
    {
        Dictionary<string, (string Of, string Formula)> images = new()
        {
            ["cos"] = ("sin", "sin(x + pi/2)"),
            ["arccos"] = ("arcsin", "pi/2 - arcsin(x)"),
            ["sigmoid"] = ("tanh", "0.5*tanh(x/2) + 0.5"),
            ["log1p"] = ("log", "log(x + 1)"),
            ["step"] = ("sgn", "0.5*sgn(x) + 0.5"),
            ["1"] = ("constant", "1"),
            ["0"] = ("constant", "0"),
        };
        foreach (CatalogFunction f in FunctionCatalog.Standard.Where(f => f.Family != f.Name))
        {
            (string of, string formula) = images[f.Name];
            Assert.Equal(of, f.Family);
            foreach (double x in Points(f).Where(x => x != 0))
                Assert.Equal(f.Evaluate(x), Expression.Parse(formula).Evaluate(new Dictionary<string, double> { ["x"] = x }), 1e-14);
        }
    }

    [Fact]
    public void Catalogues_select_and_grow()
    {
        Assert.Equal(27, FunctionCatalog.Pykan.Count);
        FunctionCatalog own = FunctionCatalog.Pykan.Select("sin", "x^2").With("wave", "sin(x)/x", 4);
        Assert.Equal(["sin", "x^2", "wave"], own.Select(f => f.Name));
        Assert.Equal(own["wave"].Evaluate(2.0), Math.Sin(2) / 2, 1e-15);
        Assert.Same(FunctionCatalog.Standard["arcsin"], FunctionCatalog.Standard.Find("asin"));
        Assert.Null(own.Find("cos"));
        Assert.Contains("Known: sin, x^2, wave", Assert.Throws<ArgumentException>(() => own["cos"]).Message, StringComparison.Ordinal);
        Assert.Contains("'y'", Assert.Throws<ArgumentException>(() => own.With("bad", "x + y", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => own.With("sin", "x", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FunctionCatalog.Standard["sin"].Evaluate(1, 6));
    }

    [Fact]
    public void Protected_forms_are_those_of_pykan()
    {
        if (VectorFolder.Path is null)
            Assert.Skip("The folder of reference vectors is not here.");
        VectorCase vector = VectorCase.Load("pykan_symbolic_singular");
        double threshold = vector.Number("y_th", 10);
        double[] x = vector.Tensor("inputs", "x").Span.ToArray();
        JsonElement names = vector.Expect.GetProperty("funs_name")[0];
        double[] values = VectorCase.Tensor(vector.Expect.GetProperty("postacts")[0]).Span.ToArray();
        int outputs = names.GetArrayLength();

        // the last edge has a spline on top
        for (int j = 0; j < outputs - 1; j++)
        {
            CatalogFunction f = FunctionCatalog.Pykan[names[j][0].GetString()!].Protected(threshold);
            for (int i = 0; i < x.Length; i++)
                Assert.Equal(values[i * outputs + j], f.Evaluate(x[i]), 1e-14 * (1 + Math.Abs(values[i * outputs + j])));
        }
    }

    [Fact]
    public void Protected_forms_have_slopes_everywhere_unless_pykans_are_asked_for()
    {
        foreach (CatalogFunction f in FunctionCatalog.Pykan.Where(f => !f.Domain.IsWhole))
        {
            CatalogFunction form = f.Protected(10);
            Assert.Equal(10, form.Threshold);
            Assert.Equal(f.Apply(Expression.Variable("x")), form.Apply(Expression.Variable("x")));
            foreach (double x in (double[])[-2.3, -0.5, 0.7, 2.6])
                Assert.Equal(Slope(t => form.Evaluate(t), x), form.Evaluate(x, 1), 1e-6 * (1 + Math.Abs(form.Evaluate(x, 1))));
        }

        Assert.Equal(100, FunctionCatalog.Pykan["1/x"].Protected(10).Evaluate(0, 1));
        Assert.True(double.IsNaN(FunctionCatalog.Pykan["1/x"].Protected(10, pykanGradients: true).Evaluate(0, 1)));
        Assert.Same(FunctionCatalog.Pykan["sin"], FunctionCatalog.Pykan["sin"].Protected(10));
    }

    /// <summary>Points inside the domain, not too close to its ends for differences, on both sides of the pieces that the implementations have.</summary>
    private static IEnumerable<double> Points(CatalogFunction f) =>
        ((double[])[-3.3, -1.02, -0.85, -0.37, 0.41, 0.85, 1.02, 2.6, 6.1]).Where(x => f.Domain.Contains(x));

    private static double Slope(Func<double, double> f, double x)
    {
        const double h = 1e-3;
        double near = (f(x + h) - f(x - h)) / (2 * h), wide = (f(x + 2 * h) - f(x - 2 * h)) / (4 * h), wider = (f(x + 3 * h) - f(x - 3 * h)) / (6 * h);
        return 1.5 * near - 0.6 * wide + 0.1 * wider;
    }
}
