namespace KanSharp.Training;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were run.</summary>
    BudgetReached,

    /// <summary>The target loss was reached, or the optimiser can not lower the loss any further.</summary>
    Converged,

    /// <summary>The validation loss did not improve for the given number of epochs.</summary>
    EarlyStopped,

    /// <summary>The time limit was reached.</summary>
    TimeLimit,

    /// <summary>The caller asked to stop.</summary>
    Cancelled,

    /// <summary>A loss or gradient was not finite.</summary>
    Diverged,
}
