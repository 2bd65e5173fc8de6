using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>
/// Training on ever finer grids: a coarse grid finds the shape of the functions quickly and safely, finer ones their detail. Between two stages the
/// network is refined without losing its functions (<see cref="Networks.KanNetwork{T}.Refine(int, Autodiff.Tensor{T}?, RefineOptions?)"/>) and the optimiser's state is carried over. A stage that does
/// not lower the validation loss is the last one, and what the stages before it reached is the result: a finer grid never ends worse than a
/// coarser one. (KAN paper, arXiv 2404.19756, section 2.4: "grid extension"; there the functions are refitted to samples.)
/// </summary>
public sealed record GridSchedule
{
    /// <summary>A schedule, for example <c>new GridSchedule(3, 5, 10, 20, 50, 100)</c>.</summary>
    /// <param name="intervals">Intervals of all grids in each stage, at least 1 and ascending.</param>
    /// <exception cref="ArgumentException">No stage, a number below 1, or one that is not above the number before.</exception>
    public GridSchedule(params IReadOnlyList<int> intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        if (intervals.Count == 0)
            throw new ArgumentException("A grid schedule has at least one stage, for example (3, 5, 10, 20).", nameof(intervals));
        for (int stage = 0; stage < intervals.Count; stage++)
        {
            if (intervals[stage] < 1 || (stage > 0 && intervals[stage] <= intervals[stage - 1]))
                throw new ArgumentException($"Stage {stage} has {intervals[stage]} intervals; they are at least 1 and ascend from stage to stage, given were ({string.Join(", ", intervals)}).", nameof(intervals));
        }

        Intervals = [.. intervals];
    }

    /// <summary>Intervals of all grids in each stage.</summary>
    public IReadOnlyList<int> Intervals { get; }

    /// <summary>Epochs of each stage, at least 1; null (default) divides <see cref="FitOptions.Epochs"/> among the stages.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? EpochsPerStage
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(EpochsPerStage), value, "EpochsPerStage is at least 1.");
    }

    /// <summary>
    /// How the grids are refined (default: equally spaced knots, hidden grids follow the range of their inputs with 5 % head-room). The training inputs are
    /// what ranges and quantiles are taken from. Equal cells have the smallest error for their number; where the old knots are not among the new ones, the
    /// projection changes the functions by less than the coarse grid's error. <see cref="Bases.KnotPlacement.Nested"/> keeps all old knots and changes nothing.
    /// </summary>
    public RefineOptions Refine { get; init; } = new() { Placement = Bases.KnotPlacement.Uniform };

    /// <summary>The numbers and settings, as a checkpoint compares them.</summary>
    public override string ToString() =>
        $"GridSchedule {{ {string.Join(", ", Intervals)}; EpochsPerStage = {EpochsPerStage?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "divided"}, {Refine} }}";

    /// <summary>The stages from a number on, with the same settings.</summary>
    internal GridSchedule From(int stage) => new([.. Intervals.Skip(stage)]) { EpochsPerStage = EpochsPerStage, Refine = Refine };

    /// <summary>Epochs of every stage; what does not divide evenly goes to the last ones.</summary>
    /// <exception cref="ArgumentException">There are more stages than epochs.</exception>
    internal int[] Epochs(int total)
    {
        int stages = Intervals.Count;
        if (EpochsPerStage is { } each)
            return [.. Enumerable.Repeat(each, stages)];
        return total >= stages
            ? [.. Enumerable.Range(0, stages).Select(stage => total / stages + (stage >= stages - total % stages ? 1 : 0))]
            : throw new ArgumentException($"{total} epochs are too few for the {stages} stages of the grid schedule; give one epoch to each at least, or set {nameof(EpochsPerStage)}.");
    }
}
