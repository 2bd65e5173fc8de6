namespace KanSharp.Layers;

/// <summary>Whose grids follow the range of the inputs that the layers really have.</summary>
public enum RangeFollowing
{
    /// <summary>All but the first layer's (the default): its inputs are the user's own, their range is known.</summary>
    HiddenLayers = 0,

    /// <summary>All.</summary>
    AllLayers = 1,

    /// <summary>None: every grid keeps its ends.</summary>
    None = 2,
}
