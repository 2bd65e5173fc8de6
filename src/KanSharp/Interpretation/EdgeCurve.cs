namespace KanSharp.Interpretation;

/// <summary>The function of an edge at places, mask included.</summary>
public sealed record EdgeCurve
{
    /// <summary>The edge.</summary>
    public required EdgeAddress Edge { get; init; }

    /// <summary>Places x.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The whole function at the places.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The base branch w·b(x); null without one.</summary>
    public IReadOnlyList<double>? Base { get; init; }

    /// <summary>The spline with its scale; null where the edge has no numeric part.</summary>
    public IReadOnlyList<double>? Spline { get; init; }

    /// <summary>The symbolic part c·f(a·x + b) + d; null without one.</summary>
    public IReadOnlyList<double>? Symbolic { get; init; }
}
