using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Functions of edges from functions that are evaluated point by point, in double precision: for curves, not for training.</summary>
internal static class PointSums
{
    /// <summary>values[place, o] = Σ_n C_no·φ_n(x_place).</summary>
    /// <param name="basis">The family.</param>
    /// <param name="coefficients">The coefficients of the input, [functions, O].</param>
    /// <param name="input">The input.</param>
    /// <param name="x">Places.</param>
    /// <param name="values">Receives [places × O].</param>
    public static void Edges<T>(IPointBasis<T> basis, ReadOnlySpan<T> coefficients, int input, ReadOnlySpan<T> x, Span<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outputs = coefficients.Length / basis.Count, stride = basis.Stride;
        var first = new int[x.Length];
        var functions = new T[x.Length * stride];
        basis.Evaluate(x, input, 1, 0, first, functions, SimdWidths.Best);
        for (int point = 0; point < x.Length; point++)
        {
            for (int output = 0; output < outputs; output++)
            {
                double sum = 0;
                for (int r = 0; r <= basis.Degree; r++)
                    sum += double.CreateTruncating(functions[point * stride + r]) * double.CreateTruncating(coefficients[(first[point] + r) * outputs + output]);
                values[point * outputs + output] = sum;
            }
        }
    }
}
