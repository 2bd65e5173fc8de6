using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>What a formula search found.</summary>
public sealed record DiscoveryResult
{
    /// <summary>The best formula of every complexity, measured on the rows that choose.</summary>
    public required HallOfFame Hall { get; init; }

    /// <summary>The formula to take; see <see cref="HallOfFame.Pick"/>.</summary>
    public required FormulaCandidate Pick { get; init; }

    /// <summary>Root mean squared error of the pick on all rows, in units of the target.</summary>
    public required double Rmse { get; init; }

    /// <summary>Coefficient of determination of the pick on all rows; NaN where the target is constant.</summary>
    public required double R2 { get; init; }

    /// <summary>Rows that formulas were fitted to.</summary>
    public required Dataset<double> Train { get; init; }

    /// <summary>Rows that chose; the same as <see cref="Train"/> where there are too few rows to keep some aside.</summary>
    public required Dataset<double> Validation { get; init; }

    /// <summary>The most accurate network on the validation rows before its edges became formulas; null where none was trained.</summary>
    public required NetworkFinding? Network { get; init; }

    /// <summary>What was done, in order.</summary>
    public required IReadOnlyList<DiscoveryStep> Steps { get; init; }

    /// <summary>What people should know: columns left out, rows left out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Why the search ended: <see cref="StopReason.Converged"/> where a formula is exact or at the level of the noise.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>Time of the search.</summary>
    public required TimeSpan Elapsed { get; init; }
}
