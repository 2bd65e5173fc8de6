using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Equations.Solving;

/// <summary>The unknowns as functions: networks and what is built around them.</summary>
internal abstract class SolutionField
{
    /// <summary>The networks.</summary>
    public abstract IReadOnlyList<KanNetwork<double>> Networks { get; }

    /// <summary>A derivative of all unknowns at points [N, d]; [N, unknowns].</summary>
    public abstract Tensor<double> Evaluate(Tensor<double> points, PartialDerivative partial);

    /// <summary>An expression of variables, unknowns, derivatives and coefficients at points.</summary>
    public abstract double[] Values(EquationProblem problem, Residual residual, Tensor<double> points, IReadOnlyDictionary<string, double> coefficients);
}
