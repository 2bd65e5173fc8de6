using KanSharp.Autodiff;
using KanSharp.Equations.Residuals;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Equations.Residuals;

/// <summary>Expressions and single numbers as nodes: values, gradients, rows of Jacobians.</summary>
public class ExpressionNodeTests
{
    [Theory]
    [InlineData("a*b + sin(c) - 2*a")]
    [InlineData("a/(1 + b^2) + exp(-c)*a*c")]
    [InlineData("3*a - 0.5*b + c")]
    [InlineData("a")]
    [InlineData("a^3")]
    [InlineData("sqrt(a^2 + b^2 + 1)")]
    public void GradientsAgreeWithDifferences(string text)
    {
        var residual = new CompiledResidual(Expression.Parse(text));
        int width = residual.Variables.Count;
        Tensor<double>[] columns = [.. Enumerable.Range(0, width).Select(column => Check.Sample<double>(new Shape(5, 1), column + 1, -1, 1))];
        Check.Passed(GradientCheck.Run(inputs => ExpressionNode.Record(residual, [.. inputs.Select(input => input.Node)], inputs[0].Tape, 5), columns));
        var tape = new Tape<double>();
        double[] actual = ExpressionNode.Record(residual, [.. columns.Select(column => tape.Constant(column).Node)], tape, 5).Values.ToArray();
        for (int row = 0; row < 5; row++)
            Assert.Equal(Expression.Parse(text).Evaluate(residual.Variables.Select((name, column) => (name, column)).ToDictionary(entry => entry.name, entry => columns[entry.column][row, 0])), actual[row], 1e-14);
    }

    [Fact]
    public void SlopesThatAreNumbersOrVanishAreKnown()
    {
        var residual = new CompiledResidual(Expression.Parse("3*a + b^2 + 0*c"));
        Assert.Equal(["a", "b"], residual.Variables);
        Assert.Equal([3, null], Enumerable.Range(0, 2).Select(column => residual.SlopeOf(column).Constant));
    }

    [Fact]
    public void NodesAreUsedAgainWithOtherExpressionsAndSizes()
    {
        var tape = new Tape<double>();
        foreach ((string text, int count) in new[] { ("a*b", 7), ("a*b*c + c", 3), ("a + b", 9), ("c*c", 2) })
        {
            tape.Reset();
            var residual = new CompiledResidual(Expression.Parse(text));
            Var<double>[] columns = [.. residual.Variables.Select((_, column) => tape.Input(Check.Sample<double>(new Shape(count, 1), column + 3)))];
            Var<double> y = ExpressionNode.Record(residual, [.. columns.Select(column => column.Node)], tape, count);
            Assert.Equal(new Shape(count, 1), y.Shape);
            tape.Backward(y.Sum());
            for (int row = 0; row < count; row++)
            {
                var values = residual.Variables.Select((name, column) => (name, column)).ToDictionary(entry => entry.name, entry => columns[entry.column].Values[row]);
                Assert.Equal(Expression.Parse(text).Evaluate(values), y.Values[row], 1e-14);
                for (int column = 0; column < columns.Length; column++)
                    Assert.Equal(Expression.Parse(text).Differentiate(residual.Variables[column]).Evaluate(values), columns[column].Gradient[row], 1e-14);
            }
        }
    }

    [Fact]
    public void ACoefficientIsAColumnWithOneGradient()
    {
        var coefficient = new Parameter<double>(new Tensor<double>(new Shape(1), [0.7]));
        Tensor<double> x = Check.Sample<double>(new Shape(6, 1));
        Check.Passed(GradientCheck.Run(column => (CoefficientNode.Record(column.Tape, coefficient, 6) * column).Square(), x, [("coefficient", coefficient)]));
        double[,] rows = DenseJacobian.FromRuns(column => CoefficientNode.Record(column.Tape, coefficient, column.Shape[0]) * column * 2, x, Executor.Default, out JacobianLayout<double> layout);
        Assert.Equal((1, 0), (layout.Unknowns, layout.Refused.Count));
        for (int row = 0; row < 6; row++)
            Assert.Equal(2 * x[row, 0], rows[row, 0], 1e-15);
    }

    [Fact]
    public void AFrozenCoefficientIsNoUnknown()
    {
        var coefficient = new Parameter<double>(new Tensor<double>(new Shape(1), [0.7])) { Trainable = false };
        var tape = new Tape<double> { ForJacobian = true };
        Assert.Equal([0.7, 0.7], CoefficientNode.Record(tape, coefficient, 2).Values.ToArray());
        Assert.Equal(0, new JacobianLayout<double>(tape, 2).Unknowns);
    }
}
