namespace KanSharp.Numerics;

/// <summary>How a Cholesky factorisation ended. A matrix that is not positive definite is an outcome, not an exception.</summary>
/// <param name="FailedPivot">index of the first pivot that was not positive and finite, −1 when the factorisation succeeded</param>
/// <param name="PivotValue">
/// value of that pivot after elimination: 0 or below, not finite, or lost in the rounding error where the caller asks for that check; 0 on
/// success
/// </param>
public readonly record struct CholeskyOutcome(int FailedPivot, double PivotValue)
{
    /// <summary>The factorisation went through to the end.</summary>
    public static CholeskyOutcome Success => new(-1, 0);

    /// <summary>True when every pivot was positive and finite.</summary>
    public bool Succeeded => FailedPivot < 0;
}
