using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>A relation Σ φ_i(x_i) ≈ 0 between columns.</summary>
/// <param name="Variables">The columns that take part, ascending.</param>
/// <param name="Count">Number of runs that found it.</param>
/// <param name="Residual">Spread of the sum, relative to what it were for independent columns: 0 for an exact relation. The smallest of all runs.</param>
/// <param name="Accuracy">Share of real and shuffled rows that the network of that run tells apart.</param>
/// <param name="Network">The network of that run, [d, 1, 1]: its first layer has the functions φ; it may have found other relations besides.</param>
public sealed record Relation(IReadOnlyList<int> Variables, int Count, double Residual, double Accuracy, KanNetwork<double> Network);
