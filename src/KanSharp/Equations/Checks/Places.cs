using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Checks;

/// <summary>Points of a domain, boundary and centre included, and how messages name them.</summary>
internal static class Places
{
    private const int Digits = 5;

    /// <summary>Cells along every axis: so many that thirds, quarters and tenths of an axis are among the points.</summary>
    private static int Cells(int dimension) => dimension switch { 1 => 240, 2 => 60, 3 => 20, 4 => 6, _ => 2 };

    /// <summary>A grid over the bounding box with its ends, line by line along the last axis; points outside the domain are marked.</summary>
    public static (Tensor<double> Points, bool[] Inside, int Line) Grid(Domain domain)
    {
        int dimension = domain.Dimension, line = Cells(dimension) + 1;
        int count = checked((int)Math.Pow(line, dimension));
        var points = new Tensor<double>(new Shape(count, dimension));
        var inside = new bool[count];
        for (int row = 0; row < count; row++)
        {
            for (int axis = dimension - 1, rest = row; axis >= 0; axis--, rest /= line)
            {
                (double low, double high) = domain.Bounds[axis];
                double fraction = (double)(rest % line) / (line - 1);
                points[row, axis] = fraction == 1 ? high : Math.Abs(low + (high - low) * fraction) < 1e-14 * (high - low) ? 0 : low + (high - low) * fraction;
            }

            inside[row] = domain.Contains(points.Row(row));
        }

        return (points, inside, line);
    }

    public static bool OnBoundary(Domain domain, double[] point) => domain.Sides.Any(side => side.Contains(point));

    /// <summary>"x=0.5, y=1".</summary>
    public static string Text(Domain domain, ReadOnlySpan<double> point)
    {
        string[] parts = new string[point.Length];
        for (int axis = 0; axis < parts.Length; axis++)
            parts[axis] = $"{domain.Variables[axis]}={Text(point[axis])}";
        return string.Join(", ", parts);
    }

    public static string Text(double value) => double.IsFinite(value) ? Expression.Number(value).Round(Digits).ToString() : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
