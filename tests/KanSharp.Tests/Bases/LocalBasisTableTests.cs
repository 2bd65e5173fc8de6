using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Tests.Bases;

/// <summary>The compiled table: blocks of several features at every register width, search of cells, and refusal of bad knots.</summary>
public class LocalBasisTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    public void BlocksAreTheSameAtEveryWidth(int degree)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            const int Features = 5;
            var random = new Random(degree);
            T[] knots = [.. Enumerable.Range(0, Features).SelectMany(f => f % 2 == 0 ? KnotRows.Uniform<T>(6, degree, -1 - f, 1) : KnotRows.Random<T>(6, degree, 2, random))];
            LocalBasisTable<T> table = BSplineTable.Build<T>(knots, Features, degree, OutsideGrid.Linear);
            T[] x = [.. Enumerable.Range(0, 3 * 37).Select(_ => T.CreateTruncating(3 * random.NextDouble() - 1.5))];
            for (int order = 0; order <= DerivativeOrder.Highest; order++)
            {
                var expectedFirst = new int[x.Length];
                var expected = new T[x.Length * table.Stride];
                table.Evaluate(x, 1, 3, order, expectedFirst, expected, SimdWidth.Scalar);
                foreach (SimdWidth width in SimdWidths.All)
                {
                    var first = new int[x.Length];
                    var values = new T[x.Length * table.Stride];
                    values.AsSpan().Fill(T.NaN);
                    table.Evaluate(x, 1, 3, order, first, values, width);
                    Assert.Equal(expectedFirst, first);
                    Assert.Equal(expected, values);
                }

                for (int point = 0; point < x.Length; point++)
                {
                    int feature = 1 + point % 3;
                    var basis = new BSpline<T>(knots.AsSpan(feature * (6 + 2 * degree + 1), 6 + 2 * degree + 1), degree);
                    var single = new T[basis.Count];
                    basis.Evaluate(x[point], single, order);
                    for (int r = 0; r <= degree; r++)
                        Assert.Equal(single[expectedFirst[point] + r], expected[point * table.Stride + r]);
                }
            }
        }
    }

    [Fact]
    public void CellsAreFoundOnEveryKnotAndOneUlpBeside()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            foreach (int intervals in new[] { 1, 7, 64, 1000 })
            {
                foreach (T[] knots in new[] { KnotRows.Uniform<T>(intervals, 3, -0.1, 0.2), KnotRows.Uniform<T>(intervals, 3, 1e6, 1e6 + 3000), KnotRows.Random<T>(intervals, 3, 1, new Random(3)) })
                {
                    LocalBasisTable<T> table = BSplineTable.Build<T>(knots, 1, 3, OutsideGrid.Linear);
                    for (int cell = 0; cell <= intervals; cell++)
                    {
                        T knot = knots[3 + cell];
                        // the grid holds its upper end
                        Assert.Equal(Math.Min(cell + 1, intervals), table.Locate(0, knot));
                        Assert.Equal(cell + 1, table.Locate(0, T.BitIncrement(knot)));
                        Assert.Equal(cell, table.Locate(0, T.BitDecrement(knot)));
                    }

                    CheckRegisters(table, knots[3..^3]);
                }
            }
        }

        // Cells compared, divided for and searched, a register of points at a time
        static void CheckRegisters<T>(LocalBasisTable<T> table, T[] knots)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] points =
            [
                T.NaN, T.NegativeInfinity, T.PositiveInfinity, T.BitIncrement(T.NegativeInfinity), T.BitDecrement(T.PositiveInfinity), T.Zero, T.NegativeZero,
                .. knots.SelectMany(knot => new[] { knot, T.BitIncrement(knot), T.BitDecrement(knot) }),
            ];
            int padded = points.Length + 16;
            foreach (SimdWidth width in SimdWidths.All)
            {
                var x = new T[padded];
                points.CopyTo(x, 0);
                var cells = new T[padded];
                table.Locate(0, ref x[0], points.Length, ref cells[0], width);
                for (int n = 0; n < points.Length; n++)
                    Assert.Equal(table.Locate(0, points[n]), LocalBasisTable<T>.CellOf(ref cells[n]));
            }
        }
    }

    [Fact]
    public void CellsTooNarrowToDivideByStayFinite()
    {
        float tiny = float.Epsilon;
        var basis = new BSpline<float>([-3, -2, -1, 0, tiny, 1, 2, 3], 2);
        var values = new float[basis.Count];
        foreach (float x in new[] { -tiny, 0, tiny })
        {
            basis.Evaluate(x, values);
            Assert.Equal(1, values.Sum(), 1e-6);
        }
    }

    /// <summary>The number of cells over the length of the grid overflows here; a cell computed from it would lie outside of the table.</summary>
    [Fact]
    public void CellsOfAGridOfDenormalLengthAreFound()
    {
        Check(float.Epsilon);
        Check(double.Epsilon);

        static void Check<T>(T step)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] knots = [.. Enumerable.Range(-1, 6).Select(j => T.CreateTruncating(j) * step)];
            LocalBasisTable<T> table = BSplineTable.Build<T>(knots, 1, 1, OutsideGrid.Linear);
            for (int cell = 0; cell < table.Cells; cell++)
                Assert.Equal(cell + 1, table.Locate(0, T.CreateTruncating(cell) * step));
        }
    }

    [Fact]
    public void BadKnotsAreRefusedWithTheirFeature()
    {
        double[] good = KnotRows.Uniform<double>(3, 2);
        double[] descending = [.. good];
        descending[4] = descending[3] - 1;
        double[] infinite = [.. good];
        infinite[7] = double.PositiveInfinity;
        double[] flat = [-1, -0.5, 0, 0, 0, 0, 0.5, 1];
        Assert.Contains("Feature 1: Knot 4", Refusal([.. good, .. descending]).Message, StringComparison.Ordinal);
        Assert.Contains("Feature 1: Knot 7", Refusal([.. good, .. infinite]).Message, StringComparison.Ordinal);
        Assert.Contains("Feature 0: The grid [0, 0] has no length", Refusal([.. flat, .. good]).Message, StringComparison.Ordinal);
        Assert.Contains("too few", Assert.Throws<ArgumentException>(() => new BSpline<double>([0, 1, 2, 3, 4], 2)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new BSpline<double>(good, 0));
        Assert.ThrowsAny<ArgumentException>(() => new BSpline<double>(KnotRows.Uniform<double>(5, 11), 11));

        static ArgumentException Refusal(double[] knots) =>
            Assert.Throws<ArgumentException>(() => BSplineTable.Build<double>(knots, 2, 2, OutsideGrid.Linear));
    }

    [Fact]
    public void OptionsNameWhatIsWrong()
    {
        Assert.Contains("Intervals is 0", Refusal(new BSplineOptions { Intervals = 0 }), StringComparison.Ordinal);
        Assert.Contains("Degree is 11", Refusal(new BSplineOptions { Degree = 11 }), StringComparison.Ordinal);
        Assert.Contains("from 1 to 1", Refusal(new BSplineOptions { Low = 1 }), StringComparison.Ordinal);
        Assert.Contains("Outside is 7", Refusal(new BSplineOptions { Outside = (OutsideGrid)7 }), StringComparison.Ordinal);
        new BSplineOptions().Validate();

        static string Refusal(BSplineOptions options) => Assert.Throws<ArgumentException>(options.Validate).Message;
    }
}
