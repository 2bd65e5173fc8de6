namespace KanSharp.Interpretation;

/// <summary>What the functions of a catalogue make of the curve of an edge.</summary>
public sealed record EdgeFit
{
    /// <summary>All candidates: those whose R² reaches the floor first, then the others; each part by score.</summary>
    public required IReadOnlyList<EdgeCandidate> Candidates { get; init; }

    /// <summary>Functions that are no candidates, with reasons.</summary>
    public required IReadOnlyList<EdgeRejection> Rejected { get; init; }

    /// <summary>How many of the candidates reach the floor.</summary>
    public required int Passing { get; init; }

    /// <summary>The best candidate that reaches the floor; null if none does: then the edge stays as it is.</summary>
    public EdgeCandidate? Best => Passing > 0 ? Candidates[0] : null;

    /// <summary>The outcome in words.</summary>
    public required string Message { get; init; }
}
