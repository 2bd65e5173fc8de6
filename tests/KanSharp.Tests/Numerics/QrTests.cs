using System.Numerics;
using KanSharp.Numerics;
using MathNet.Numerics.LinearAlgebra;
using static KanSharp.Tests.Numerics.LinearAlgebraData;

namespace KanSharp.Tests.Numerics;

public class QrTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 1, 2)]
    [InlineData(7, 7, 3)]
    [InlineData(40, 13, 2)]
    [InlineData(120, 90, 1)]
    public void LeastSquaresSolutionAgreesWithMathNet(int rows, int columns, int targets)
    {
        Agrees<double>(rows, columns, targets, 1e-11);
        Agrees<float>(rows, columns, targets, 2e-3);
    }

    [Fact]
    public void TriangularFactorHasTheGramMatrixOfTheInput()
    {
        const int Rows = 20, Columns = 6;
        double[] a = Random(new Random(1), Rows * Columns);
        QrFactor<double> qr = QrFactor<double>.Compute(a, Rows, Columns);
        Matrix<double> r = Matrix<double>.Build.Dense(Columns, Columns, qr.R);
        Matrix<double> m = ToMathNet(a, Rows, Columns);
        Assert.InRange((r.TransposeThisAndMultiply(r) - m.TransposeThisAndMultiply(m)).FrobeniusNorm(), 0, 1e-13);
        Assert.Equal(0, qr.R(3, 1));
    }

    [Fact]
    public void RankDeficiencyIsAResult()
    {
        double[] a = [1, 2, 2, 4, 3, 6];
        double[] x = [7, 7];
        Assert.False(QrFactor<double>.Compute(a, 3, 2).TrySolve([1, 2, 3], 1, x));
        Assert.Equal([7, 7], x);
    }

    [Fact]
    public void WideMatrixIsRefusedWithTheWayOut()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => QrFactor<double>.Compute(new double[6], 2, 3));
        Assert.Contains("CompleteOrthogonalFactor", error.Message);
    }

    [Fact]
    public void EmptyProblemsHaveEmptyOrZeroSolutions()
    {
        Assert.True(QrFactor<double>.Compute([], 0, 0).TrySolve([], 2, []));
        double[] x = [1, 2, 3, 4, 5, 6];
        CompleteOrthogonalFactor<double> none = CompleteOrthogonalFactor<double>.Compute([], 0, 3);
        none.Solve([], 2, x);
        Assert.Equal(0, none.Rank);
        Assert.Equal(new double[6], x);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1.0)]
    [InlineData(1e200)]
    public void ExtremeScalesNeitherOverflowNorVanish(double scale)
    {
        double[] a = [3 * scale, 1 * scale, 4 * scale, 2 * scale, 0, 5 * scale];
        double[] b = [5 * scale, 8 * scale, 10 * scale], x = new double[2], y = new double[2];
        Assert.True(QrFactor<double>.Compute(a, 3, 2).TrySolve(b, 1, x));
        CompleteOrthogonalFactor<double>.Compute(a, 3, 2).Solve(b, 1, y);
        Assert.InRange(Error([1, 2], x), 0, 1e-14);
        Assert.InRange(Error([1, 2], y), 0, 1e-14);
    }

    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(8, 5, 5, 2)]
    [InlineData(8, 5, 3, 2)]
    [InlineData(5, 8, 5, 3)]
    [InlineData(5, 8, 2, 1)]
    [InlineData(60, 40, 25, 2)]
    [InlineData(1, 6, 1, 2)]
    [InlineData(6, 1, 1, 2)]
    public void LeastNormSolutionIsThePseudoInverse(int rows, int columns, int rank, int targets)
    {
        var random = new Random(rows + (10 * columns) + rank);
        double[] a = Product(Random(random, rows * rank), Random(random, rank * columns), rows, columns, rank);
        double[] b = Random(random, rows * targets), actual = new double[columns * targets];
        Matrix<double> inverse = PseudoInverse(ToMathNet(a, rows, columns));
        double[] expected = FromMathNet(inverse * ToMathNet(b, rows, targets));
        CompleteOrthogonalFactor<double> factor = CompleteOrthogonalFactor<double>.Compute(a, rows, columns, 1e-12);
        factor.Solve(b, targets, actual);
        Assert.Equal(rank, factor.Rank);
        Assert.InRange(Error(expected, actual), 0, 1e-10);

        float[] single = new float[columns * targets];
        CompleteOrthogonalFactor<float>.Compute(To<float>(a), rows, columns, 1e-5f).Solve(To<float>(b), targets, single);
        Assert.InRange(Error(expected, From<float>(single)), 0, 5e-3);
    }

    private static void Agrees<T>(int rows, int columns, int targets, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(rows);
        double[] a = Random(random, rows * columns), b = Random(random, rows * targets);
        double[] expected = FromMathNet(ToMathNet(a, rows, columns).QR().Solve(ToMathNet(b, rows, targets)));
        T[] actual = new T[columns * targets];
        Assert.True(QrFactor<T>.Compute(To<T>(a), rows, columns).TrySolve(To<T>(b), targets, actual));
        Assert.InRange(Error(expected, From<T>(actual)), 0, tolerance);
    }

    private static Matrix<double> PseudoInverse(Matrix<double> a)
    {
        var svd = a.Svd();
        double threshold = 1e-12 * svd.S.AbsoluteMaximum();
        Matrix<double> result = Matrix<double>.Build.Dense(a.ColumnCount, a.RowCount);
        for (int i = 0; i < svd.S.Count; i++)
        {
            if (svd.S[i] > threshold)
                result += svd.VT.Row(i).OuterProduct(svd.U.Column(i)) / svd.S[i];
        }

        return result;
    }
}
