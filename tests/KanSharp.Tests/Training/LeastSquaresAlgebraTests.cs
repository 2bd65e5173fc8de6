using KanSharp.Autodiff;
using KanSharp.Numerics;
using KanSharp.Training.LeastSquares;

namespace KanSharp.Tests.Training;

/// <summary>Sums over rows in runs against the same with dense matrices.</summary>
public class LeastSquaresAlgebraTests
{
    private const int Samples = 150;

    /// <summary>Tables of functions × outputs, and whole parameters (one function), with support of the run.</summary>
    private static readonly (int Functions, int Outputs, int Support)[] Shapes = [(9, 3, 4), (7, 1, 4), (1, 5, 1), (4, 2, 4), (1, 13, 1), (6, 2, 3), (1, 1, 1)];

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(6)]
    public void Normal_equations_are_those_of_dense_matrices(int firstRun)
    {
        JacobianRun[] runs = Runs();
        (JacobianRows rows, double[] residuals, double[,] dense) = Rows(runs, 3);
        int origin = runs[firstRun].Region;
        foreach (SimdWidth width in SimdWidths.All)
        {
            double[]? matrix = null, gradient = null;
            foreach (int threads in new[] { 1, 2, 3 })
            {
                using var executor = new Executor(threads, width);
                var normal = new NormalEquations(runs, firstRun, executor);
                Assert.Equal(dense.GetLength(1) - origin, normal.Unknowns);
                // what a solver left must go
                normal.Add(rows, residuals);
                normal.Clear();
                normal.Add(rows, residuals);
                for (int i = 0; i < normal.Unknowns; i++)
                {
                    double expected = 0;
                    for (int n = 0; n < Samples; n++)
                        expected += dense[n, origin + i] * residuals[n];
                    Assert.Equal(expected, normal.Gradient[i], 1e-12 * Samples);
                    for (int j = 0; j <= i; j++)
                        Assert.Equal(Gram(dense, origin + i, origin + j), normal.Matrix[i * normal.Leading + j], 1e-12 * Samples);
                }

                matrix ??= Lower(normal);
                gradient ??= [.. normal.Gradient];
                Assert.Equal(matrix, Lower(normal));
                Assert.Equal(gradient, normal.Gradient);
            }
        }
    }

    [Fact]
    public void Many_rows_on_several_threads_are_the_same_bits()
    {
        JacobianRun[] runs = Runs([(30, 8, 4), (25, 7, 4), (1, 60, 1), (20, 10, 4)]);
        (JacobianRows rows, double[] residuals, double[,] dense) = Rows(runs, 4);
        double[]? matrix = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var executor = new Executor(threads);
            var normal = new NormalEquations(runs, 0, executor);
            normal.Add(rows, residuals);
            matrix ??= Lower(normal);
            Assert.Equal(matrix, Lower(normal));
        }

        int unknowns = dense.GetLength(1);
        int place = 0;
        for (int i = 0; i < unknowns; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(Gram(dense, i, j), matrix![place++], 1e-12 * Samples);
        }
    }

    [Theory]
    [InlineData(1L << 30, true)]
    [InlineData(30_000L, false)]
    [InlineData(0L, false)]
    public void Products_with_rows_are_those_of_dense_matrices(long memory, bool complete)
    {
        JacobianRun[] runs = Runs();
        var blocks = new[] { Rows(runs, 5), Rows(runs, 6) };
        int unknowns = blocks[0].Dense.GetLength(1);
        double[] vector = [.. Enumerable.Range(0, unknowns).Select(index => Math.Sin(index + 1))];
        double[]? bits = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var executor = new Executor(threads);
            var store = new RowStore(unknowns, memory, executor);
            int passes = 0;
            double Pass(Action<JacobianRows, double[]> receive)
            {
                passes++;
                foreach ((JacobianRows rows, double[] residuals, _) in blocks)
                    receive(rows, residuals);
                return 7;
            }

            var transposed = new double[unknowns];
            for (int repeat = 0; repeat < 2; repeat++)
            {
                Array.Clear(transposed);
                Assert.Equal(7, store.Fill(Pass, (rows, residuals) => rows.AddTransposed(residuals, transposed)));
            }

            Assert.Equal(complete, store.IsComplete);
            var product = new double[unknowns];
            store.Multiply(vector, product);
            Assert.Equal(complete ? 2 : 3, passes);
            for (int i = 0; i < unknowns; i++)
            {
                double expected = 0, gradient = 0;
                foreach ((_, double[] residuals, double[,] dense) in blocks)
                {
                    for (int n = 0; n < Samples; n++)
                    {
                        double row = 0;
                        for (int j = 0; j < unknowns; j++)
                            row += dense[n, j] * vector[j];
                        expected += dense[n, i] * row;
                        gradient += dense[n, i] * residuals[n];
                    }
                }

                Assert.Equal(expected, product[i], 1e-10);
                Assert.Equal(gradient, transposed[i], 1e-10);
            }

            bits ??= product;
            Assert.Equal(bits, product);
        }
    }

    /// <summary>The preconditioner is the matrix without what couples different edges; where there is no such coupling it is the inverse.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_preconditioner_inverts_the_coupling_within_edges(int extra)
    {
        JacobianRun[] runs = Runs();
        (JacobianRows rows, _, double[,] dense) = Rows(runs, 9);
        int unknowns = dense.GetLength(1);
        var preconditioner = new BandPreconditioner(runs, extra);
        preconditioner.Add(rows);
        preconditioner.Clear();
        preconditioner.Add(rows);
        BandedTerm term = Term(runs[0], extra + 3, 2);
        if (extra > 0)
            preconditioner.Add(term);
        var diagonal = new double[unknowns];
        preconditioner.ReadDiagonal(diagonal);
        double[] damping = [.. Enumerable.Range(0, unknowns).Select(index => 0.1 + index % 3)];
        Assert.True(preconditioner.Factor(damping));
        double[] x = [.. Enumerable.Range(0, unknowns).Select(index => Math.Cos(index))];
        var solved = new double[unknowns];
        preconditioner.Solve(x, solved);
        double[,] penalty = Dense(term, unknowns);
        int[] edges = Edges(runs);
        for (int i = 0; i < unknowns; i++)
        {
            double sum = damping[i] * solved[i];
            for (int j = 0; j < unknowns; j++)
            {
                double element = Gram(dense, i, j) + (extra > 0 ? penalty[i, j] : 0);
                if (edges[i] == edges[j])
                    sum += element * solved[j];
                if (i == j)
                    Assert.Equal(element, diagonal[i], 1e-11);
            }

            Assert.Equal(x[i], sum, 1e-9);
        }
    }

    [Fact]
    public void A_banded_penalty_is_its_dense_matrix()
    {
        JacobianRun run = Runs()[0];
        const int Unknowns = 40;
        BandedTerm term = Term(run, 3, 5).Shift(4);
        double[,] dense = Dense(term, Unknowns);
        double[] x = [.. Enumerable.Range(0, Unknowns).Select(index => Math.Sin(2 * index))];
        double value = 0;
        var product = new double[Unknowns];
        for (int i = 0; i < Unknowns; i++)
        {
            for (int j = 0; j < Unknowns; j++)
            {
                product[i] += dense[i, j] * x[j];
                value += x[i] * dense[i, j] * x[j];
            }
        }

        Assert.Equal(value, term.Value(x), 1e-12 * Math.Abs(value));
        var sum = new double[Unknowns];
        Array.Fill(sum, 1);
        term.AddProduct(x, sum);
        const int Leading = Unknowns + 3;
        var matrix = new double[Unknowns * Leading];
        term.AddTo(matrix, Leading);
        for (int i = 0; i < Unknowns; i++)
        {
            Assert.Equal(product[i] + 1, sum[i], 1e-11);
            for (int j = 0; j <= i; j++)
                Assert.Equal(dense[i, j], matrix[i * Leading + j], 1e-13);
        }
    }

    private static JacobianRun[] Runs((int Functions, int Outputs, int Support)[]? shapes = null)
    {
        var runs = new List<JacobianRun>();
        foreach ((int functions, int outputs, int support) in shapes ?? Shapes)
        {
            int region = runs.Sum(run => run.RegionLength);
            runs.Add(new JacobianRun(region, functions * outputs, support * outputs, outputs, runs.Sum(run => run.Padded)));
        }

        return [.. runs];
    }

    private static (JacobianRows Rows, double[] Residuals, double[,] Dense) Rows(JacobianRun[] runs, int seed)
    {
        var random = new Random(seed);
        var rows = new JacobianRows();
        rows.Reserve(Samples, runs.Sum(run => run.Padded), runs);
        var dense = new double[Samples, runs.Sum(run => run.RegionLength)];
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int run = 0; run < runs.Length; run++)
            {
                // the ends of the regions, too
                int first = random.Next(runs[run].Functions - runs[run].Support + 1) * runs[run].Outputs;
                Span<double> values = rows.Run(sample, run, first);
                for (int index = 0; index < values.Length; index++)
                    dense[sample, runs[run].Region + first + index] = values[index] = 2 * random.NextDouble() - 1;
            }
        }

        rows.Complete();
        return (rows, [.. Enumerable.Range(0, Samples).Select(_ => random.NextDouble() - 0.5)], dense);
    }

    private static BandedTerm Term(JacobianRun run, int bandwidth, int seed)
    {
        var random = new Random(seed);
        var term = new BandedTerm(run.Region, run.Functions, run.Outputs, bandwidth + 1);
        for (int first = 0; first + bandwidth < run.Functions; first++)
            term.AddRow(first, [.. Enumerable.Range(0, bandwidth + 1).Select(_ => random.NextDouble() - 0.5)]);
        for (int output = 0; output < run.Outputs; output++)
            term.Weights[output] = random.NextDouble();
        return term;
    }

    private static double[,] Dense(BandedTerm term, int unknowns)
    {
        var dense = new double[unknowns, unknowns];
        for (int i = 0; i < term.Functions; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int output = 0; output < term.Outputs; output++)
                {
                    double value = i - j > term.Bandwidth ? 0 : term.Weights[output] * term.Band[i * (term.Bandwidth + 1) + j - i + term.Bandwidth];
                    int left = term.Offset + i * term.Outputs + output;
                    int right = term.Offset + j * term.Outputs + output;
                    dense[left, right] = dense[right, left] = value;
                }
            }
        }

        return dense;
    }

    /// <summary>Number of the edge of every unknown; each unknown of a whole parameter is one of its own.</summary>
    private static int[] Edges(JacobianRun[] runs)
    {
        var edges = new List<int>();
        int count = 0;
        foreach (JacobianRun run in runs)
        {
            for (int index = 0; index < run.RegionLength; index++)
                edges.Add(count + index % run.Outputs);
            count += run.Outputs;
        }

        return [.. edges];
    }

    private static double Gram(double[,] dense, int i, int j)
    {
        double sum = 0;
        for (int n = 0; n < dense.GetLength(0); n++)
            sum += dense[n, i] * dense[n, j];
        return sum;
    }

    private static double[] Lower(NormalEquations normal)
    {
        var lower = new List<double>();
        for (int i = 0; i < normal.Unknowns; i++)
            lower.AddRange(normal.Matrix.Slice(i * normal.Leading, i + 1));
        return [.. lower];
    }
}
