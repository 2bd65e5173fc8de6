using KanSharp.Bases;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Onnx;

/// <summary>
/// B-splines as nodes: intervals as differences of comparisons with the knots, then the recursion of Cox and de Boor, each degree with one weight
/// w_i = (x − t_i)/(t_{i+p} − t_i), B_i = w_i·B_i + (1 − w_{i+1})·B_{i+1}.
/// </summary>
internal static class OnnxSplines
{
    /// <summary>Values [N, I, G + k].</summary>
    /// <param name="spline">The splines.</param>
    /// <param name="x">Inputs [N, I].</param>
    public static OnnxValue Of(SplineBasis spline, OnnxValue x)
    {
        int length = spline.Intervals + (2 * spline.Degree) + 1;
        double[] knots = SharedRow(spline.Knots, length);
        int rows = knots.Length / length;
        return spline.LinearOutside ? Continued(spline, knots, rows, length, x) : Recursion(knots, knots, rows, spline.Degree, Bounded(knots, rows, length, x));
    }

    /// <summary>Splines that vanish beyond the outer knots do so at infinity, too: inputs are bounded to where all are 0.</summary>
    private static OnnxValue Bounded(double[] knots, int rows, int length, OnnxValue x)
    {
        var least = new double[rows];
        var most = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            (double first, double last) = (knots[row * length], knots[((row + 1) * length) - 1]);
            (least[row], most[row]) = (first - (last - first), last);
        }

        return x.AtLeast(x.Graph.Constant(least, 1, rows)).AtMost(x.Graph.Constant(most, 1, rows)).Unsqueeze(2);
    }

    /// <summary>The value at the nearest point of the grid and the tangent at its end.</summary>
    private static OnnxValue Continued(SplineBasis spline, double[] knots, int rows, int length, OnnxValue x)
    {
        int degree = spline.Degree, last = degree + spline.Intervals, count = spline.Count;
        OnnxGraph graph = x.Graph;
        double[] low = new double[rows], high = new double[rows], lowSlopes = new double[rows * count], highSlopes = new double[rows * count];
        var borders = (double[])knots.Clone();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> own = knots.AsSpan(row * length, length);
            (low[row], high[row]) = (own[degree], own[last]);
            // the last interval holds its right end, too
            for (int knot = 0; knot < length; knot++)
            {
                if (knot <= degree)
                    borders[(row * length) + knot] = double.NegativeInfinity;
                else if (own[knot] >= own[last])
                    borders[(row * length) + knot] = double.PositiveInfinity;
            }

            Slopes(own, degree, degree, atRight: false, lowSlopes.AsSpan(row * count, count));
            Slopes(own, degree, last - 1, atRight: true, highSlopes.AsSpan(row * count, count));
        }

        OnnxValue inside = x.AtLeast(graph.Constant(low, 1, rows)).AtMost(graph.Constant(high, 1, rows));
        OnnxValue beyond = (x - inside).Unsqueeze(2);
        OnnxValue values = Recursion(knots, borders, rows, degree, inside.Unsqueeze(2));
        return values + (beyond.AtMost(0) * graph.Constant(lowSlopes, 1, rows, count)) + (beyond.AtLeast(0) * graph.Constant(highSlopes, 1, rows, count));
    }

    /// <summary>Slopes of all functions at an end of the cell right of a knot, or of the next one inwards that has a width.</summary>
    private static void Slopes(ReadOnlySpan<double> knots, int degree, int left, bool atRight, Span<double> slopes)
    {
        int inner = knots.Length - 1 - degree;
        while (!(knots[left + 1] > knots[left]) && left + (atRight ? -1 : 1) >= degree && left + (atRight ? -1 : 1) < inner)
            left += atRight ? -1 : 1;
        int size = degree + 1;
        Span<double> pieces = stackalloc double[size * size];
        BSplinePieces.OfCell(knots, left, degree, pieces);
        double width = knots[left + 1] - knots[left];
        for (int r = 0; r < size; r++)
        {
            double slope = degree > 0 ? pieces[(r * size) + 1] : 0;
            for (int power = 2; atRight && power < size; power++)
                slope += power * pieces[(r * size) + power];
            slopes[left - degree + r] = slope / width;
        }
    }

    /// <summary>The functions at x [N, I, 1].</summary>
    /// <param name="knots">[rows, length].</param>
    /// <param name="borders">What x is compared with; the knots but for the ends of a grid that is closed on the right.</param>
    /// <param name="rows">Rows of knots, 1 or I.</param>
    /// <param name="degree">k.</param>
    /// <param name="x">Inputs.</param>
    private static OnnxValue Recursion(double[] knots, double[] borders, int rows, int degree, OnnxValue x)
    {
        OnnxGraph graph = x.Graph;
        int length = knots.Length / rows;
        OnnxValue reached = graph.Node("GreaterOrEqual", x, graph.Constant(borders, 1, rows, length)).ToNumber();
        OnnxValue functions = reached.Slice(2, 0, length - 1) - reached.Slice(2, 1, length);
        OnnxValue distance = x - graph.Constant(knots, 1, rows, length);
        if (degree == 0)
            return functions + (0 * distance.Slice(2, 0, length - 1));
        for (int p = 1; p <= degree; p++)
        {
            int count = length - p;
            var inverse = new double[rows * count];
            for (int row = 0; row < rows; row++)
            {
                for (int knot = 0; knot < count; knot++)
                {
                    double width = knots[(row * length) + knot + p] - knots[(row * length) + knot];
                    inverse[(row * count) + knot] = width > 0 ? 1 / width : 0;
                }
            }

            OnnxValue rising = distance.Slice(2, 0, count) * graph.Constant(inverse, 1, rows, count) * functions;
            OnnxValue falling = functions - rising;
            functions = rising.Slice(2, 0, count - 1) + falling.Slice(2, 1, count);
        }

        return functions;
    }

    /// <summary>The first row where all are the same.</summary>
    private static double[] SharedRow(double[] knots, int length)
    {
        for (int index = length; index < knots.Length; index++)
        {
            if (knots[index] != knots[index - length])
                return knots;
        }

        return knots[..length];
    }
}
