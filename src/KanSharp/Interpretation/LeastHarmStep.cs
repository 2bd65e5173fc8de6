namespace KanSharp.Interpretation;

/// <summary>One step of <see cref="LeastHarm"/>.</summary>
/// <param name="Removed">Edges that went, in numbers of the network at the start; more than one where a node went or others lost their purpose.</param>
/// <param name="EdgesLeft">Edges that stay.</param>
/// <param name="ErrorRemoved">Error right after the removal, before training.</param>
/// <param name="Error">Error after the training that followed, if any.</param>
/// <param name="Accepted">Whether the step was taken; a step that was not is the last.</param>
public sealed record LeastHarmStep(IReadOnlyList<EdgeAddress> Removed, int EdgesLeft, double ErrorRemoved, double Error, bool Accepted);
