namespace KanSharp.Interpretation;

/// <summary>Which numeric edges <see cref="Restructuring.Perturb"/> switches on.</summary>
public enum Perturbation
{
    /// <summary>
    /// Edges into hidden nodes that have none and lead nowhere, and all edges of the last layer, these with the value 0. The function stays what it is, and training
    /// can make use of the new edges.
    /// </summary>
    NonIntrusive,

    /// <summary>Edges that have a symbolic function: each gets a numeric one beside it.</summary>
    Minimal,

    /// <summary>All edges.</summary>
    All,
}
