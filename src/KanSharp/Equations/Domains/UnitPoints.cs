using KanSharp.Numerics;

namespace KanSharp.Equations.Domains;

/// <summary>Points of the open unit cube; domains and sides map them into place.</summary>
internal static class UnitPoints
{
    /// <summary>Row-major points [N × dimension] with every coordinate in (0, 1) and N at least <paramref name="count"/>.</summary>
    public static double[] Generate(PointSequence sequence, int count, int dimension, SplitRandom random)
    {
        DomainChecks.Count(count);
        return sequence switch
        {
            _ when dimension == 0 => [],
            PointSequence.Grid => Product(AxisCounts(count, dimension), Centres),
            PointSequence.Chebyshev => Product(AxisCounts(count, dimension), ChebyshevGauss),
            PointSequence.Sobol => Sobol(count, dimension, random),
            PointSequence.LatinHypercube => LatinHypercube(count, dimension, random),
            PointSequence.Random => Uniform(count, dimension, random),
            _ => throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Known are {string.Join(", ", Enum.GetNames<PointSequence>())}."),
        };
    }

    /// <summary>True for the sequences that are products of points on the axes.</summary>
    public static bool IsProduct(PointSequence sequence) => sequence is PointSequence.Grid or PointSequence.Chebyshev;

    /// <summary>Numbers per axis that differ by at most one, the smallest whose product is at least <paramref name="count"/>.</summary>
    public static int[] AxisCounts(int count, int dimension)
    {
        int each = Math.Max(1, (int)(Math.Pow(count, 1.0 / dimension) + 1e-9));
        int[] counts = new int[dimension];
        Array.Fill(counts, each);
        for (int axis = 0; axis < dimension && Total() < count; axis++)
            counts[axis]++;
        return counts;

        double Total() => counts.Aggregate(1.0, (product, n) => product * n);
    }

    /// <summary>Points of one axis: centres of cells or zeros of a Chebyshev polynomial.</summary>
    public static double[] Axis(PointSequence sequence, int count) => sequence == PointSequence.Chebyshev ? ChebyshevGauss(count) : Centres(count);

    private static double[] Centres(int count)
    {
        var points = new double[count];
        for (int k = 0; k < count; k++)
            points[k] = (k + 0.5) / count;
        return points;
    }

    private static double[] ChebyshevGauss(int count)
    {
        var points = new double[count];
        for (int k = 0; k < count; k++)
            points[k] = (1 - Math.Cos(Math.PI * (k + 0.5) / count)) / 2;
        return points;
    }

    /// <summary>All combinations, the last axis fastest.</summary>
    private static double[] Product(int[] counts, Func<int, double[]> axisPoints)
    {
        int dimension = counts.Length;
        double[][] axes = [.. counts.Select(axisPoints)];
        int total = counts.Aggregate(1, (product, n) => checked(product * n));
        var points = new double[checked(total * dimension)];
        for (int row = 0; row < total; row++)
        {
            int rest = row;
            for (int axis = dimension - 1; axis >= 0; axis--)
            {
                points[row * dimension + axis] = axes[axis][rest % counts[axis]];
                rest /= counts[axis];
            }
        }

        return points;
    }

    /// <summary>The sequence from its second point, each axis shifted by the exclusive or with random bits; centred in cells of 2⁻³².</summary>
    private static double[] Sobol(int count, int dimension, SplitRandom random)
    {
        if (dimension > SobolSequence.MaximumDimension)
            throw new ArgumentException($"Sobol points have at most {SobolSequence.MaximumDimension} axes; {dimension} are needed. Use Latin hypercube points.", nameof(dimension));
        var shift = new uint[dimension];
        for (int axis = 0; axis < dimension; axis++)
            shift[axis] = (uint)(random.NextUInt64() >> 32);
        uint[] bits = SobolSequence.Points(count, dimension, first: 1);
        var points = new double[bits.Length];
        for (int i = 0; i < bits.Length; i++)
            points[i] = ((bits[i] ^ shift[i % dimension]) + 0.5) / 4294967296.0;
        return points;
    }

    private static double[] LatinHypercube(int count, int dimension, SplitRandom random)
    {
        var points = new double[checked(count * dimension)];
        var strata = new int[count];
        for (int axis = 0; axis < dimension; axis++)
        {
            for (int row = 0; row < count; row++)
            {
                // the inside-out shuffle of Fisher and Yates
                int place = random.NextInt(row + 1);
                strata[row] = strata[place];
                strata[place] = row;
            }

            for (int row = 0; row < count; row++)
                points[row * dimension + axis] = (strata[row] + Inside(random)) / count;
        }

        return points;
    }

    private static double[] Uniform(int count, int dimension, SplitRandom random)
    {
        var points = new double[checked(count * dimension)];
        for (int i = 0; i < points.Length; i++)
            points[i] = Inside(random);
        return points;
    }

    /// <summary>Uniform on the odd multiples of 2⁻⁵³, so that neither end occurs.</summary>
    private static double Inside(SplitRandom random) => ((random.NextUInt64() >> 12) + 0.5) / (1UL << 52);
}
