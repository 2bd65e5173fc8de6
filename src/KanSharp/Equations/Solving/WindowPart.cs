using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Solving;

/// <summary>What of a domain's sides and points belongs to a window of its time: the beginning to the first window, the end to the last one.</summary>
/// <param name="whole">The domain.</param>
/// <param name="window">The same through a part of its time, or itself.</param>
internal sealed class WindowPart(Domain whole, Domain window)
{
    private readonly int _time = TimeAxis.Of(whole);

    /// <summary>The sides of the window that are part of sides of the domain.</summary>
    public Side[] Sides(IEnumerable<Side> sides) =>
        [.. sides.Where(side => (!side.IsInitial || Begins) && (!side.IsFinal || Ends)).Select(side => window.Sides[whole.Sides.ToList().IndexOf(side)])];

    /// <summary>The points of the window; null if there are none. Points between two windows belong to the first of them.</summary>
    public Tensor<double>? Points(Tensor<double> points)
    {
        if (_time < 0 || (Begins && Ends))
            return points;
        (double start, double end) = window.Bounds[_time];
        int[] rows = [.. Enumerable.Range(0, points.Shape[0]).Where(row => (points[row, _time] > start || Begins) && (points[row, _time] <= end || Ends))];
        return rows.Length == points.Shape[0] ? points : rows.Length == 0 ? null : AdaptivePoints.Rows(points, rows);
    }

    private bool Begins => _time < 0 || window.Bounds[_time].Low == whole.Bounds[_time].Low;

    private bool Ends => _time < 0 || window.Bounds[_time].High == whole.Bounds[_time].High;
}
