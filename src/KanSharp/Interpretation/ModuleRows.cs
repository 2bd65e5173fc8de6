using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Interpretation;

/// <summary>Modules of any precision on rows of doubles.</summary>
internal static class ModuleRows
{
    /// <summary>Predicts one output of every row.</summary>
    public static void Predict<T>(Module<T> module, int inputs, ReadOnlySpan<double> rows, int output, Span<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<T> y = module.Predict(Points<T>(inputs, rows));
        if ((uint)output >= (uint)y.Shape.Last)
            throw new ArgumentOutOfRangeException(nameof(output), output, $"The model has {y.Shape.Last} outputs: 0 to {y.Shape.Last - 1}.");
        for (int row = 0; row < values.Length; row++)
            values[row] = double.CreateTruncating(y.Row(row)[output]);
    }

    /// <summary>Rows as a tensor.</summary>
    public static Tensor<T> Points<T>(int inputs, ReadOnlySpan<double> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var points = new Tensor<T>(new Shape(rows.Length / inputs, inputs));
        for (int index = 0; index < rows.Length; index++)
            points.Span[index] = T.CreateTruncating(rows[index]);
        return points;
    }
}
