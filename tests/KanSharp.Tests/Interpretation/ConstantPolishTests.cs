using KanSharp.Interpretation;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

public sealed class ConstantPolishTests
{
    private static readonly string[] Names = ["x", "y"];

    [Theory]
    [InlineData("exp(sin(pi*x) + y^2)", "0.9*exp(1.1*sin(3.0*x + 0.02) + 0.93*(y + 0.02)^2 - 0.01) + 0.03")]
    [InlineData("sqrt(1.44 + x^2 + 2*y^2)", "1.1*sqrt(1.3 + 0.9*x^2 + 2.1*y^2)")]
    [InlineData("1000000*x*y/(2 + x)", "1.1e6*x*y/(2.1 + 1.2*x) + 3")]
    [InlineData("tanh(5*(x^4 + y^4 - 1))", "0.98*tanh(4.6*x^4 + 5.2*y^4 - 5.2)")]
    public void FindsConstantsToTheLastDigits(string truth, string start)
    {
        (double[] rows, double[] targets) = FormulaSamples.Of(truth, Names, 500);
        PolishResult result = ConstantPolish.Fit(Expression.Parse(start), Names, rows, targets);
        double scale = Math.Sqrt(Statistics.Variance<double>(targets));
        Assert.True(result.Rmse < 1e-12 * scale, $"{result.Formula}: {result.Rmse:E2}");
        Assert.Equal(1, result.R2, 1e-14);
        Assert.Equal(StopReason.Converged, result.Reason);
        Assert.Equal(result.Rmse, FormulaCandidate.Measure(result.Formula, Names, rows, targets, "").Rmse, 1e-10 * scale);
    }

    [Fact]
    public void ErrorsOfConstantsAreThoseOfLinearRegression()
    {
        (double[] rows, double[] targets) = FormulaSamples.Of("0.5 + 2*x - 0.7*y", Names, 4000, noise: 0.1);
        PolishResult result = ConstantPolish.Fit(Expression.Parse("1.5 + 1.1*x + 0.3*y"), Names, rows, targets);
        Assert.Equal(3, result.StandardErrors.Count);
        double sigma = result.Rmse;
        double[] truth = [0.5, 2, -0.7];
        for (int index = 0; index < 3; index++)
        {
            Assert.InRange(result.StandardErrors[index], sigma / Math.Sqrt(4000) * 0.9, sigma / Math.Sqrt(4000.0 / 3) * 1.1);
            Assert.Contains(truth, value => Math.Abs(value - result.Constants[index]) < 4 * result.StandardErrors[index]);
        }
    }

    [Fact]
    public void RowsOutsideTheDomainAreReportedAndStepsIntoThemAvoided()
    {
        (double[] rows, double[] targets) = FormulaSamples.Of("log(1.05 + x)", Names, 300);
        PolishResult result = ConstantPolish.Fit(Expression.Parse("1.2*log(1.5 + x)"), Names, rows, targets);
        Assert.True(result.Rmse < 1e-12, $"{result.Rmse}");
        PolishResult outside = ConstantPolish.Fit(Expression.Parse("1.5*log(0.3 + x)"), Names, rows, targets);
        Assert.Equal(StopReason.Diverged, outside.Reason);
        Assert.Equal(double.PositiveInfinity, outside.Rmse);
        Assert.Equal("1.5*log(0.3 + x)", outside.Formula.ToString());
        PolishResult scattered = ConstantPolish.Fit(Expression.Parse("1.5*log(0.3 + x)"), Names, rows, targets, new PolishOptions { Starts = 60, Seed = 2 });
        Assert.True(scattered.Rmse < 1e-10, $"{scattered.Rmse}");
    }

    [Fact]
    public void FormulasWithoutConstantsCancellationAndMisuse()
    {
        (double[] rows, double[] targets) = FormulaSamples.Of("x*y", Names, 50);
        PolishResult none = ConstantPolish.Fit(Expression.Parse("x*y"), Names, rows, targets);
        Assert.Equal(0, none.Rmse, 1e-15);
        Assert.Empty(none.Constants);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        PolishResult stopped = ConstantPolish.Fit(Expression.Parse("2.5*x*y"), Names, rows, targets, cancellationToken: cancelled.Token);
        Assert.Equal(StopReason.Cancelled, stopped.Reason);
        Assert.Throws<ArgumentException>("rows", () => ConstantPolish.Fit(Expression.Parse("x"), Names, rows, [1, 2]));
        Assert.ThrowsAny<ArgumentException>(() => ConstantPolish.Fit(Expression.Parse("z"), Names, rows, targets));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolishOptions { Starts = 0 });
    }
}
