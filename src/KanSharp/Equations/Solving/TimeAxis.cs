using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Solving;

/// <summary>The time of a domain, if it has one: the axis of its initial side.</summary>
internal static class TimeAxis
{
    /// <summary>The axis; −1 without time.</summary>
    public static int Of(Domain domain) => domain.Sides.FirstOrDefault(side => side.IsInitial)?.Axis ?? -1;

    /// <summary>The domain between two times.</summary>
    public static Domain Between(Domain domain, double start, double end) => domain is TimeDomain time
        ? new TimeDomain(time.Space, start, end, time.Variables[time.TimeAxis], time.TimeAxis)
        : new Interval(domain.Variables[0], start, end, isTime: true);
}
