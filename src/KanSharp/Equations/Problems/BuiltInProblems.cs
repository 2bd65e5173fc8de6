namespace KanSharp.Equations.Problems;

/// <summary>The problems that the library knows by name: those of the literature on networks for differential equations, and one for each kind of condition and domain.</summary>
public static class BuiltInProblems
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<BuiltInProblem> All { get; } =
    [
        .. OrdinaryProblems.All, .. EllipticProblems.All, .. ShapeProblems.All, .. EvolutionProblems.All, .. WaveProblems.All, .. FlowProblems.All, .. InverseProblems.All,
    ];

    /// <summary>The problem of that name; null for none.</summary>
    public static BuiltInProblem? Find(string name) => All.FirstOrDefault(problem => problem.Name == name);
}
