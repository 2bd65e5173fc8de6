using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>The formulas of self-scaled updates of an inverse Hessian H from a step s and a change y of the gradient.</summary>
internal static class SelfScaledUpdate
{
    /// <summary>The update in terms of s and w = H·y.</summary>
    /// <param name="variant">Member of Broyden's family.</param>
    /// <param name="size">Number n of parameters.</param>
    /// <param name="curvature">s·y, positive.</param>
    /// <param name="spread">y·H·y.</param>
    /// <param name="expected">b = s·B·s / s·y with B the inverse of H: how the curvature that was expected compares with the one that was found.</param>
    public static RankTwoUpdate Choose(SelfScaledVariant variant, int size, double curvature, double spread, double expected)
    {
        double h = spread / curvature;

        // 0 by Cauchy's inequality only where y and B·s are parallel; then every θ gives the same matrix
        double a = Math.Max(expected * h - 1, 1e-14);
        double theta = variant == SelfScaledVariant.Bfgs ? 0 : Theta(h, a, expected);
        double ratio = Math.Min(1, 1 / expected);
        double sigma = 1 + theta * a;
        double determinant = size > 1 ? Math.Pow(Math.Abs(sigma), 1 / (1.0 - size)) : 1;
        double tau = theta <= 0 ? Math.Min(ratio * determinant, sigma) : ratio * Math.Min(determinant, 1 / theta);
        double phi = (1 - theta) / sigma;

        // (H − w·wᵀ/yHy + φ·yHy·v·vᵀ)/τ + ρ·s·sᵀ with v = ρ·s − w/yHy, multiplied out
        double rho = 1 / curvature;
        return new RankTwoUpdate(1 / tau, phi * spread * rho * rho / tau + rho, -phi * rho / tau, (phi - 1) / (spread * tau));
    }

    /// <summary>The θ closest to (1 − b)/b within the bounds of Al-Baali (1998) that keep condition numbers in check, as in arXiv 2501.16371.</summary>
    private static double Theta(double h, double a, double expected)
    {
        double share = Math.Sqrt(a / (1 + a));
        double bound = Math.Min(1, h * (1 - share));
        return Math.Max((bound - 1) / a, Math.Min(1 / bound, (1 - expected) / expected));
    }
}
