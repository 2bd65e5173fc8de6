using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>What a <see cref="TermSearch"/> found.</summary>
public sealed record TermSearchResult
{
    /// <summary>The best formula of each complexity and the pick, measured on the validation rows, or on the training rows where none were given.</summary>
    public required HallOfFame Hall { get; init; }

    /// <summary>Names of the variables that were searched over.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Estimate of the standard deviation of the noise in the target; an upper bound where no polynomial follows the data.</summary>
    public required double Noise { get; init; }

    /// <summary>
    /// The pick has no error beyond rounding, or reaches the noise and leaves no structure that a polynomial could find. False: there may be a better formula.
    /// </summary>
    public required bool IsSettled { get; init; }

    /// <summary>Time used.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Why the search ended: <see cref="StopReason.Converged"/> when it went through to its end.</summary>
    public required StopReason Reason { get; init; }
}
