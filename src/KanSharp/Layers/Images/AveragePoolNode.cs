using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Autodiff.Operations;
using KanSharp.Numerics;

namespace KanSharp.Layers.Images;

/// <summary>Mean over windows. Backwards every element of a window receives an equal share.</summary>
internal sealed class AveragePoolNode<T> : PoolNode<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private bool _countPadding;

    /// <param name="input">Images.</param>
    /// <param name="shape">Shape of the output.</param>
    /// <param name="grid">The windows.</param>
    /// <param name="countPadding">Whether the elements of a window that lie in the padding are counted.</param>
    public static Var<T> Record(Var<T> input, Shape shape, in PoolGrid grid, bool countPadding)
    {
        var node = input.Tape.Add<AveragePoolNode<T>>();
        node._countPadding = countPadding;
        return node.Compute(input, shape, grid);
    }

    /// <summary>Whether all windows are divided by the same number.</summary>
    private bool IsConstant => Grid.IsUniform || (_countPadding && Grid.KernelCount > 0);

    protected override void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> scratch)
    {
        PoolKernel<SumOfWindow, T>.Plane(Width, x, y, Grid, scratch);
        if (IsConstant)
        {
            UnaryRun<DivideByOperation, T>.Apply(Width, y, y, T.CreateTruncating(Grid.KernelCount));
            return;
        }

        int index = 0;
        for (int d = 0; d < Grid.Depth.Output; d++)
        {
            for (int h = 0; h < Grid.Height.Output; h++)
            {
                long rows = Length(Grid.Depth.Bounds(d)) * Length(Grid.Height.Bounds(h));
                for (int w = 0; w < Grid.Width.Output; w++)
                    y[index++] /= T.CreateTruncating(rows * Length(Grid.Width.Bounds(w)));
            }
        }
    }

    protected override void AddGradients(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> gradient, Span<T> target, Span<T> scratch)
    {
        int columns = Grid.Width.Input;
        int row = 0;
        for (int d = 0; d < Grid.Depth.Output; d++)
        {
            (int front, int back) = Grid.Depth.Bounds(d);
            for (int h = 0; h < Grid.Height.Output; h++)
            {
                (int top, int bottom) = Grid.Height.Bounds(h);
                Spread(gradient.Slice(row++ * Grid.Width.Output, Grid.Width.Output), scratch, (long)(back - front) * (bottom - top));
                for (int plane = front; plane < back; plane++)
                {
                    for (int line = top; line < bottom; line++)
                    {
                        Span<T> sum = target.Slice((plane * Grid.Height.Input + line) * columns, columns);
                        VectorMath.Add(sum, scratch, sum, Width);
                    }
                }
            }
        }
    }

    private static long Length((int Start, int End) bounds) => bounds.End - bounds.Start;

    /// <summary>What every column receives from a row of windows.</summary>
    private void Spread(ReadOnlySpan<T> gradient, Span<T> columns, long rows)
    {
        PoolAxis axis = Grid.Width;
        bool constant = IsConstant;
        T count = T.CreateTruncating(Grid.KernelCount);
        if (axis.IsPairs && constant)
        {
            for (int w = 0; w < gradient.Length; w++)
                columns[2 * w] = columns[2 * w + 1] = gradient[w] / count;
            columns[(2 * gradient.Length)..].Clear();
            return;
        }

        columns.Clear();
        for (int w = 0; w < gradient.Length; w++)
        {
            (int start, int end) = axis.Bounds(w);
            T part = gradient[w] / (constant ? count : T.CreateTruncating(rows * (end - start)));
            for (int i = start; i < end; i++)
                columns[i] += part;
        }
    }
}
