namespace KanSharp.Plotting;

/// <summary>What carries the function of an edge.</summary>
public enum DiagramEdgeMode
{
    /// <summary>The learned curve; drawn dark.</summary>
    Spline,

    /// <summary>A formula; drawn vermilion.</summary>
    Symbolic,

    /// <summary>The sum of both; drawn purple.</summary>
    Both,

    /// <summary>Nothing: the edge is pruned and not drawn.</summary>
    Off,
}
