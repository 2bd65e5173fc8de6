namespace KanSharp.Training;

/// <summary>Takes one optimiser step; one implementation for gradients of batches, one for solvers that need all data.</summary>
internal interface IStepper
{
    /// <summary>Data loss of the step.</summary>
    double Loss { get; }

    /// <summary>Penalty of the step.</summary>
    double Penalty { get; }

    /// <summary>Sum of the weights of the step's samples, their number without weights: how much the step counts in means over steps.</summary>
    double Weight { get; }

    /// <summary>Whether the optimiser can not improve any further.</summary>
    bool Converged { get; }

    /// <summary>Loss with penalty at the parameters that an interrupted step left behind; +∞ where the steps can not be interrupted.</summary>
    double LossWithinStep { get; }

    /// <summary>What a solver with trial steps did; null for others (default).</summary>
    SolverTrace? Trace => null;

    /// <summary>Samples that the step went through, repetitions counted.</summary>
    long Samples { get; }

    /// <summary>One step.</summary>
    /// <param name="rows">The step's samples.</param>
    /// <param name="step">Number of the step in the run, from 0.</param>
    /// <param name="rateFactor">Factor on the learning rate.</param>
    /// <returns>Null, or where the first non-finite value arose.</returns>
    string? Take(ReadOnlySpan<int> rows, long step, double rateFactor);
}
