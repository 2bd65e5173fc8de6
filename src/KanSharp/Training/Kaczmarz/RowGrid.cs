using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Which layers have knots that need no tables.</summary>
internal static class RowGrid
{
    /// <summary>Whether the knots that matter are equally spaced but for rounding, of degree 1 or 3, with linear continuation.</summary>
    public static bool IsUniform<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int degree = layer.Options.Spline.Degree;
        if (degree is not (1 or 3) || layer.Options.Spline.Outside != OutsideGrid.Linear)
            return false;
        for (int input = 0; input < layer.Inputs; input++)
        {
            // the outer knots of a piecewise linear layer shape nothing
            ReadOnlySpan<T> row = layer.Knots.Value.Row(input);
            if (!IsUniform(degree == 1 ? row[1..^1] : row))
                return false;
        }

        return true;
    }

    private static bool IsUniform<T>(ReadOnlySpan<T> knots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double first = double.CreateTruncating(knots[0]), last = double.CreateTruncating(knots[^1]);
        double step = (last - first) / (knots.Length - 1);
        double rounding = 8 * double.CreateTruncating(MachineEpsilon.Of<T>()) * Math.Max(Math.Abs(first), Math.Abs(last));
        for (int j = 1; j < knots.Length; j++)
        {
            if (!(Math.Abs(double.CreateTruncating(knots[j]) - first - j * step) <= rounding))
                return false;
        }

        return step > 64 * rounding;
    }
}
