using KanSharp.Symbolics;

namespace KanSharp.Tests.Symbolics;

/// <summary>Compiled expressions and models of constants.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public void Compiled_rows_have_the_values_of_points()
    {
        RandomExpressions random = new(3);
        double[] rows = [.. Enumerable.Range(0, 600).Select(_ => 4 * random.Random.NextDouble() - 2)];
        double[] y = new double[300];
        for (int k = 0; k < 200; k++)
        {
            Expression e = random.Next(5);
            e.Compile(["x", "y"]).Evaluate(rows, y);
            for (int i = 0; i < y.Length; i += 37)
            {
                Dictionary<string, double> point = new() { ["x"] = rows[2 * i], ["y"] = rows[2 * i + 1] };
                double expected = e.Evaluate(point);
                if (double.IsFinite(expected) && RandomExpressions.Spread(e, point) is double spread && double.IsFinite(spread))
                    Assert.True(Math.Abs(expected - y[i]) <= 1e-12 * (1 + Math.Abs(expected)) + 1e2 * spread, $"{e}: {y[i]}, expected {expected}");
            }
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_cut()
    {
        CompiledExpression e = Expression.Parse("sin(x)^3/(1 + exp(x*y)) - log(abs(y) + 0.1)*x^1.3").Compile(["x", "y"]);
        RandomExpressions random = new(4);
        double[] rows = [.. Enumerable.Range(0, 1400).Select(_ => random.Random.NextDouble())], whole = e.Evaluate(rows), part = new double[1];
        for (int i = 0; i < whole.Length; i += 13)
        {
            e.Evaluate(rows.AsSpan(2 * i, 2), part);
            Assert.Equal(whole[i], part[0]);
        }
    }

    [Fact]
    public void Outside_the_domain_there_is_no_number_and_no_exception()
    {
        CompiledExpression e = Expression.Parse("log(x) + arcsin(x) + sqrt(x) + 1/x + x^1.3").Compile(["x"]);
        Assert.All(e.Evaluate([-2, 0, 5, double.NaN]), y => Assert.False(double.IsFinite(y)));
    }

    [Fact]
    public void Columns_that_are_missing_double_or_too_short_are_named()
    {
        Expression e = Expression.Parse("x + y");
        Assert.Contains("'y'", Assert.Throws<ArgumentException>(() => e.Compile(["x", "z"])).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => e.Compile(["x", "y", "x"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => e.Compile(["x", "y"]).Evaluate(new double[5], new double[2]));
        Assert.Equal([3.0, 7.0], e.Compile(["x", "y"]).Evaluate([1, 2, 3, 4]));
        Assert.Equal([Math.PI], Expression.Pi.Compile([]).Evaluate([]));
    }

    [Fact]
    public void Nothing_is_allocated_in_steady_state()
    {
        Expression e = Expression.Parse("2.1*sin(1.3*x + 0.2) + 0.7*exp(-0.5*y^2)*x^1.7/(1.2 + y)");
        CompiledExpression compiled = e.Compile(["x", "y"]);
        ConstantModel model = new(e, ["x", "y"]);
        double[] rows = new double[1200], y = new double[600], jacobian = new double[600 * model.Count], theta = [.. model.Start];
        long bytes = SteadyState.AllocatedBytes(() =>
        {
            compiled.Evaluate(rows, y);
            model.Evaluate(rows, theta, y, jacobian);
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData("2.1*sin(1.3*x + 0.2) + 0.7*exp(-0.5*y^2)", 5)]
    [InlineData("3.3*x^1.7/(1.2 + y)", 3)]
    [InlineData("0.7^x + x^(0.3*y)", 2)]
    [InlineData("1/(2.5 + x*y) - (x + 0.3)^2", 2)]
    [InlineData("sqrt(2.2*x + 1) - 3*pi*y + sqrt(2)*x", 3)]
    [InlineData("exp(1.5) + x/0.3 + 2.5/(x - 0.1)", 4)]
    [InlineData("tanh(1.1*x)^2 + J0(2.2*tanh(1.1*x)) - erf(0.3*y)", 3)]
    public void Derivatives_with_respect_to_constants_are_those_of_the_values(string text, int count)
    {
        Expression e = Expression.Parse(text);
        ConstantModel model = new(e, ["x", "y"]);
        Assert.Equal(count, model.Count);
        Assert.Equal(e, model.With([.. model.Start]));
        RandomExpressions random = new(5);
        const int rows = 300;
        double[] x = [.. Enumerable.Range(0, 2 * rows).Select(_ => 0.5 + random.Random.NextDouble())];
        double[] y = new double[rows], jacobian = new double[rows * count], up = new double[rows], down = new double[rows];
        model.Evaluate(x, [.. model.Start], y, jacobian);
        Assert.Equal(e.Compile(["x", "y"]).Evaluate(x)[7], y[7], 1e-13);
        for (int k = 0; k < count; k++)
        {
            const double h = 1e-5;
            double[] theta = [.. model.Start];
            theta[k] += h;
            model.Evaluate(x, theta, up);
            theta[k] -= 2 * h;
            model.Evaluate(x, theta, down);
            for (int i = 0; i < rows; i += 11)
                Assert.Equal((up[i] - down[i]) / (2 * h), jacobian[i * count + k], 1e-7 * (1 + Math.Abs(jacobian[i * count + k])));
        }
    }

    [Fact]
    public void Constants_are_put_back_as_expressions()
    {
        ConstantModel model = new(Expression.Parse("1.5708*x^2 + 0.3333*sqrt(y)"), ["x", "y"]);
        Assert.Equal(Expression.Parse("pi/2*x^2 + sqrt(y)/3"), model.With([Expression.Pi / 2, Expression.Rational(1, 3)]));
        Assert.Equal(3, new ConstantModel(Expression.Parse("1.5708*x^2 + 0.3333*sqrt(y)"), ["x", "y"], freeExponents: true).Count);
        Assert.Throws<ArgumentException>(() => model.With([1.0]));
    }
}
