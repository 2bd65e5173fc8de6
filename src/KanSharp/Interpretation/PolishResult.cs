using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>A formula with fitted constants.</summary>
public sealed record PolishResult
{
    /// <summary>The formula with the best constants found; the one given where none were better.</summary>
    public required Expression Formula { get; init; }

    /// <summary>Its free constants, in the order of <see cref="ConstantModel"/>.</summary>
    public required IReadOnlyList<double> Constants { get; init; }

    /// <summary>
    /// Covariance of the constants to first order, s²·(JᵀJ)⁻¹ with s² the squared residual per degree of freedom, row-major [count × count]. A
    /// combination of constants that the data do not see has a very large variance.
    /// </summary>
    public required IReadOnlyList<double> Covariance { get; init; }

    /// <summary>Root of the mean squared error; +∞ where no finite start was found.</summary>
    public required double Rmse { get; init; }

    /// <summary>1 − squared error/squared deviation from the mean; NaN for constant targets.</summary>
    public required double R2 { get; init; }

    /// <summary>Evaluations of the formula and its derivatives, all starts together.</summary>
    public required int Iterations { get; init; }

    /// <summary>Why fitting ended.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Message { get; init; }

    /// <summary>Standard error of every constant, the root of its variance.</summary>
    public IReadOnlyList<double> StandardErrors =>
        [.. Enumerable.Range(0, Constants.Count).Select(index => Math.Sqrt(Covariance[index * (Constants.Count + 1)]))];
}
