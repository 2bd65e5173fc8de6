using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Chosen columns of full rows, in the order given; has no parameters.</summary>
internal sealed class ColumnSelection<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _columns;

    /// <param name="features">Width of a full row.</param>
    /// <param name="columns">At least one column, none twice.</param>
    public ColumnSelection(int features, IReadOnlyList<int> columns)
    {
        _columns = [.. columns];
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Features = features;
        foreach (int column in _columns)
        {
            if ((uint)column >= (uint)features)
                throw new ArgumentException($"Column {column} is chosen; rows have {features} features: columns are 0 to {features - 1}.", nameof(columns));
        }

        if (_columns.Distinct().Count() != _columns.Length)
            throw new ArgumentException($"Columns [{string.Join(", ", _columns)}] are chosen; none may be chosen twice.", nameof(columns));
    }

    /// <summary>Width of a full row.</summary>
    public int Features { get; }

    public IReadOnlyList<int> Columns => _columns;

    public override Var<T> Forward(Var<T> x)
    {
        InputShape.Check("KanNetwork", x, Features);
        return ColumnsNode<T>.Record(x, _columns);
    }

    public override Jet<T> Forward(Jet<T> x) =>
        x.Map(this, static (layer, value) => layer.Forward(value), static (layer, derivative) => ColumnsNode<T>.Record(derivative, layer._columns));

    internal override RowPlan? Plan(int features)
    {
        InputShape.Check("KanNetwork", features, Features);
        return new RowPlan(_columns.Length, _columns.Length);
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor) => ColumnsNode<T>.Select(x, Features, _columns, y);
}
