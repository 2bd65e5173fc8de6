namespace KanSharp.Layers;

/// <summary>How grids follow the range of their inputs without changing their number of intervals.</summary>
public sealed record FollowOptions
{
    /// <summary>Whose grids follow. Default <see cref="RangeFollowing.HiddenLayers"/>.</summary>
    public RangeFollowing Follow { get; init; }

    /// <summary>
    /// How far a grid reaches past the data on each side, in units of their range, 0 to 1. Default 0.05. A side moves only if its room is below a fifth
    /// or above three times of this.
    /// </summary>
    public double HeadRoom { get; init; } = 0.05;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Follow))
            throw new ArgumentException($"{nameof(Follow)} is {Follow}; allowed are {string.Join(", ", Enum.GetNames<RangeFollowing>())}.");
        if (!(HeadRoom >= 0 && HeadRoom <= 1))
            throw new ArgumentException($"{nameof(HeadRoom)} is {HeadRoom}; allowed are 0 (none) to 1 (as much as the data's range on each side); 0.05 to 0.1 is usual.");
    }
}
