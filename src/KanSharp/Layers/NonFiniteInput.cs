using System.Globalization;

namespace KanSharp.Layers;

/// <summary>An input of a KAN layer that a grid can not follow.</summary>
/// <param name="Layer">The layer, in the order of computation.</param>
/// <param name="Input">The layer's input.</param>
/// <param name="Row">The row, of all axes but the last.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Value">NaN or ±∞.</param>
internal readonly record struct NonFiniteInput(int Layer, int Input, int Row, int Rows, double Value)
{
    /// <summary>In words.</summary>
    /// <param name="sample">What to call the row.</param>
    public string Describe(int sample) => string.Create(
        CultureInfo.InvariantCulture, $"input {Input} of sample {sample} is {Value}{(Layer == 0 ? "" : $" in KAN layer {Layer}")}");

    /// <summary>The first one of a layer; null if all values are finite.</summary>
    public static NonFiniteInput? Find<T>(ReadOnlySpan<T> x, int inputs, int layer)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < x.Length; index++)
        {
            if (!T.IsFinite(x[index]))
                return new NonFiniteInput(layer, index % inputs, index / inputs, x.Length / inputs, double.CreateTruncating(x[index]));
        }

        return null;
    }
}
