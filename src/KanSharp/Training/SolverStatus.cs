namespace KanSharp.Training;

/// <summary>How a step of an optimiser with its own stopping rule ended.</summary>
public enum SolverStatus
{
    /// <summary>The step used its budget; another one may improve further.</summary>
    Continues,

    /// <summary>The gradient is below its tolerance, or no lower point can be found along the steepest descent.</summary>
    Converged,

    /// <summary>Loss or gradient is not finite at the starting point.</summary>
    NonFinite,
}
