namespace KanSharp.Layers;

/// <summary>What a tensor of a family is indexed by.</summary>
internal enum BasisAxis
{
    /// <summary>The same for all features.</summary>
    Shared,

    /// <summary>First axis: features.</summary>
    Feature,

    /// <summary>Axes: features, outputs.</summary>
    Edge,
}
