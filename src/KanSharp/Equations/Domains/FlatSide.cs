namespace KanSharp.Equations.Domains;

/// <summary>A face of a box.</summary>
internal sealed class FlatSide : Side
{
    private readonly Box _box;
    private readonly int _axis;
    private readonly double _value;
    private readonly bool _isHigh;

    public FlatSide(Box box, int axis, bool isHigh, bool isTime)
        : base($"{box.Variables[axis]}={DomainChecks.Text(End(box, axis, isHigh))}", box.Dimension, Face(box, axis))
    {
        (_box, _axis, _isHigh, _value) = (box, axis, isHigh, End(box, axis, isHigh));
        (Axis, Value) = (axis, _value);
        IsInitial = isTime && !isHigh;
        IsFinal = isTime && isHigh;
    }

    internal override void Map(ReadOnlySpan<double> unit, Span<double> point)
    {
        for (int axis = 0, next = 0; axis < point.Length; axis++)
            point[axis] = axis == _axis ? _value : Box.At(_box.Bounds[axis], unit[next++]);
    }

    internal override void NormalAt(ReadOnlySpan<double> point, Span<double> normal)
    {
        normal.Clear();
        normal[_axis] = _isHigh ? 1 : -1;
    }

    internal override bool Covers(ReadOnlySpan<double> point, double tolerance) =>
        Math.Abs(point[_axis] - _value) <= tolerance * _box.Scale(_axis) && _box.Within(point, tolerance, _axis);

    private static double End(Box box, int axis, bool isHigh) => isHigh ? box.Bounds[axis].High : box.Bounds[axis].Low;

    private static double Face(Box box, int axis) =>
        box.Bounds.Where((_, other) => other != axis).Aggregate(1.0, (product, range) => product * (range.High - range.Low));
}
