using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Equations.Solving;

/// <summary>A solution whose networks were read from files: it is evaluated, not trained.</summary>
internal static class StoredSolution
{
    /// <summary>Puts networks back into what is built around them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="buildsIn">Whether conditions are built in.</param>
    /// <param name="windows">The networks with their windows of time.</param>
    /// <exception cref="ArgumentException">A network does not fit the problem.</exception>
    public static SolutionField Restore(EquationProblem problem, bool buildsIn, IReadOnlyList<(KanNetwork<double> Network, double Start, double End)> windows)
    {
        Construction construction = ConstructionBuilder.Build(problem, buildsIn);
        var inputs = new NetworkInputs(problem);
        var field = new WindowedField(problem.Domain, construction, inputs);
        foreach ((KanNetwork<double> network, double start, double end) in windows)
            field.Add(Around(network, problem, construction, inputs), start, end);
        return new SolutionField(field, () => [.. windows.Select(window => window.Network)]);
    }

    /// <summary>A network of any shape sees cosine and sine of periodic variables; one with separated variables sees the variables themselves.</summary>
    private static Module<double> Around(KanNetwork<double> network, EquationProblem problem, Construction construction, NetworkInputs inputs)
    {
        int periods = construction.PeriodicAxes.Count, outputs = network.Stages[^1].Outputs;
        if (outputs != problem.Unknowns.Count || (network.Features != inputs.Count && network.Features != inputs.Count + periods))
            throw new ArgumentException($"The network goes from {network.Features} inputs to {outputs} outputs; the problem has {inputs.Count} inputs and {problem.Unknowns.Count} unknowns.");
        if (network.Features == inputs.Count)
            return network;
        IReadOnlyList<(double Low, double High)> bounds = inputs.Bounds(problem.Domain);
        return new Sequential<double>(new PeriodicInputs<double>([.. bounds.Select((range, axis) => construction.PeriodicAxes.Contains(axis) ? range : ((double, double)?)null)]), network);
    }
}
