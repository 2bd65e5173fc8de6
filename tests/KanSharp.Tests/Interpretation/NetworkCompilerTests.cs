using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Data;

namespace KanSharp.Tests.Interpretation;

/// <summary>A compiled network computes its formula.</summary>
public sealed class NetworkCompilerTests
{
    private static readonly string[] Four = ["x1", "x2", "x3", "x4"];

    [Theory]
    [InlineData("(x1+x2)*exp(x3)+x4", "4,[1,1],1")]
    [InlineData("x1*x2", "4,[0,1]")]
    [InlineData("3*x1*x2/x3-2", "4,[0,x3]")]
    [InlineData("sin(pi*(x1+3))", "4,1")]
    [InlineData("exp(sin(pi*x1)+x2^2)", "4,1,1")]
    [InlineData("sqrt((x1-x2)^2+(x3-x4)^2)", "4,2,1,1")]
    [InlineData("x1+x1^2", "4,2,1")]
    [InlineData("sin(x1)+cos(x1)+tan(x1)", "4,3,1")]
    [InlineData("2^x1", "4,1")]
    [InlineData("x1^x2", "4,[0,1],1")]
    [InlineData("x1^(2/3)+x2^6+x3^(-7)", "4,1")]
    [InlineData("exp(-(x1-x2)^2/2)", "4,1,1")]
    [InlineData("1/(3+2*x1^2)", "4,1")]
    [InlineData("x1*x2*x3+x1*x2", "4,[0,x3,x2],1")]
    [InlineData("sin(x1*x2)*cos(x1*x2)", "4,[0,1],[0,1]")]
    [InlineData("(x1+1)*(x2+2)*(x3*x4+5)", "4,[2,1],[0,x3]")]
    [InlineData("tanh(x1+x2)+exp(tanh(x1+x2))", "4,1,2,1")]
    [InlineData("3", "4,1")]
    [InlineData("x2", "4,1")]
    [InlineData("x1-x1+2", "4,1")]
    [InlineData("(x1-x1)*x2", "4,[0,1]")]
    [InlineData("J0(20*x1)+erf(x2)*sinc(x3)", "4,[1,1],1")]
    public void Formulas_become_small_networks(string formula, string shape)
    {
        Expression expression = Expression.Parse(formula);
        KanNetwork<double> network = NetworkCompiler.Compile<double>(expression, Four);
        AssertComputes([expression], network, Four, StructureCases.Points(4, 50));
        Assert.Equal(shape, network.Shape.ToString());
        Assert.True(network.Stages.All(stage => stage.NumericIsOff));
    }

    [Fact]
    public void Every_function_of_the_catalogue_compiles()
    {
        foreach (CatalogFunction function in FunctionCatalog.Standard)
        {
            Expression argument = Expression.Parse("0.3*x1*x2+0.2");
            Expression expression = 2 * function.Apply(argument, function.HasExponent ? 0.7 : double.NaN) - x1();
            AssertComputes([expression], NetworkCompiler.Compile<double>(expression, Four), Four, StructureCases.Points(4, 20, 0.5, 1.5));
        }

        static Expression x1() => Expression.Variable("x1");
    }

    [Fact]
    public void Random_formulas_are_computed_to_rounding()
    {
        double[] rows = StructureCases.Points(3, 40);
        for (ulong seed = 0; seed < 150; seed++)
        {
            Expression expression = RandomExpressions.Draw(seed);
            AssertComputes([expression], NetworkCompiler.Compile<double>(expression, RandomExpressions.Names), RandomExpressions.Names, rows);
        }
    }

    [Fact]
    public void A_compiled_formula_can_be_read_off_again()
    {
        double[] rows = StructureCases.Points(3, 40);
        for (ulong seed = 0; seed < 100; seed++)
        {
            Expression expression = RandomExpressions.Draw(seed);
            KanNetwork<double> network = NetworkCompiler.Compile<double>(expression, RandomExpressions.Names);
            Expression back = Assert.Single(FormulaExtraction.Extract(network, RandomExpressions.Names));
            AssertComputes([back], network, RandomExpressions.Names, rows, 1e-10);
            AssertComputes([back], NetworkCompiler.Compile<double>(back, RandomExpressions.Names), RandomExpressions.Names, rows);
        }

        KanNetwork<double> known = NetworkCompiler.Compile<double>(Expression.Parse("3*x*y/z-2*sin(x)+1"), RandomExpressions.Names);
        Assert.Equal(Expression.Parse("3*x*y/z-2*sin(x)+1").Simplify(), FormulaExtraction.Extract(known, RandomExpressions.Names)[0]);
    }

    [Fact]
    public void Several_formulas_share_their_parts_and_keep_their_order()
    {
        double[] rows = StructureCases.Points(3, 40);
        for (ulong seed = 0; seed < 40; seed++)
        {
            Expression[] expressions = [.. Enumerable.Range(0, 3).Select(part => RandomExpressions.Draw(1000 + 3 * seed + (ulong)part, 3))];
            AssertComputes(expressions, NetworkCompiler.Compile<double>(expressions, RandomExpressions.Names), RandomExpressions.Names, rows);
        }

        Expression[] mixed = [Expression.Parse("x*y"), Expression.Parse("z+1"), Expression.Parse("2*x*y+sin(x*y)"), Expression.Parse("7")];
        KanNetwork<double> network = NetworkCompiler.Compile<double>(mixed, RandomExpressions.Names);
        AssertComputes(mixed, network, RandomExpressions.Names, rows);
        Assert.Equal([3, 3, 4], network.Widths);
    }

    [Fact]
    public void All_formulas_of_Feynman_are_computed()
    {
        string[][] lines = [.. File.ReadLines(WorkplaceData.Require("formulas/feynman.csv")).Select(line => line.Split(','))];
        int formula = Array.IndexOf(lines[0], "formula"), names = Array.IndexOf(lines[0], "variables"), low = Array.IndexOf(lines[0], "v1_low");
        Assert.Equal(120, lines.Length - 1);
        foreach (string[] line in lines.Skip(1))
        {
            string[] variables = line[names].Split(' ');
            var random = new SplitRandom(3);
            double[] rows = [.. Enumerable.Range(0, 50 * variables.Length).Select(index =>
            {
                double from = Number(line[low + 3 * (index % variables.Length)]), to = Number(line[low + 1 + 3 * (index % variables.Length)]);
                return from + (to - from) * random.NextDouble();
            })];
            Expression expression = Expression.Parse(line[formula]);
            AssertComputes([expression], NetworkCompiler.Compile<double>(expression, variables), variables, rows);
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("exp(-((theta-theta1)/sigma)^2/2)/(sqrt(2*pi)*sigma)")]
    [InlineData("G*m1*m2/((x2-x1)^2+(y2-y1)^2)")]
    [InlineData("(x-u*t)/sqrt(1-u^2/9/c^2)")]
    [InlineData("h/(2*pi)*omega^3/(pi^2*c^2*(exp(h/(2*pi)*omega/(kb*T))-1))")]
    [InlineData("(1/2*epsilon*c*Ef^2)*(8*pi*r^2/3)*(omega^4/(omega^2-9*omega0^2)^2)")]
    [InlineData("x1*(cos(omega*t)+alpha*cos(omega*t)^2)")]
    public void Formulas_of_physics_are_computed(string formula)
    {
        Expression expression = Expression.Parse(formula);
        IReadOnlyList<string> variables = expression.Variables;
        AssertComputes([expression], NetworkCompiler.Compile<double>(expression, variables), variables, StructureCases.Points(variables.Count, 50));
    }

    [Fact]
    public void Numeric_edges_wait_for_training()
    {
        var options = new CompilerOptions { Numeric = new KanLinearOptions { Basis = new BSplineOptions { Intervals = 7, Degree = 2 } }, Seed = 4 };
        KanNetwork<float> network = NetworkCompiler.Compile<float>(Expression.Parse("x1*x2^2.5+x3"), Four, options);
        Assert.All(network.Layers, layer => Assert.Equal((7, 2), (layer.Options.Spline.Intervals, layer.Options.Spline.Degree)));
        Assert.Equal(4 * 5, network.CountParameters());
        Assert.False(network.Stages[0].Symbolic!.Exponents!.Trainable);
        Assert.Equal(EdgeMode.Symbolic, network.Mode(0, 0, 1));
        Assert.Equal(EdgeMode.Both, network.WithMode(0, 0, 1, EdgeMode.Both).Mode(0, 0, 1));
        float y = network.Predict(new Tensor<float>(new Shape(1, 4), [0.5f, 4, 2, 0])).Span[0];
        Assert.Equal(18, y, 1e-4f);
    }

    [Fact]
    public void Misuse_is_named()
    {
        Expression x = Expression.Parse("x1");
        Assert.Contains("variable 'q'", Refused(() => NetworkCompiler.Compile<double>(Expression.Parse("x1+q"), Four)));
        Assert.Contains("named twice", Refused(() => NetworkCompiler.Compile<double>(x, ["x1", "x1"])));
        Assert.Contains("no variables", Refused(() => NetworkCompiler.Compile<double>(x, [])));
        Assert.Contains("no formula", Refused(() => NetworkCompiler.Compile<double>([], Four)));
        Assert.Contains("'log(-1)' of the formula is NaN", Refused(() => NetworkCompiler.Compile<double>(Expression.Parse("x1+log(-1)"), Four)));
        Assert.Contains("not positive", Refused(() => NetworkCompiler.Compile<double>(Expression.Parse("(-2)^x1"), Four)));

        static string Refused(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    private static void AssertComputes(
        Expression[] expressions, KanNetwork<double> network, IReadOnlyList<string> variables, double[] rows, double tolerance = 1e-12)
    {
        int count = rows.Length / variables.Count;
        Tensor<double> y = network.Predict(new Tensor<double>(new Shape(count, variables.Count), rows));
        for (int output = 0; output < expressions.Length; output++)
        {
            var expected = new double[count];
            expressions[output].Compile(variables).Evaluate(rows, expected);
            double size = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int row = 0; row < count; row++)
            {
                double actual = y[row, output];
                Assert.True(
                    Math.Abs(actual - expected[row]) <= tolerance * size || (!double.IsFinite(actual) && !double.IsFinite(expected[row])),
                    $"{expressions[output]}: {actual} instead of {expected[row]}; {network.Shape}");
            }
        }
    }
}
