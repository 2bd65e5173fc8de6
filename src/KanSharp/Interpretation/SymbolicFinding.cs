using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>A network all of whose edges have functions, and its formulas with fitted constants.</summary>
/// <param name="Network">The network, its constants as the edges gave them.</param>
/// <param name="Formulas">One for each output.</param>
/// <param name="Rmse">Errors of the formulas on the rows they were fitted to, relative to the deviation of the targets.</param>
internal sealed record SymbolicFinding(KanNetwork<double> Network, Expression[] Formulas, double[] Rmse)
{
    /// <summary>The largest error of an output.</summary>
    public double Worst => Rmse.Max();
}
