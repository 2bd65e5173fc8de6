using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Tests.Bases;

/// <summary>Splines carried to other knots, against the textbook recursion on both knot rows.</summary>
public class SplineTransferTests
{
    public static TheoryData<int> Degrees => [1, 2, 3, 4, 5, 7];

    [Theory]
    [MemberData(nameof(Degrees))]
    public void InsertionKeepsTheSpline(int degree)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(1000 * degree + seed);
            double[] from = Knots(degree, seed, random);
            double[] to = KnotVector.Extended<double>(Finer(from[degree..^degree], random, random.Next(1, 12)), degree);
            SplineTransfer transfer = SplineTransfer.Create(from, degree, to, degree);
            Assert.True(transfer.IsInsertion);
            Same(from, degree, to, degree, transfer, random, outside: true, tolerance: 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void ProjectionIsInsertionWhereKnotsAreNested(int degree)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(77 * degree + seed);
            double[] from = Knots(degree, seed, random);
            double[] to = KnotVector.Extended<double>(Finer(from[degree..^degree], random, random.Next(1, 8)), degree);
            SplineTransfer inserted = SplineTransfer.Insert(from, to, degree);
            SplineTransfer projected = SplineTransfer.Project(from, degree, to, degree);
            Assert.False(projected.IsInsertion);
            for (int row = 0; row < inserted.Rows; row++)
            {
                for (int column = 0; column < inserted.Columns; column++)
                    Assert.Equal(inserted[row, column], projected[row, column], degree <= 5 ? 1e-11 : 1e-9);
            }

            Same(from, degree, to, degree, projected, random, outside: true, tolerance: degree <= 3 ? 1e-12 : degree <= 5 ? 1e-10 : 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void AGridWithinTheOldOneIsCutExactly(int degree)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(31 * degree + seed);
            double[] from = Knots(degree, seed, random);
            double low = from[degree], high = from[^(degree + 1)];
            double start = low + 0.3 * random.NextDouble() * (high - low), end = high - 0.3 * random.NextDouble() * (high - low);
            double[] grid = [start, .. Finer(from[degree..^degree], random, 3).Where(knot => knot > start && knot < end), end];
            double[] to = KnotVector.Extended<double>(grid, degree);
            SplineTransfer transfer = SplineTransfer.Create(from, degree, to, degree);
            Assert.True(transfer.IsInsertion);
            Same(from, degree, to, degree, transfer, random, outside: false, tolerance: 1e-12);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    [InlineData(3, 5)]
    [InlineData(5, 8)]
    public void RaisingTheDegreeKeepsTheSpline(int degree, int raised)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(13 * degree + seed);
            double[] from = Knots(degree, seed, random);
            double[] to = KnotVector.Elevate<double>(from, degree, raised);
            Same(from, degree, to, raised, SplineTransfer.Create(from, degree, to, raised), random, outside: degree > 1, tolerance: raised <= 5 ? 1e-12 : 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Degrees))]
    public void ALinearContinuationFitsOnAKnotOfMultiplicityDegreeMinusOne(int degree)
    {
        var random = new Random(5);
        double[] from = KnotRows.Random<double>(4, degree, 2, random);
        double low = from[degree], high = from[^(degree + 1)];
        double[] ends = [.. Enumerable.Repeat(high, Math.Max(1, degree - 1))];
        double[] grid = [low - 0.4, .. ends.Select(_ => low), .. from[(degree + 1)..^(degree + 1)], .. ends, high + 0.7];
        double[] to = KnotVector.Extended<double>(grid, degree);
        SplineTransfer transfer = SplineTransfer.Create(from, degree, to, degree);
        Assert.False(transfer.IsInsertion);
        Same(from, degree, to, degree, transfer, random, outside: true, tolerance: 1e-12);
    }

    [Fact]
    public void WithTheOldOuterKnotsTheSplineIsTheSameOnTheWholeLine()
    {
        var random = new Random(4);
        double[] from = KnotRows.Random<double>(5, 3, 2, random);
        double[] finer = Finer(from[3..^3], random, 6);
        double[] to = [.. from[..3], .. finer, .. from[^3..]];
        SplineTransfer transfer = SplineTransfer.Insert(from, to, 3);
        double[] coefficients = Random(random, transfer.Columns);
        var carried = new double[transfer.Rows];
        transfer.Apply<double>(coefficients, 1, carried);
        for (double x = from[0] - 0.1; x < from[^1] + 0.1; x += 0.013)
            Assert.Equal(Dot(NaiveBSpline.All(from, 3, x), coefficients), Dot(NaiveBSpline.All(to, 3, x), carried), 1e-13);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 7)]
    [InlineData(3, 4)]
    [InlineData(4, 9)]
    public void AProjectionLeavesAResidualOrthogonalToTheNewSplines(int degree, int intervals)
    {
        double[] from = KnotRows.Uniform<double>(5, degree);
        double[] to = KnotRows.Uniform<double>(intervals, degree, -0.9, 1.1);
        var random = new Random(degree);
        SplineTransfer transfer = SplineTransfer.Create(from, degree, to, degree);
        double[] coefficients = Random(random, transfer.Columns);
        var carried = new double[transfer.Rows];
        transfer.Apply<double>(coefficients, 1, carried);
        // the midpoint rule knows nothing of breakpoints; its error at this step is about 1e-9
        const int Steps = 40000;
        var moments = new double[transfer.Rows];
        for (int step = 0; step < Steps; step++)
        {
            double x = -0.9 + 2.0 * (step + 0.5) / Steps;
            double[] functions = NaiveBSpline.All(to, degree, x);
            double residual = Dot(NaiveBSpline.AllContinued(from, degree, x), coefficients) - Dot(functions, carried);
            for (int j = 0; j < moments.Length; j++)
                moments[j] += residual * functions[j] * 2 / Steps;
        }

        Assert.All(moments, moment => Assert.Equal(0, moment, 1e-8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StepsAndGradientChangesKeepTheirProduct(bool nested)
    {
        var random = new Random(8);
        double[] from = KnotRows.Random<double>(5, 3, 1, random);
        double[] to = nested
            ? KnotVector.Extended<double>(Finer(from[3..^3], random, 7), 3)
            : KnotRows.Uniform<double>(11, 3, from[3], from[^4]);
        SplineTransfer transfer = SplineTransfer.Create(from, 3, to, 3);
        Assert.Equal(nested, transfer.IsInsertion);
        double[] s = Random(random, 2 * transfer.Columns), y = Random(random, 2 * transfer.Columns);
        double[] carriedS = new double[2 * transfer.Rows], carriedY = new double[2 * transfer.Rows];
        transfer.Apply<double>(s, 2, carriedS);
        transfer.ApplyDual<double>(y, 2, carriedY);
        Assert.Equal(Dot(s, y), Dot(carriedS, carriedY), 1e-12);
        // the gradient of a function of c is Aᵀ times that of the same function of A·c
        for (int column = 0; column < transfer.Columns; column++)
            Assert.Equal(y[2 * column], Enumerable.Range(0, transfer.Rows).Sum(row => transfer[row, column] * carriedY[2 * row]), 1e-12);
        double[] squares = new double[2 * transfer.Rows];
        transfer.ApplySquares<double>([.. y.Select(value => value * value)], 2, squares);
        for (int index = 0; index < squares.Length; index++)
            Assert.True(Math.Abs(carriedY[index]) <= Math.Sqrt(squares[index]) * (1 + 1e-12));
    }

    [Fact]
    public void MisuseIsNamed()
    {
        double[] from = KnotRows.Uniform<double>(4, 3);
        double[] other = KnotRows.Uniform<double>(6, 3);
        Assert.Contains("not nested", Assert.Throws<ArgumentException>(() => SplineTransfer.Insert(from, other, 3)).Message, StringComparison.Ordinal);
        SplineTransfer transfer = SplineTransfer.Create(from, 3, other, 3);
        Assert.Throws<ArgumentException>(() => transfer.Apply<double>(new double[6], 1, new double[9]));
        Assert.Throws<ArgumentException>(() => transfer.ApplyDual<double>(new double[7], 1, new double[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => transfer[9, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => KnotVector.Elevate<double>(from, 3, 2));
    }

    [Fact]
    public void GaussLegendreIntegratesPolynomialsExactly()
    {
        for (int count = 1; count <= 12; count++)
        {
            (double[] nodes, double[] weights) = GaussLegendre.Rule(count);
            for (int power = 0; power < 2 * count; power++)
                Assert.Equal(1.0 / (power + 1), nodes.Zip(weights, (x, w) => w * Math.Pow(x, power)).Sum(), 2e-15);
        }
    }

    private static double[] Knots(int degree, int seed, Random random) => (seed % 3) switch
    {
        0 => KnotRows.Uniform<double>(random.Next(1, 9), degree),
        1 => KnotRows.Random<double>(random.Next(1, 9), degree, 4, random),
        _ => KnotVector.Extended<double>(KnotRows.Uneven<double>(random.Next(1, 7), 1, random)[1..^1], degree),
    };

    /// <summary>Grid points with more between them; now and then one twice.</summary>
    private static double[] Finer(double[] grid, Random random, int more)
    {
        var points = new List<double>(grid);
        for (int index = 0; index < more; index++)
        {
            int cell = random.Next(grid.Length - 1);
            double point = grid[cell] + (grid[cell + 1] - grid[cell]) * (0.05 + 0.9 * random.NextDouble());
            points.Add(point);
            if (random.Next(8) == 0 && points.Count(other => other == point) < 2)
                points.Add(point);
        }

        points.Sort();
        return [.. points];
    }

    private static void Same(
        double[] from, int fromDegree, double[] to, int toDegree, SplineTransfer transfer, Random random, bool outside, double tolerance)
    {
        const int Outputs = 3;
        double[] coefficients = Random(random, transfer.Columns * Outputs);
        var carried = new double[transfer.Rows * Outputs];
        transfer.Apply<double>(coefficients, Outputs, carried);
        double low = to[toDegree], high = to[^(toDegree + 1)], reach = outside ? 0.2 : 0;
        double[] points = [.. Enumerable.Range(0, 40).Select(_ => low - reach + (high - low + 2 * reach) * random.NextDouble())];
        for (int order = 0; order <= Math.Min(2, fromDegree - 1); order++)
        {
            double[][] before = [.. points.Select(x => Values(NaiveBSpline.AllContinued(from, fromDegree, x, order), coefficients, Outputs))];
            double[][] after = [.. points.Select(x => Values(NaiveBSpline.AllContinued(to, toDegree, x, order), carried, Outputs))];
            // narrow cells make derivatives of size 1/width from coefficients of size 1: rounding grows alike
            double size = before.Max(values => values.Max(Math.Abs)) * Math.Pow(10, order);
            for (int point = 0; point < points.Length; point++)
            {
                for (int output = 0; output < Outputs; output++)
                    Assert.True(Math.Abs(after[point][output] - before[point][output]) <= tolerance * Math.Max(1, size), $"order {order} at {points[point]}: {before[point][output]:G17} became {after[point][output]:G17}");
            }
        }
    }

    private static double[] Values(double[] functions, double[] coefficients, int outputs) =>
        [.. Enumerable.Range(0, outputs).Select(output => functions.Select((value, j) => value * coefficients[j * outputs + output]).Sum())];

    private static double[] Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
}
