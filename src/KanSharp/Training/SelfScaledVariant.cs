namespace KanSharp.Training;

/// <summary>Which member of Broyden's family a <see cref="SelfScaledQuasiNewton"/> method updates with.</summary>
public enum SelfScaledVariant
{
    /// <summary>The θ that Al-Baali's bounds allow closest to (1 − b)/b: between BFGS and DFP or beyond, as the curvature asks (SSBroyden).</summary>
    Broyden,

    /// <summary>θ = 0: BFGS whose inverse Hessian is scaled up before an update that finds less curvature than it expects (SSBFGS).</summary>
    Bfgs,
}
