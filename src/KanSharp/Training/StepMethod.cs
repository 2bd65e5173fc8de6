namespace KanSharp.Training;

/// <summary>How Levenberg-Marquardt computes its steps.</summary>
public enum StepMethod
{
    /// <summary>By what is cheaper, from numbers of samples, parameters and Jacobian entries.</summary>
    Automatic,

    /// <summary>Normal equations and Cholesky factorisation: exact, memory 2·P² numbers.</summary>
    Cholesky,

    /// <summary>Conjugate gradients without forming the normal equations: for many parameters.</summary>
    ConjugateGradient,
}
