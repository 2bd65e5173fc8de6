using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>A formula with simple constants where the data allow them.</summary>
public sealed record SnapResult
{
    /// <summary>The formula, simplified, its other constants fitted anew.</summary>
    public required Expression Formula { get; init; }

    /// <summary>Root of the mean squared error; +∞ where the given formula has no finite value in some row.</summary>
    public required double Rmse { get; init; }

    /// <summary>The same with all constants fitted and none replaced.</summary>
    public required double RmseBefore { get; init; }

    /// <summary>1 − squared error/squared deviation from the mean; NaN for constant targets.</summary>
    public required double R2 { get; init; }

    /// <summary>The replaced constants, in the order of replacement.</summary>
    public required IReadOnlyList<SnappedConstant> Snapped { get; init; }

    /// <summary>Why it ended.</summary>
    public required StopReason Reason { get; init; }
}
