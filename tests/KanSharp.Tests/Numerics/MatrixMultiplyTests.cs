using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Numerics;

public class MatrixMultiplyTests
{
    public static TheoryData<int> Widths => [0, 128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void AgreesWithTheNaiveProductInFloat(int width) => CompareRandomShapes<float>((SimdWidth)width, 1e-6);

    [Theory]
    [MemberData(nameof(Widths))]
    public void AgreesWithTheNaiveProductInDouble(int width) => CompareRandomShapes<double>((SimdWidth)width, 2e-15);

    [Theory]
    [InlineData(1, 1000, 700)]
    [InlineData(700, 1, 1000)]
    [InlineData(1000, 7, 1)]
    [InlineData(500, 3, 300)]
    [InlineData(3, 500, 300)]
    [InlineData(2, 2, 3000)]
    [InlineData(97, 2100, 5)]
    [InlineData(200, 190, 530)]
    public void LargeAndSkinnyShapesAgreeWithTheNaiveProduct(int m, int n, int k)
    {
        var random = new Random(m + (31 * n) + (17 * k));
        using var executor = new Executor(2);
        for (int variant = 0; variant < 4; variant++)
        {
            var problem = new Problem<float>(random, m, n, k, (variant & 1) != 0, (variant & 2) != 0, 0);
            problem.Verify(ProductMode.Add, executor, 1e-6);
        }
    }

    [Fact]
    public void EmptyInnerDimensionClearsOrKeepsTheTarget()
    {
        float[] c = [1, 2, 3, 4, 5, 6];
        MatrixMultiply.Multiply(
            new MatrixOperand<float>([], 0), new MatrixOperand<float>([], 2), c, 3, 2, 2, 0, ProductMode.Add, Executor.Default);
        Assert.Equal([1, 2, 3, 4, 5, 6], c);
        MatrixMultiply.Multiply(
            new MatrixOperand<float>([], 0), new MatrixOperand<float>([], 2), c, 3, 2, 2, 0, ProductMode.Assign, Executor.Default);
        Assert.Equal([0, 0, 3, 0, 0, 6], c);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void NotANumberReachesExactlyItsRowAndColumn(int width)
    {
        using var executor = new Executor(1, (SimdWidth)width);
        const int M = 13, N = 39, K = 21;
        double[] a = new double[M * K], b = new double[K * N], c = new double[M * N];
        Array.Fill(a, 1);
        Array.Fill(b, 1);
        a[(5 * K) + 20] = double.NaN;
        b[(3 * N) + 37] = double.PositiveInfinity;
        Array.Fill(c, double.NaN);
        MatrixMultiply.Multiply<double>(a, b, c, M, N, K, executor);
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
                Assert.Equal(i == 5 ? double.NaN : j == 37 ? double.PositiveInfinity : K, c[(i * N) + j]);
        }
    }

    [Theory]
    [InlineData(131, 270, 300)]
    [InlineData(1, 900, 400)]
    [InlineData(600, 1, 400)]
    [InlineData(20, 700, 60)]
    public void BitsDoNotDependOnTheThreads(int m, int n, int k)
    {
        var random = new Random(5);
        for (int variant = 0; variant < 4; variant++)
        {
            var problem = new Problem<float>(random, m, n, k, (variant & 1) != 0, (variant & 2) != 0, 0);
            using var one = new Executor(1);
            using var two = new Executor(2);
            using var eight = new Executor(8);
            float[] expected = problem.Product(ProductMode.Add, one);
            Assert.Equal(expected, problem.Product(ProductMode.Add, two));
            Assert.Equal(expected, problem.Product(ProductMode.Add, eight));
        }
    }

    [Fact]
    public void ShortSpanAndShortLeadingDimensionAreRefused()
    {
        float[] six = new float[6];
        ArgumentException shortSpan = Assert.Throws<ArgumentException>(
            () => MatrixMultiply.Multiply<float>(six, six, six, 2, 2, 4, Executor.Default));
        Assert.Contains("needs 8 elements", shortSpan.Message);
        ArgumentException leading = Assert.Throws<ArgumentException>(() => MatrixMultiply.Multiply(
            new MatrixOperand<float>(six, 2), new MatrixOperand<float>(six, 2), six, 2, 2, 2, 3, ProductMode.Assign, Executor.Default));
        Assert.Contains("leading dimension of matrix A is 2", leading.Message);
    }

    [Fact]
    public void RepeatedProductsAllocateNothing()
    {
        using var executor = new Executor(1);
        var problem = new Problem<float>(new Random(3), 150, 140, 300, true, true, 0);
        float[] target = new float[150 * 140];
        problem.Multiply(target, ProductMode.Assign, executor);
        Assert.Equal(0, SteadyState.AllocatedBytes(() => problem.Multiply(target, ProductMode.Add, executor)));
    }

    private static void CompareRandomShapes<T>(SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(11);
        using var executor = new Executor(2, width);
        for (int round = 0; round < 160; round++)
        {
            int limit = round % 4 == 0 ? 6 : 71;
            int m = random.Next(limit), n = random.Next(limit), k = random.Next(round % 3 == 0 ? 6 : 71);
            var problem = new Problem<T>(random, m, n, k, random.Next(2) == 1, random.Next(2) == 1, random.Next(4));
            problem.Verify((ProductMode)(round % 3), executor, tolerance);
        }
    }

    /// <summary>A random product; the target has a margin to the right of every row that must stay as it was.</summary>
    private sealed class Problem<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _m, _n, _k, _lda, _ldb, _ldc;
        private readonly bool _transA, _transB;
        private readonly T[] _a, _b, _c;

        public Problem(Random random, int m, int n, int k, bool transA, bool transB, int margin)
        {
            (_m, _n, _k, _transA, _transB) = (m, n, k, transA, transB);
            _lda = (transA ? m : k) + margin;
            _ldb = (transB ? k : n) + (2 * margin);
            _ldc = n + (3 * margin);
            _a = Values(random, (transA ? k : m) * _lda);
            _b = Values(random, (transB ? n : k) * _ldb);
            _c = Values(random, m * _ldc);
        }

        public void Multiply(T[] target, ProductMode mode, Executor executor) => MatrixMultiply.Multiply(
            new MatrixOperand<T>(_a, _lda, _transA), new MatrixOperand<T>(_b, _ldb, _transB), target, _ldc, _m, _n, _k, mode, executor);

        public T[] Product(ProductMode mode, Executor executor)
        {
            T[] target = [.. _c];
            Multiply(target, mode, executor);
            return target;
        }

        public void Verify(ProductMode mode, Executor executor, double tolerance)
        {
            T[] actual = Product(mode, executor);
            for (int i = 0; i < _m; i++)
            {
                for (int j = 0; j < _ldc; j++)
                {
                    double former = double.CreateChecked(_c[(i * _ldc) + j]);
                    double value = double.CreateChecked(actual[(i * _ldc) + j]);
                    if (j >= _n)
                    {
                        Assert.Equal(former, value);
                        continue;
                    }

                    (double sum, double size) = Entry(i, j);
                    double expected = mode switch
                    {
                        ProductMode.Assign => sum,
                        ProductMode.Add => former + sum,
                        _ => former - sum,
                    };
                    if (!(Math.Abs(value - expected) <= tolerance * (size + Math.Abs(former))))
                    {
                        Assert.Fail($"[{_m} × {_n} × {_k}] {_transA} {_transB} {mode} {executor.Width}: C[{i}, {j}] is {value:R}, "
                            + $"expected {expected:R}");
                    }
                }
            }
        }

        private static T[] Values(Random random, int count)
        {
            var values = new T[count];
            for (int i = 0; i < count; i++)
                values[i] = T.CreateChecked((random.NextDouble() * 2) - 1);
            return values;
        }

        /// <summary>Σ a·b and Σ |a·b|: the latter bounds the rounding error of any order of summation.</summary>
        private (double Sum, double Size) Entry(int i, int j)
        {
            double sum = 0, size = 1e-300;
            for (int p = 0; p < _k; p++)
            {
                double term = double.CreateChecked(_transA ? _a[(p * _lda) + i] : _a[(i * _lda) + p])
                    * double.CreateChecked(_transB ? _b[(j * _ldb) + p] : _b[(p * _ldb) + j]);
                sum += term;
                size += Math.Abs(term);
            }

            return (sum, size);
        }
    }
}
