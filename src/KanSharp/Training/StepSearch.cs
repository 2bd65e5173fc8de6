namespace KanSharp.Training;

/// <summary>How a quasi-Newton method chooses the length of a step along its direction.</summary>
public enum StepSearch
{
    /// <summary>A search for the strong Wolfe conditions.</summary>
    StrongWolfe,

    /// <summary>The learning rate itself, as PyTorch's L-BFGS has it by default: one evaluation per iteration, and the loss may rise.</summary>
    None,
}
