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
            // Which element is the largest can not be foreseen: numbers instead of branches
            int notFirst = upper[left] == largest ? 0 : 1;
            int second = upper[left + 1] == largest ? 1 : 0;
            int notThird = lower[left] == largest ? 0 : 1;
            int below = notFirst & (1 - second);
            int right = (notFirst & second) | (below & notThird);
            int position = T.IsNaN(largest)
                ? PositionOfNaN(x, (0, 1), (2 * row, 2 * row + 2), (left, left + 2))
                : (2 * row + below) * columns + left + right;
            target[position] += gradient[row * outputs + w];
        }
    }

    /// <summary>The first element that equals the maximum: goes on by 1 for every element before it, without branches.</summary>
    private int Position(ReadOnlySpan<T> x, T largest, (int Start, int End) depth, (int Start, int End) height, (int Start, int End) width)
    {
        if (T.IsNaN(largest))
            return PositionOfNaN(x, depth, height, width);
        (int rows, int columns) = (Grid.Height.Input, Grid.Width.Input);
        int skip = columns - (width.End - width.Start);
        int position = (depth.Start * rows + height.Start) * columns + width.Start;
        int before = 1;
        for (int d = depth.Start; d < depth.End; d++)
        {
            for (int h = height.Start; h < height.End; h++)
            {
                ReadOnlySpan<T> row = x.Slice((d * rows + h) * columns + width.Start, width.End - width.Start);
                for (int i = 0; i < row.Length; i++)
                {
                    before &= row[i] == largest ? 0 : 1;
                    position += before;
                }

                position += skip & -before;
            }

            position += (rows - (height.End - height.Start)) * columns & -before;
        }

        return position;
    }

    private int PositionOfNaN(ReadOnlySpan<T> x, (int Start, int End) depth, (int Start, int End) height, (int Start, int End) width)
    {
        int position = 0;
        for (int d = depth.Start; d < depth.End; d++)
        {
            for (int h = height.Start; h < height.End; h++)
            {
                int row = (d * Grid.Height.Input + h) * Grid.Width.Input;
                for (int i = row + width.Start; i < row + width.End; i++)
                {
                    if (T.IsNaN(x[i]))
                        position = i;
                }
            }
        }

        return position;
    }
}
