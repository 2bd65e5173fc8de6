namespace KanSharp.Networks;

/// <summary>What an edge computes.</summary>
public enum EdgeMode
{
    /// <summary>Nothing: its numeric function is masked out, and there is no symbolic one.</summary>
    Off = 0,

    /// <summary>Its numeric function (a spline with base branch).</summary>
    Numeric = 1,

    /// <summary>Its symbolic function.</summary>
    Symbolic = 2,

    /// <summary>The sum of both.</summary>
    Both = 3,
}
