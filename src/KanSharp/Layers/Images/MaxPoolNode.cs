using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>
/// Maximum over windows. Backwards the first element that equals the maximum receives the gradient, of several NaN the last one, as in
/// PyTorch. It is looked for again instead of being remembered: the forward pass then writes nothing but its result.
/// </summary>
internal sealed class MaxPoolNode<T> : PoolNode<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="input">Images.</param>
    /// <param name="shape">Shape of the output.</param>
    /// <param name="grid">The windows.</param>
    public static Var<T> Record(Var<T> input, Shape shape, in PoolGrid grid) => input.Tape.Add<MaxPoolNode<T>>().Compute(input, shape, grid);

    protected override void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> scratch) =>
        PoolKernel<LargestOfWindow, T>.Plane(Width, x, y, Grid, scratch);

    protected override void AddGradients(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> gradient, Span<T> target, Span<T> scratch)
    {
        int index = 0;
        for (int d = 0; d < Grid.Depth.Output; d++)
        {
            (int, int) depth = Grid.Depth.Bounds(d);
            for (int h = 0; h < Grid.Height.Output; h++)
            {
                if (Grid.IsSquares)
                {
                    Squares(x, y, gradient, target, h);
                    continue;
                }

                (int, int) height = Grid.Height.Bounds(h);
                for (int w = 0; w < Grid.Width.Output; w++, index++)
                    target[Position(x, y[index], depth, height, Grid.Width.Bounds(w))] += gradient[index];
            }
        }
    }

    /// <summary>A row of squares of 2 by 2.</summary>
    private void Squares(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> gradient, Span<T> target, int row)
    {
        (int columns, int outputs) = (Grid.Width.Input, Grid.Width.Output);
        ReadOnlySpan<T> upper = x.Slice(2 * row * columns, columns);
        ReadOnlySpan<T> lower = x.Slice((2 * row + 1) * columns, columns);
        for (int w = 0; w < outputs; w++)
        {
            T largest = y[row * outputs + w];
            int left = 2 * w;
            int position = T.IsNaN(largest)
                ? Position(x, largest, (0, 1), (2 * row, 2 * row + 2), (left, left + 2))
                : 2 * row * columns + left + (upper[left] == largest ? 0 : upper[left + 1] == largest ? 1 : lower[left] == largest ? columns : columns + 1);
            target[position] += gradient[row * outputs + w];
        }
    }

    private int Position(ReadOnlySpan<T> x, T largest, (int Start, int End) depth, (int Start, int End) height, (int Start, int End) width)
    {
        int position = -1;
        for (int d = depth.Start; d < depth.End; d++)
        {
            for (int h = height.Start; h < height.End; h++)
            {
                int row = (d * Grid.Height.Input + h) * Grid.Width.Input;
                for (int i = row + width.Start; i < row + width.End; i++)
                {
                    if (x[i] == largest)
                        return i;
                    if (T.IsNaN(x[i]))
                        position = i;
                }
            }
        }

        return position;
    }
}
