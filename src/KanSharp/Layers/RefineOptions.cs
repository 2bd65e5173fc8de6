using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>How grids are refined. The defaults keep every function to rounding wherever data are.</summary>
public sealed record RefineOptions
{
    /// <summary>Where the knots go. Default <see cref="KnotPlacement.Nested"/>, which is always exact.</summary>
    public KnotPlacement Placement { get; init; }

    /// <summary>
    /// Weight of equally spaced knots in placements by quantiles or curvature, 0.01 to 1, so that no cell starves: by quantiles the narrowest cell has
    /// at least this share of an equal one, by curvature the widest at most its inverse. Default 0.1.
    /// </summary>
    public double UniformShare { get; init; } = 0.1;

    /// <summary>Whose grids move to the range of their inputs, if data are given. Default <see cref="RangeFollowing.HiddenLayers"/>.</summary>
    public RangeFollowing Follow { get; init; }

    /// <summary>How far a grid that follows reaches past the data on each side, in units of their range, 0 to 1. Default 0.05.</summary>
    public double HeadRoom { get; init; } = 0.05;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Placement))
            throw new ArgumentException($"{nameof(Placement)} is {Placement}; allowed are {string.Join(", ", Enum.GetNames<KnotPlacement>())}.");
        if (!Enum.IsDefined(Follow))
            throw new ArgumentException($"{nameof(Follow)} is {Follow}; allowed are {string.Join(", ", Enum.GetNames<RangeFollowing>())}.");
        if (!(UniformShare >= 0.01 && UniformShare <= 1))
            throw new ArgumentException($"{nameof(UniformShare)} is {UniformShare}; allowed are 0.01 (nearly the data or the curvature alone) to 1 (uniform).");
        if (!(HeadRoom >= 0 && HeadRoom <= 1))
            throw new ArgumentException($"{nameof(HeadRoom)} is {HeadRoom}; allowed are 0 (none) to 1 (as much as the data's range on each side); 0.05 to 0.1 is usual.");
    }
}
