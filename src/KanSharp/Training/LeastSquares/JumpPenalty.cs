using System.Numerics;
using KanSharp.Layers;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// Roughness of a spline: the squared jumps of its k-th derivative at the inner knots, times h^k with h the mean cell, which on uniform knots are the
/// (k+1)-th differences of the coefficients (Eilers and Marx, "Flexible smoothing with B-splines and penalties", Statistical Science 11, 1996).
/// Polynomials of degree k cost nothing, so the fit is not drawn towards anything where there are data; where there are none, the spline goes on as the
/// polynomial next to it.
/// </summary>
internal static class JumpPenalty
{
    /// <summary>The penalty of one input feature, without weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="feature">The input feature.</param>
    /// <param name="offset">First unknown of its coefficients.</param>
    public static BandedTerm Create<T>(KanLinear<T> layer, int feature, int offset)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int degree = layer.Options.Spline.Degree;
        int functions = layer.Coefficients.Shape[1];
        int cells = functions - degree;
        ReadOnlySpan<T> row = layer.Knots.Value.Row(feature);
        var knots = new double[row.Length];
        for (int index = 0; index < knots.Length; index++)
            knots[index] = double.CreateTruncating(row[index]);
        double scale = Math.Pow((knots[degree + cells] - knots[degree]) / cells, degree);
        var term = new BandedTerm(offset, functions, layer.Outputs, degree + 2);
        Span<double> jump = stackalloc double[degree + 2];
        Span<double> derivative = stackalloc double[degree + 1];
        for (int cell = 1; cell < cells; cell++)
        {
            jump.Clear();
            if (!Highest(knots, degree, cell - 1, derivative))
                continue;
            for (int index = 0; index <= degree; index++)
                jump[index] -= derivative[index] * scale;
            if (!Highest(knots, degree, cell, derivative))
                continue;
            for (int index = 0; index <= degree; index++)
                jump[index + 1] += derivative[index] * scale;
            term.AddRow(cell - 1, jump);
        }

        return term;
    }

    /// <summary>
    /// The k-th derivative on a cell as a linear form in the coefficients of the k+1 functions there, by repeated differences (de Boor, "A Practical
    /// Guide to Splines", chapter X, eq. 15); false on a cell without length.
    /// </summary>
    private static bool Highest(ReadOnlySpan<double> knots, int degree, int cell, Span<double> form)
    {
        if (!(knots[cell + degree + 1] > knots[cell + degree]))
            return false;
        // forms[q] is the q-th derivative coefficient of the present order, over the degree + 1 original coefficients
        Span<double> forms = stackalloc double[(degree + 1) * (degree + 1)];
        forms.Clear();
        for (int index = 0; index <= degree; index++)
            forms[index * (degree + 2)] = 1;
        for (int order = 1; order <= degree; order++)
        {
            int left = degree - order + 1;
            for (int index = degree; index >= order; index--)
            {
                double factor = left / (knots[cell + index + left] - knots[cell + index]);
                for (int column = 0; column <= degree; column++)
                {
                    ref double value = ref forms[index * (degree + 1) + column];
                    value = factor * (value - forms[(index - 1) * (degree + 1) + column]);
                }
            }
        }

        forms.Slice(degree * (degree + 1), degree + 1).CopyTo(form);
        return true;
    }
}
