using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>Any degree, any knots, any behaviour outside of them: the fixed coordinate is the layer's input as it was when the knots were read.</summary>
internal sealed unsafe class TableLocator<T> : RowLocator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SimdWidth _width;
    private readonly T[] _ends;
    private readonly T[] _positions;
    private readonly T[] _values;
    private readonly T[] _slopes;
    private readonly int[] _first;
    private LocalBasisTable<T> _table;

    public TableLocator(KanLinear<T> layer, int stride, int rows, SimdWidth width)
        : base(layer, stride, rows)
    {
        _table = layer.Table;
        _width = width;
        _positions = new T[layer.Inputs];
        _values = new T[layer.Inputs * _table.Stride];
        _slopes = new T[layer.Inputs * _table.Stride];
        _first = new int[layer.Inputs];
        _ends = new T[2 * layer.Inputs];
    }

    public override void Load(ReadOnlySpan<double> units)
    {
        _table = Layer.Table;
        int degree = Layer.Options.Spline.Degree;
        for (int input = 0; input < Inputs; input++)
        {
            ReadOnlySpan<T> knots = Layer.Knots.Value.Row(input);
            _ends[2 * input] = knots[degree];
            _ends[2 * input + 1] = knots[^(degree + 1)];
        }

        base.Load(units);
    }

    public override void Locate(T* x, in RowPoint<T> point)
    {
        for (int input = 0; input < Inputs; input++)
        {
            T position = x[input] * Scale[input] + Shift[input];
            if (position < _ends[2 * input] || position > _ends[2 * input + 1])
            {
                Outside(x, input, 1);
                position = x[input] * Scale[input] + Shift[input];
            }

            _positions[input] = position;
        }

        _table.Evaluate(_positions, 0, Inputs, 0, _first, _values, _width);
        _table.Evaluate(_positions, 0, Inputs, 1, _first, _slopes, _width);
        for (int input = 0; input < Inputs; input++)
        {
            point.First[input] = LaneIndex.Of<T>(input * Rows + _first[input]);
            for (int r = 0; r <= _table.Degree; r++)
            {
                point.Values[r * Stride + input] = _values[input * _table.Stride + r];
                point.Slopes[r * Stride + input] = _slopes[input * _table.Stride + r] * Scale[input];
            }
        }
    }

    protected override (double Low, double High) Ends(int input) =>
        (double.CreateTruncating(_ends[2 * input]), double.CreateTruncating(_ends[2 * input + 1]));
}
