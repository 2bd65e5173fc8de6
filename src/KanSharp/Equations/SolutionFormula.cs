using KanSharp.Interpretation;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>A formula for an unknown, found from samples of a solution.</summary>
/// <param name="Unknown">Its name.</param>
/// <param name="Formula">The formula to take.</param>
/// <param name="Rmse">Root mean square of its difference from the solution at the samples.</param>
/// <param name="RelativeError">That divided by the root mean square of the solution.</param>
/// <param name="Search">Everything that was found.</param>
public sealed record SolutionFormula(string Unknown, Expression Formula, double Rmse, double RelativeError, DiscoveryResult Search);
