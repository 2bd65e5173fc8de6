using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Tests.Equations.Domains;

public sealed class SequenceTests
{
    private static readonly Box Unit = new(("x", 0, 1), ("y", 0, 1));

    /// <summary>The first ten points that the authors' program sobol.cc prints for three dimensions.</summary>
    [Fact]
    public void Sobol_starts_with_the_published_points()
    {
        double[,] published =
        {
            { 0, 0, 0 }, { 0.5, 0.5, 0.5 }, { 0.75, 0.25, 0.25 }, { 0.25, 0.75, 0.75 }, { 0.375, 0.375, 0.625 },
            { 0.875, 0.875, 0.125 }, { 0.625, 0.125, 0.875 }, { 0.125, 0.625, 0.375 }, { 0.1875, 0.3125, 0.9375 }, { 0.6875, 0.8125, 0.4375 },
        };
        Assert.Equal(published.Cast<double>(), SobolSequence.Points(10, 3, first: 0).Select(bits => bits / 4294967296.0));
    }

    [Fact]
    public void Sobol_fills_every_elementary_interval_of_one_axis()
    {
        const int count = 256, dimension = SobolSequence.MaximumDimension;
        uint[] points = SobolSequence.Points(count, dimension, first: 0);
        for (int axis = 0; axis < dimension; axis++)
            Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(row => (int)(points[row * dimension + axis] >> 24)).Order());
    }

    /// <summary>Sobol's property A: the first 2^d points put one into each octant. It holds if the first bits form a regular matrix over GF(2).</summary>
    [Fact]
    public void Sobol_has_property_A_in_every_dimension()
    {
        for (int dimension = 1; dimension <= SobolSequence.MaximumDimension; dimension++)
        {
            var rows = new int[dimension];
            for (int axis = 0; axis < dimension; axis++)
            {
                uint[] directions = SobolSequence.Directions(axis);
                for (int k = 0; k < dimension; k++)
                    rows[axis] |= (int)(directions[k] >> 31) << k;
            }

            Assert.Equal(dimension, Rank(rows));
        }
    }

    [Fact]
    public void Sobol_in_the_plane_is_a_net_up_to_the_skipped_point()
    {
        // 64 points in 8x8, 4x16 and 16x4 cells: one each, but for the point that replaces the first one
        Tensor<double> points = Unit.Interior(64, PointSequence.Sobol, 5);
        foreach ((int across, int up) in new[] { (8, 8), (4, 16), (16, 4), (64, 1), (1, 64) })
        {
            int filled = Enumerable.Range(0, 64).Select(row => ((int)(points[row, 0] * across), (int)(points[row, 1] * up))).Distinct().Count();
            Assert.InRange(filled, 63, 64);
        }
    }

    [Fact]
    public void Latin_hypercube_has_one_point_in_each_stratum_of_each_axis()
    {
        Box box = new(("a", 0, 1), ("b", 0, 1), ("c", 0, 1), ("d", 0, 1));
        Tensor<double> points = box.Interior(97, PointSequence.LatinHypercube, 3);
        Assert.Equal(new Shape(97, 4), points.Shape);
        for (int axis = 0; axis < 4; axis++)
            Assert.Equal(Enumerable.Range(0, 97), Enumerable.Range(0, 97).Select(row => (int)(points[row, axis] * 97)).Order());
    }

    [Fact]
    public void Grid_is_the_centres_of_cells()
    {
        Tensor<double> points = new Box(("x", -1, 1), ("y", 0, 30)).Interior(6, PointSequence.Grid, 0);
        Assert.Equal(new Shape(6, 2), points.Shape);
        Assert.Equal(new double[] { -2 / 3.0, 7.5, -2 / 3.0, 22.5, 0, 7.5, 0, 22.5, 2 / 3.0, 7.5, 2 / 3.0, 22.5 }, points.Span.ToArray(), Near);
    }

    [Fact]
    public void Chebyshev_points_are_zeros_of_the_polynomial()
    {
        Tensor<double> points = new Interval("x", -1, 1).Interior(7, PointSequence.Chebyshev, 0);
        Assert.Equal(7, points.Span.ToArray().Distinct().Count());
        foreach (double x in points.Span)
            Assert.Equal(0, Math.Cos(7 * Math.Acos(x)), 1e-13);
    }

    [Theory]
    [InlineData(1, 3, new[] { 1, 1, 1 })]
    [InlineData(100, 2, new[] { 10, 10 })]
    [InlineData(1000, 2, new[] { 32, 32 })]
    [InlineData(1000, 3, new[] { 10, 10, 10 })]
    [InlineData(101, 2, new[] { 11, 10 })]
    public void Grids_have_equally_many_cells_per_axis(int count, int dimension, int[] expected) =>
        Assert.Equal(expected, UnitPoints.AxisCounts(count, dimension));

    [Theory]
    [InlineData(PointSequence.Sobol)]
    [InlineData(PointSequence.Random)]
    [InlineData(PointSequence.LatinHypercube)]
    public void Seeds_decide(PointSequence sequence)
    {
        double[] first = Unit.Interior(50, sequence, 1).Span.ToArray();
        Assert.Equal(100, first.Length);
        Assert.Equal(first, Unit.Interior(50, sequence, 1).Span.ToArray());
        Assert.NotEqual(first, Unit.Interior(50, sequence, 2).Span.ToArray());
        Assert.NotEqual(Unit.Sides[0].Points(9, sequence, 1).Span.ToArray()[1], Unit.Sides[1].Points(9, sequence, 1).Span.ToArray()[1]);
    }

    [Fact]
    public void Points_stay_inside_where_rounding_could_leave_none()
    {
        Interval far = new("x", 1e6, 1e6 + 1e-3);
        foreach (PointSequence sequence in Enum.GetValues<PointSequence>())
        {
            foreach (double x in far.Interior(5000, sequence, 8).Span)
                Assert.True(x > far.Low && x < far.High);
        }
    }

    [Fact]
    public void Misuse_is_refused_with_a_reason()
    {
        Box wide = new([.. Enumerable.Range(0, 17).Select(i => ($"x{i}", 0.0, 1.0))]);
        Assert.Contains("at most 16 axes; 17 are needed. Use Latin hypercube", Assert.Throws<ArgumentException>(() => wide.Interior(4, PointSequence.Sobol, 0)).Message);
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => Unit.Interior(0, PointSequence.Grid, 0)).Message);
        Assert.Contains("Known are Grid, Sobol", Assert.Throws<ArgumentOutOfRangeException>(() => Unit.Interior(4, (PointSequence)77, 0)).Message);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-14 * (1 + Math.Abs(a));

    private static int Rank(int[] rows)
    {
        int rank = 0;
        for (int bit = 0; bit < rows.Length; bit++)
        {
            int pivot = Array.FindIndex(rows, rank, row => (row >> bit & 1) == 1);
            if (pivot < 0)
                continue;
            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (int other = 0; other < rows.Length; other++)
            {
                if (other != rank && (rows[other] >> bit & 1) == 1)
                    rows[other] ^= rows[rank];
            }

            rank++;
        }

        return rank;
    }
}
