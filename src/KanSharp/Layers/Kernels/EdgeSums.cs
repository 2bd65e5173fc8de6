using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// A layer with a local basis computed straight from its parameters, without packing them first: the way of few rows, where each number is
/// used too seldom for a second copy to pay.
/// </summary>
/// <remarks>
/// One row needs, of every feature, k+1 rows of coefficients and one each of base weights, scales and mask, O numbers long: I·O·(k+4) numbers
/// are read and as many multiply-adds made, so time is bytes over bandwidth. They are read in the order in which they lie, and the outputs stay
/// in the first-level cache. With more rows a block of features is used by all rows of a block before the next one.
/// </remarks>
internal static class EdgeSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Features whose basis is evaluated at once for <see cref="RowsPerBlock"/> rows.</summary>
    private const int FeaturesPerBlock = 32;

    /// <summary>Features for few rows: the fewer blocks, the fewer places where nothing was fetched ahead.</summary>
    private const int FeaturesOfFewRows = 256;

    private const int RowsPerBlock = 32;

    /// <summary>Fetching ahead pays where a layer's numbers do not fit the first-level cache.</summary>
    private const int FetchAheadBytes = 1 << 15;

    /// <summary>With more rows than this a feature's numbers are in the cache for most of them.</summary>
    private const int FetchAheadRows = 4;

    /// <summary>y = the layer's outputs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="table">Its functions.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="x">Inputs [rows, I].</param>
    /// <param name="y">Outputs [rows, O].</param>
    /// <param name="executor">SIMD width; everything runs on the calling thread.</param>
    public static unsafe void Run(KanLinear<T> layer, LocalBasisTable<T> table, int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        GlobalPrediction<T>.Fill(layer.Bias?.Value, y);
        int inputs = layer.Inputs;
        int outputs = layer.Outputs;
        int mostFeatures = Math.Min(inputs, rows <= FetchAheadRows ? FeaturesOfFewRows : FeaturesPerBlock);
        int mostPoints = Math.Min(rows, RowsPerBlock) * mostFeatures;
        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        Span<T> values = arena.Rent(mostPoints * table.Stride).Span;
        Span<T> bases = arena.Rent(mostPoints).Span;
        Span<int> first = MemoryMarshal.Cast<T, int>(arena.Rent(mostPoints).Span);
        bool ahead = rows <= FetchAheadRows && (long)inputs * outputs * (table.Degree + 3) * sizeof(T) > FetchAheadBytes;
        for (int row = 0; row < rows; row += RowsPerBlock)
        {
            int blockRows = Math.Min(RowsPerBlock, rows - row);
            for (int feature = 0; feature < inputs; feature += mostFeatures)
            {
                int features = Math.Min(mostFeatures, inputs - feature);
                Activation? activation = layer.BaseWeight is null ? null : layer.Options.BaseActivation;
                Basis(table, activation, x[(row * inputs)..], blockRows, feature, features, first, values, bases, executor.Width);
                fixed (T* coefficients = layer.Coefficients.Value.Span, baseWeight = Span(layer.BaseWeight), scale = Span(layer.EdgeScale))
                fixed (T* mask = layer.Mask is null ? default : layer.Mask.Value.Span, target = y, value = values, baseValue = bases)
                fixed (int* firstIndex = first)
                {
                    nint edge = (nint)feature * outputs;
                    EdgeSumKernel.Run(
                        new EdgeSumBlock<T>
                        {
                            Coefficients = coefficients + edge * table.Count,
                            BaseWeight = baseWeight is null ? null : baseWeight + edge,
                            Scale = scale is null ? null : scale + edge,
                            Mask = mask is null ? null : mask + edge,
                            First = firstIndex,
                            Values = value,
                            Bases = baseValue,
                            Y = target + (nint)row * outputs,
                            Rows = blockRows,
                            Features = features,
                            Outputs = outputs,
                            Count = table.Count,
                            Stride = table.Stride,
                            Degree = table.Degree,
                            FetchAhead = ahead,
                        },
                        executor.Width);
                }
            }
        }

        arena.Release(mark);
    }

    private static Span<T> Span(Parameter<T>? parameter) => parameter is null ? default : parameter.Value.Span;

    /// <summary>Evaluates a block of points, [rows, features], x being at its first row.</summary>
    private static void Basis(
        LocalBasisTable<T> table, Activation? activation, ReadOnlySpan<T> x, int rows, int feature, int features, Span<int> first, Span<T> values, Span<T> bases, SimdWidth width)
    {
        bool whole = features == table.Features;
        int pieces = whole ? 1 : rows;
        int points = whole ? rows * features : features;
        for (int piece = 0; piece < pieces; piece++)
        {
            ReadOnlySpan<T> part = x.Slice(piece * table.Features + feature, points);
            int start = piece * features;
            table.Evaluate(part, feature, features, 0, first[start..], values[(start * table.Stride)..], width);
            activation?.Evaluate(0, part, bases.Slice(start, points), width);
        }
    }
}
