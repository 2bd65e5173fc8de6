namespace KanSharp.Plotting;

/// <summary>Colour of a box in a <see cref="TreeDiagram"/>.</summary>
public enum TreeBoxKind
{
    /// <summary>An end of the tree: one variable. White.</summary>
    Leaf,

    /// <summary>Parts are added. Blue.</summary>
    Sum,

    /// <summary>Parts are multiplied. Orange.</summary>
    Product,

    /// <summary>A function of parts that separate or form a group, as f(g(x, y), z). Green.</summary>
    Group,

    /// <summary>No structure was found. Grey.</summary>
    Unknown,
}
