using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>What a symbolic search found.</summary>
public sealed record SymbolicSearchResult
{
    /// <summary>A hall of fame for every output, measured on the validation samples, or on the training samples where there are none.</summary>
    public required IReadOnlyList<HallOfFame> Halls { get; init; }

    /// <summary>The hall of the first output.</summary>
    public HallOfFame Hall => Halls[0];

    /// <summary>
    /// The network with the functions of the first output's pick, its constants fitted together; the network that was given where no formula was found.
    /// </summary>
    public required KanNetwork<double> Network { get; init; }

    /// <summary>Error of <see cref="Network"/> on the training samples.</summary>
    public required double NetworkRmse { get; init; }

    /// <summary>Error of the network that was given, on the training samples.</summary>
    public required double RmseBefore { get; init; }

    /// <summary>Candidates of every live edge, on the network that was given.</summary>
    public required IReadOnlyList<SymbolicEdgeFit> Edges { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<SymbolicStep> Steps { get; init; }

    /// <summary>Why the search ended.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>The outcome in words; names the edge for which there is no function.</summary>
    public required string Message { get; init; }

    /// <summary>Seconds.</summary>
    public required double Seconds { get; init; }
}
