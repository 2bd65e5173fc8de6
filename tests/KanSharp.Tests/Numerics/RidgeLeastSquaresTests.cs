using System.Numerics;
using KanSharp.Numerics;
using MathNet.Numerics.LinearAlgebra;
using static KanSharp.Tests.Numerics.LinearAlgebraData;

namespace KanSharp.Tests.Numerics;

public class RidgeLeastSquaresTests
{
    [Theory]
    [InlineData(1, 1, 1, 0.0)]
    [InlineData(30, 7, 2, 0.0)]
    [InlineData(300, 20, 3, 1e-3)]
    [InlineData(4, 9, 2, 0.1)]
    [InlineData(600, 80, 1, 1e-8)]
    public void SolutionIsTheClosedForm(int rows, int columns, int targets, double lambda)
    {
        ClosedForm<double>(rows, columns, targets, lambda, 1e-9);
        ClosedForm<float>(rows, columns, targets, lambda, 1e-4);
    }

    [Fact]
    public void PenaltyKeepsItsMeaningUnderScaling()
    {
        var random = new Random(4);
        double[] a = Random(random, 50 * 4), b = Random(random, 50), x = new double[4], y = new double[4];
        RidgeResult one = RidgeLeastSquares.Solve<double>(a, 50, 4, b, 1, x, 0.3);
        double[] larger = [.. a.Select(value => value * 1024)];
        RidgeResult two = RidgeLeastSquares.Solve<double>(larger, 50, 4, b, 1, y, 0.3);
        Assert.Equal(one.Penalty * 1024 * 1024, two.Penalty, 1e-6);
        Assert.InRange(Error(x, [.. y.Select(value => value * 1024)]), 0, 1e-13);
    }

    [Fact]
    public void BadlyScaledColumnsAreEquilibrated()
    {
        var random = new Random(5);
        double[] a = Random(random, 60 * 5);
        double[] truth = new double[5];
        for (int j = 0; j < 5; j++)
        {
            double scale = Math.Pow(10, 20 * (j - 2));
            truth[j] = (j + 1) / scale;
            for (int i = 0; i < 60; i++)
                a[(i * 5) + j] *= scale;
        }

        double[] x = new double[5];
        Assert.True(RidgeLeastSquares.Solve<double>(a, 60, 5, Product(a, truth, 60, 1, 5), 1, x, 0).Succeeded);
        for (int j = 0; j < 5; j++)
            Assert.Equal(1, x[j] / truth[j], 1e-12);
    }

    [Fact]
    public void RankDeficiencyFailsWithoutPenaltyAndWorksWithOne()
    {
        double[] a = [1, 2, 1, 2, 4, 1, 3, 6, 1, 4, 8, 1];
        double[] b = [1, 2, 3, 4], x = [9, 9, 9];
        RidgeResult without = RidgeLeastSquares.Solve<double>(a, 4, 3, b, 1, x, 0);
        Assert.False(without.Succeeded);
        Assert.Equal(1, without.Factorization.FailedPivot);
        Assert.Equal([9, 9, 9], x);
        Assert.True(RidgeLeastSquares.Solve<double>(a, 4, 3, b, 1, x, 1e-10).Succeeded);
        Assert.InRange(Error(b, Product(a, x, 4, 1, 3)), 0, 1e-6);
        Assert.Equal(x[1], 2 * x[0], 1e-4);
    }

    [Theory]
    [InlineData(80, 4, 12, 2, 1e-4)]
    [InlineData(80, 4, 12, 1, 0.0)]
    [InlineData(30, 1, 5, 3, 0.0)]
    [InlineData(6, 3, 3, 1, 1e-6)]
    [InlineData(3, 4, 20, 2, 1e-2)]
    public void BandedSolutionEqualsTheDenseOne(int rows, int width, int columns, int targets, double lambda)
    {
        BandedEqualsDense<double>(rows, width, columns, targets, lambda, 1e-9);
        BandedEqualsDense<float>(rows, width, columns, targets, lambda, 1e-5);
    }

    [Fact]
    public void EmptyProblemsAreDefined()
    {
        Assert.True(RidgeLeastSquares.Solve<double>([], 0, 0, [], 3, [], 0).Succeeded);
        double[] x = [5, 5];
        RidgeResult noRows = RidgeLeastSquares.Solve<double>([], 0, 2, [], 1, x, 0.1);
        Assert.Equal(new CholeskyOutcome(0, 0), noRows.Factorization);
        RidgeResult noRowsBanded = RidgeLeastSquares.SolveBanded<double>([], [], 2, 2, [], 1, x, 0.1);
        Assert.Equal(new CholeskyOutcome(0, 0), noRowsBanded.Factorization);
        Assert.Equal([5, 5], x);
        Assert.True(RidgeLeastSquares.Solve<double>([2], 1, 1, [], 0, [], 0).Succeeded);
    }

    [Fact]
    public void MisuseNamesWhatIsWrong()
    {
        double[] x = new double[4];
        ArgumentException lambda = Assert.Throws<ArgumentOutOfRangeException>(
            () => RidgeLeastSquares.Solve<double>(new double[4], 1, 4, new double[1], 1, x, -1));
        Assert.Contains("at least 0", lambda.Message);
        ArgumentException first = Assert.Throws<ArgumentOutOfRangeException>(
            () => RidgeLeastSquares.SolveBanded<double>([3], new double[2], 2, 4, new double[1], 1, x, 0));
        Assert.Contains("Row 0 starts at column 3", first.Message);
        Assert.Contains("0 … 2", first.Message);
    }

    private static void ClosedForm<T>(int rows, int columns, int targets, double lambda, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(rows + columns);
        T[] a = To<T>(Random(random, rows * columns)), b = To<T>(Random(random, rows * targets)), actual = new T[columns * targets];
        Matrix<double> matrix = ToMathNet(From<T>(a), rows, columns);
        Matrix<double> gram = matrix.TransposeThisAndMultiply(matrix);
        double penalty = lambda * gram.Trace() / columns;
        gram += Matrix<double>.Build.DenseIdentity(columns) * penalty;
        double[] expected = FromMathNet(gram.LU().Solve(matrix.TransposeThisAndMultiply(ToMathNet(From<T>(b), rows, targets))));
        RidgeResult result = RidgeLeastSquares.Solve<T>(a, rows, columns, b, targets, actual, lambda);
        Assert.True(result.Succeeded);
        Assert.Equal(penalty, result.Penalty, 1e-9);
        Assert.InRange(Error(expected, From<T>(actual)), 0, tolerance);
    }

    private static void BandedEqualsDense<T>(int rows, int width, int columns, int targets, double lambda, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(rows);
        int[] first = new int[rows];
        T[] values = To<T>(Random(random, rows * width)), dense = new T[rows * columns], b = To<T>(Random(random, rows * targets));
        for (int row = 0; row < rows; row++)
        {
            first[row] = random.Next(columns - width + 1);
            values.AsSpan(row * width, width).CopyTo(dense.AsSpan((row * columns) + first[row]));
        }

        T[] expected = new T[columns * targets], actual = new T[columns * targets];
        RidgeResult one = RidgeLeastSquares.Solve<T>(dense, rows, columns, b, targets, expected, lambda);
        RidgeResult two = RidgeLeastSquares.SolveBanded<T>(first, values, width, columns, b, targets, actual, lambda);
        Assert.True(one.Succeeded && two.Succeeded);
        Assert.Equal(one.Penalty, two.Penalty, 1e-9);
        Assert.InRange(Error(From<T>(expected), From<T>(actual)), 0, tolerance);
    }
}
