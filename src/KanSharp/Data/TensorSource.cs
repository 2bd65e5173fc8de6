using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Data;

/// <summary>Samples that lie in memory: the rows of a tensor [N, ...].</summary>
internal sealed class TensorSource<T>(Tensor<T> values) : SampleSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Tensor<T> Values { get; } = values;

    public override int Count => Values.Shape[0];

    public override Shape SampleShape { get; } = new(values.Shape.ToArray().AsSpan(1));

    public override string Description => $"values of shape {Values.Shape}";

    public override void Read(ReadOnlySpan<int> rows, int epoch, Span<T> target)
    {
        int width = SampleShape.Count;
        ReadOnlySpan<T> values = Values.Span;
        for (int index = 0; index < rows.Length; index++)
            values.Slice(rows[index] * width, width).CopyTo(target[(index * width)..]);
    }
}
