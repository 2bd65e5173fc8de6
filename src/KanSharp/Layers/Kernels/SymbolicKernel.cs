using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// y_o = Σ c·a^n·f⁽ⁿ⁾(a·x_i + b)·m_i over symbolic edges, plus d·m_i where n = 0; m is 1 where there is none. Order n is 0 to 4, and the gradients need orders n and
/// n + 1 of f only.
/// </summary>
internal static class SymbolicKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that an edge has in sums of gradients: of a, b, c, d and the exponent.</summary>
    public const int Constants = 5;

    /// <summary>Adds the values of rows to y.</summary>
    public static void AddValues(
        SymbolicPlan plan, in SymbolicConstants<T> constants, ReadOnlySpan<T> x, ReadOnlySpan<T> multiplier, int order, int rows, Span<T> y, SimdWidth width)
    {
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        int size = Math.Min(rows, SymbolicBlock<T>.MostRows);
        Span<T> sums = arena.Rent(plan.Targets.Length * size).Span, values = arena.Rent(plan.Widest * size).Span;
        (int, int) inner = arena.Mark();
        for (int start = 0; start < rows; start += size)
        {
            int count = Math.Min(size, rows - start);
            var block = new SymbolicBlock<T>(plan, arena, count, !multiplier.IsEmpty, width);
            block.Load(Part(x, start, count, plan.Inputs), Part(multiplier, start, count, plan.Inputs));
            sums.Clear();
            foreach (SymbolicPlan.Group group in plan.Groups)
            {
                ReadOnlySpan<T> z = block.Arguments(group, constants);
                Evaluate(group, z, order, values[..z.Length], constants.Exponent(group.Items[0].Edge));
                for (int index = 0; index < group.Items.Length; index++)
                {
                    SymbolicPlan.Item item = group.Items[index];
                    Span<T> f = values.Slice(index * count, count), sum = sums.Slice(item.Target * count, count);
                    if (block.HasMultiplier)
                        VectorMath.Multiply(f, block.Multiplier(item), f, width);
                    VectorMath.MultiplyAdd(constants.C(item.Edge) * Power(constants.A(item.Edge), order), f, sum, width);
                    if (order == 0 && block.HasMultiplier)
                        VectorMath.MultiplyAdd(constants.D(item.Edge), block.Multiplier(item), sum, width);
                    else if (order == 0)
                        Shift(sum, constants.D(item.Edge));
                }
            }

            SymbolicBlock<T>.AddColumns(sums, plan.Outputs, plan.Targets, count, y.Slice(start * plan.Outputs, count * plan.Outputs));
            arena.Release(inner);
        }

        arena.Release(mark);
    }

    /// <summary>Adds gradients of rows: those of the input and the multiplier row by row, those of the constants summed.</summary>
    /// <param name="plan">The edges.</param>
    /// <param name="constants">Their constants.</param>
    /// <param name="x">[rows, I].</param>
    /// <param name="multiplier">[rows, I], or empty.</param>
    /// <param name="order">n.</param>
    /// <param name="gradient">Of the values, [rows, O].</param>
    /// <param name="toInput">Is added to, [rows, I]; empty if not wanted.</param>
    /// <param name="toMultiplier">Is added to, [rows, I]; empty if not wanted.</param>
    /// <param name="toConstants">Receives what is to be done with the derivatives of the constants.</param>
    /// <param name="width">Register width.</param>
    public static void AddGradients<TReceiver>(
        SymbolicPlan plan, in SymbolicConstants<T> constants, ReadOnlySpan<T> x, ReadOnlySpan<T> multiplier, int order, ReadOnlySpan<T> gradient,
        Span<T> toInput, Span<T> toMultiplier, ref TReceiver toConstants, SimdWidth width)
        where TReceiver : struct, ISymbolicReceiver<T>, allows ref struct
    {
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        int rows = gradient.Length / plan.Outputs, size = Math.Min(rows, SymbolicBlock<T>.MostRows);
        Span<T> slopes = arena.Rent(plan.Targets.Length * size).Span;
        Span<T> low = arena.Rent(plan.Widest * size).Span, high = arena.Rent(plan.Widest * size).Span, weighed = arena.Rent(size).Span, shapes = arena.Rent(size).Span;
        Span<T> inputs = toInput.IsEmpty ? default : arena.Rent(plan.Sources.Length * size).Span;
        Span<T> multipliers = toMultiplier.IsEmpty ? default : arena.Rent(plan.Sources.Length * size).Span;
        (int, int) inner = arena.Mark();
        for (int start = 0; start < rows; start += size)
        {
            int count = Math.Min(size, rows - start);
            var block = new SymbolicBlock<T>(plan, arena, count, !multiplier.IsEmpty, width);
            block.Load(Part(x, start, count, plan.Inputs), Part(multiplier, start, count, plan.Inputs));
            SymbolicBlock<T>.ToColumns(Part(gradient, start, count, plan.Outputs), plan.Outputs, plan.Targets, count, slopes);
            inputs.Clear();
            multipliers.Clear();
            foreach (SymbolicPlan.Group group in plan.Groups)
            {
                ReadOnlySpan<T> z = block.Arguments(group, constants);
                T exponent = constants.Exponent(group.Items[0].Edge);
                Evaluate(group, z, order, low[..z.Length], exponent);
                Evaluate(group, z, order + 1, high[..z.Length], exponent);
                Span<T> shape = group.Function.HasExponent ? shapes[..z.Length] : default;
                shape.Fill(T.NaN);
                if (!shape.IsEmpty && T.IsFinite(exponent))
                    group.Function.EvaluateExponentDerivative(z, order, shape, exponent);
                for (int index = 0; index < group.Items.Length; index++)
                {
                    SymbolicPlan.Item item = group.Items[index];
                    T a = constants.A(item.Edge), c = constants.C(item.Edge);
                    Span<T> slope = high.Slice(index * count, count);
                    ReadOnlySpan<T> f = low.Slice(index * count, count), g = slopes.Slice(item.Target * count, count);
                    if (!multipliers.IsEmpty)
                    {
                        VectorMath.Multiply(g, f, weighed[..count], width);
                        VectorMath.MultiplyAdd(c * Power(a, order), weighed[..count], multipliers.Slice(item.Source * count, count), width);
                        if (order == 0)
                            VectorMath.MultiplyAdd(constants.D(item.Edge), g, multipliers.Slice(item.Source * count, count), width);
                    }

                    ReadOnlySpan<T> t = g;
                    if (block.HasMultiplier)
                    {
                        VectorMath.Multiply(g, block.Multiplier(item), weighed[..count], width);
                        t = weighed[..count];
                    }

                    VectorMath.Multiply(t, slope, slope, width);
                    toConstants.Receive(new SymbolicEdgeSlopes<T>(start, item.Edge, order, a, c, block.X(item), f, slope, shape, t));
                    if (!inputs.IsEmpty)
                        VectorMath.MultiplyAdd(c * Power(a, order + 1), slope, inputs.Slice(item.Source * count, count), width);
                }
            }

            if (!inputs.IsEmpty)
                SymbolicBlock<T>.AddColumns(inputs, plan.Inputs, plan.Sources, count, toInput.Slice(start * plan.Inputs, count * plan.Inputs));
            if (!multipliers.IsEmpty)
                SymbolicBlock<T>.AddColumns(multipliers, plan.Inputs, plan.Sources, count, toMultiplier.Slice(start * plan.Inputs, count * plan.Inputs));
            arena.Release(inner);
        }

        arena.Release(mark);
    }

    /// <summary>The values of a group; NaN where training has led to an exponent that is no number.</summary>
    private static void Evaluate(in SymbolicPlan.Group group, ReadOnlySpan<T> z, int order, Span<T> values, T exponent)
    {
        if (group.Function.HasExponent && !T.IsFinite(exponent))
            values.Fill(T.NaN);
        else
            group.Function.Evaluate(z, order, values, exponent);
    }

    private static ReadOnlySpan<T> Part(ReadOnlySpan<T> rows, int start, int count, int width) =>
        rows.IsEmpty ? default : rows.Slice(start * width, count * width);

    private static T Power(T a, int order)
    {
        T power = T.One;
        for (int n = 0; n < order; n++)
            power *= a;
        return power;
    }

    private static void Shift(Span<T> sum, T shift)
    {
        if (shift == T.Zero)
            return;
        foreach (ref T value in sum)
            value += shift;
    }
}
