using KanSharp.Autodiff;
using KanSharp.Equations.Problems;

namespace KanSharp.Tests.Equations.Truth;

/// <summary>Solutions of the built-in problems by name: those that can be written down, and those computed here by other methods than the library's.</summary>
internal static class NumericalTruth
{
    /// <summary>From points [N, d] to unknowns [N, fields]; null where no field is known (the cavity, see <see cref="GhiaTable"/> and <see cref="CavityTruth"/>).</summary>
    public static Func<Tensor<double>, Tensor<double>>? Of(BuiltInProblem problem) => problem.Truth ?? problem.Name switch
    {
        "van-der-pol" => OrdinaryTruth.VanDerPol,
        "lotka-volterra" => OrdinaryTruth.LotkaVolterra,
        "allen-cahn" => new AllenCahnTruth(1e-3, periodic: false, elements: 32).Evaluate,
        "allen-cahn-sharp" => new AllenCahnTruth(1e-4, periodic: false, elements: 96).Evaluate,
        "l-shape-load" => new LShapeTruth().Evaluate,
        _ => null,
    };
}
