namespace KanSharp.Equations.Domains;

/// <summary>
/// Reads domains from text: ranges <c>x=-1..1, t=0..2*pi</c>, and the shapes <c>disc(0,0,1)</c>, <c>lshape</c> and
/// <c>polygon(0 0, 1 0, 0.5 1)</c>, with other names as in <c>u,v in disc(0,0,1)</c> and with time as in <c>lshape, t=0..1</c>.
/// </summary>
/// <remarks>Numbers are expressions without variables; white space is free. The text of a domain, <see cref="object.ToString"/>, reads back.</remarks>
public static class DomainText
{
    /// <summary>Reads a domain.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasInitialCondition">
    /// True if a condition stands at the beginning of time: the range of the time makes a <see cref="TimeDomain"/>, or, if it is the only
    /// variable, an <see cref="Interval"/> of time. Otherwise it is an axis like the others, but beside a shape.
    /// </param>
    /// <param name="timeName">Name of the time, t by default.</param>
    /// <exception cref="FormatException">The text is not a domain; the message says what is wrong and what is expected.</exception>
    public static Domain Parse(string text, bool hasInitialCondition = false, string timeName = "t")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrWhiteSpace(timeName);
        DomainParts parts = DomainParts.Read(text);
        if (DomainChecks.NamesProblem(parts.Names) is string problem)
            throw parts.Error(problem);
        int time = parts.Ranges.FindIndex(range => range.Name == timeName);
        if (hasInitialCondition && time < 0)
            throw parts.Error($"an initial condition needs a range of the time '{timeName}', such as {timeName}=0..1; variables are {string.Join(", ", parts.Names)}");
        if (parts.Shape is not null)
            return WithShape(parts, timeName);
        if (!hasInitialCondition)
            return Ranges(parts.Ranges, isTime: false);
        if (parts.Ranges.Count == 1)
            return Ranges(parts.Ranges, isTime: true);
        (string name, double start, double end) = parts.Ranges[time];
        return new TimeDomain(Ranges([.. parts.Ranges.Where((_, axis) => axis != time)], isTime: false), start, end, name, time);
    }

    private static Domain WithShape(DomainParts parts, string timeName)
    {
        if (parts.Ranges.Count == 0)
            return parts.Shape!;
        (string name, double start, double end) = parts.Ranges[0];
        return parts.Ranges.Count == 1 && name == timeName
            ? new TimeDomain(parts.Shape!, start, end, name, parts.ShapeFirst ? null : 0)
            : throw parts.Error($"beside a shape of the plane only a range of the time '{timeName}' is allowed");
    }

    private static Box Ranges(List<(string Name, double Low, double High)> ranges, bool isTime) =>
        ranges is [var (name, low, high)] ? new Interval(name, low, high, isTime) : new Box(ranges);
}
