using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// Some rows of the inputs of symbolic edges, turned into columns, and room for one group: arguments z = a·x + b and values of f at them, edge after edge.
/// </summary>
internal readonly ref struct SymbolicBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a block: columns of them stay in the cache.</summary>
    public const int MostRows = 256;

    private readonly SymbolicPlan _plan;
    private readonly SimdWidth _width;
    private readonly Span<T> _x;
    private readonly Span<T> _multiplier;
    private readonly Span<T> _arguments;

    public SymbolicBlock(SymbolicPlan plan, Arena<T> arena, int rows, bool hasMultiplier, SimdWidth width)
    {
        (_plan, _width, Rows) = (plan, width, rows);
        _x = arena.Rent(plan.Sources.Length * rows).Span;
        _multiplier = hasMultiplier ? arena.Rent(plan.Sources.Length * rows).Span : default;
        _arguments = arena.Rent(plan.Widest * rows).Span;
    }

    public int Rows { get; }

    public bool HasMultiplier => !_multiplier.IsEmpty;

    /// <summary>Takes rows in.</summary>
    /// <param name="x">[rows, I].</param>
    /// <param name="multiplier">[rows, I], or empty.</param>
    public void Load(ReadOnlySpan<T> x, ReadOnlySpan<T> multiplier)
    {
        ToColumns(x, _plan.Inputs, _plan.Sources, Rows, _x);
        if (HasMultiplier)
            ToColumns(multiplier, _plan.Inputs, _plan.Sources, Rows, _multiplier);
    }

    /// <summary>Computes the arguments of a group; the span of them is in the order of its edges.</summary>
    public ReadOnlySpan<T> Arguments(in SymbolicPlan.Group group, in SymbolicConstants<T> constants)
    {
        for (int index = 0; index < group.Items.Length; index++)
        {
            SymbolicPlan.Item item = group.Items[index];
            Span<T> z = _arguments.Slice(index * Rows, Rows);
            z.Fill(constants.B(item.Edge));
            VectorMath.MultiplyAdd(constants.A(item.Edge), X(item), z, _width);
        }

        return _arguments[..(group.Items.Length * Rows)];
    }

    /// <summary>Inputs of an edge.</summary>
    public ReadOnlySpan<T> X(in SymbolicPlan.Item item) => _x.Slice(item.Source * Rows, Rows);

    /// <summary>Multipliers of an edge.</summary>
    public ReadOnlySpan<T> Multiplier(in SymbolicPlan.Item item) => _multiplier.Slice(item.Source * Rows, Rows);

    /// <summary>Chosen columns of rows, one after the other.</summary>
    public static void ToColumns(ReadOnlySpan<T> rows, int width, ReadOnlySpan<int> chosen, int count, Span<T> columns)
    {
        for (int index = 0; index < chosen.Length; index++)
        {
            Span<T> column = columns.Slice(index * count, count);
            for (int row = 0, from = chosen[index]; row < column.Length; row++, from += width)
                column[row] = rows[from];
        }
    }

    /// <summary>Adds columns to chosen columns of rows.</summary>
    public static void AddColumns(ReadOnlySpan<T> columns, int width, ReadOnlySpan<int> chosen, int count, Span<T> rows)
    {
        for (int index = 0; index < chosen.Length; index++)
        {
            ReadOnlySpan<T> column = columns.Slice(index * count, count);
            for (int row = 0, to = chosen[index]; row < column.Length; row++, to += width)
                rows[to] += column[row];
        }
    }
}
