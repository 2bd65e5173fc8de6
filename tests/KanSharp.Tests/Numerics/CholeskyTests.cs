using System.Numerics;
using KanSharp.Numerics;
using static KanSharp.Tests.Numerics.LinearAlgebraData;

namespace KanSharp.Tests.Numerics;

public class CholeskyTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(17, 2)]
    [InlineData(64, 1)]
    [InlineData(65, 5)]
    [InlineData(150, 3)]
    [InlineData(300, 1)]
    public void FactorAndSolutionReproduceTheMatrix(int n, int columns)
    {
        Reproduces<double>(n, columns, 1e-12);
        Reproduces<float>(n, columns, 2e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(99)]
    public void IndefiniteMatrixReportsItsPivot(int index)
    {
        const int N = 100;
        double[] a = new double[N * N];
        for (int i = 0; i < N; i++)
            a[(i * N) + i] = i + 1;
        a[(index * N) + index] = -2.5;
        CholeskyFactor<double> factor = CholeskyFactor<double>.Compute(a, N);
        Assert.Equal(new CholeskyOutcome(index, -2.5), factor.Outcome);
        Assert.False(factor.Outcome.Succeeded);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => factor.Solve(new double[N]));
        Assert.Contains($"pivot {index} is -2.5", error.Message);
    }

    [Fact]
    public void NotANumberIsAFailedPivot()
    {
        double[] a = [4, 0, 0, double.NaN, 4, 0, 0, 0, 4];
        CholeskyOutcome outcome = CholeskyFactor<double>.Compute(a, 3).Outcome;
        Assert.Equal(1, outcome.FailedPivot);
        Assert.True(double.IsNaN(outcome.PivotValue));
    }

    [Fact]
    public void HilbertMatricesAreFactoredToTheirBackwardErrorUntilTheyAreNumericallyIndefinite()
    {
        for (int n = 1; n <= 12; n++)
        {
            double[] hilbert = Hilbert(n);
            CholeskyFactor<double> factor = CholeskyFactor<double>.Compute(hilbert, n);
            Assert.True(factor.Outcome.Succeeded);
            Assert.InRange(Error(hilbert, Square(factor.Lower.ToArray(), n)), 0, 1e-15 * n);
        }

        CholeskyOutcome outcome = CholeskyFactor<double>.Compute(Hilbert(25), 25).Outcome;
        Assert.InRange(outcome.FailedPivot, 12, 24);
        Assert.InRange(outcome.PivotValue, -2e-13, 0);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(9, 0, 2)]
    [InlineData(30, 3, 4)]
    [InlineData(40, 7, 1)]
    [InlineData(6, 5, 3)]
    public void BandedSolutionEqualsTheDenseOne(int n, int bandwidth, int columns)
    {
        var random = new Random(n);
        double[] dense = new double[n * n], band = new double[n * (bandwidth + 1)];
        Array.Fill(band, double.NaN);
        for (int i = 0; i < n; i++)
        {
            for (int j = Math.Max(0, i - bandwidth); j <= i; j++)
            {
                double value = i == j ? (2 * bandwidth) + 1 : random.NextDouble() - 0.5;
                dense[(i * n) + j] = dense[(j * n) + i] = value;
                band[(i * (bandwidth + 1)) + j - i + bandwidth] = value;
            }
        }

        double[] expected = Random(random, n * columns);
        double[] actual = Product(dense, expected, n, columns, n);
        Assert.True(BandedCholesky.Factor(band.AsSpan(), n, bandwidth).Succeeded);
        BandedCholesky.Solve(band, n, bandwidth, actual.AsSpan(), columns);
        Assert.InRange(Error(expected, actual), 0, 1e-13);
    }

    [Fact]
    public void BandedFactorReportsItsPivot()
    {
        double[] band = [double.NaN, 4, 2, 5, 3, 2, 1, 9];
        CholeskyOutcome outcome = BandedCholesky.Factor(band.AsSpan(), 4, 1);
        Assert.Equal(new CholeskyOutcome(2, -0.25), outcome);
    }

    [Fact]
    public void BitsDoNotDependOnTheThreads()
    {
        double[] a = Definite(new Random(8), 260, 1);
        using var one = new Executor(1);
        using var eight = new Executor(8);
        Assert.Equal(CholeskyFactor<double>.Compute(a, 260, one).Lower, CholeskyFactor<double>.Compute(a, 260, eight).Lower);
    }

    [Fact]
    public void WrongLengthIsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CholeskyFactor<double>.Compute(new double[5], 2));
        Assert.Contains("has 5 elements, but the shape [2 × 2] needs 4", error.Message);
    }

    private static void Reproduces<T>(int n, int columns, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(n);
        double[] a = Definite(random, n, n);
        double[] poisoned = [.. a];
        for (int i = 0; i < n; i++)
            poisoned.AsSpan((i * n) + i + 1, n - i - 1).Fill(double.NaN);
        CholeskyFactor<T> factor = CholeskyFactor<T>.Compute(To<T>(poisoned), n);
        Assert.Equal(CholeskyOutcome.Success, factor.Outcome);
        Assert.InRange(Error(a, Square(From(factor.Lower), n)), 0, tolerance);
        double[] expected = Random(random, n * columns);
        T[] actual = To<T>(Product(a, expected, n, columns, n));
        factor.Solve(actual, columns);
        Assert.InRange(Error(expected, From<T>(actual)), 0, tolerance);
    }

    private static double[] Square(double[] lower, int n)
    {
        var result = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int p = 0; p < n; p++)
                    result[(i * n) + j] += lower[(i * n) + p] * lower[(j * n) + p];
            }
        }

        return result;
    }

    private static double[] Hilbert(int n) => [.. Enumerable.Range(0, n * n).Select(at => 1.0 / ((at / n) + (at % n) + 1))];
}
