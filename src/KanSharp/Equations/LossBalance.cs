namespace KanSharp.Equations;

/// <summary>How the weights of the parts of the loss are chosen.</summary>
public enum LossBalance
{
    /// <summary>The weights that conditions and data say; equations have 1.</summary>
    Fixed,

    /// <summary>
    /// Before every round conditions get weights that make the traces of their Gauss-Newton matrices equal to that of the equations (the neural tangent
    /// kernel rule of Wang, Yu and Perdikaris, 2022, with the exact traces), times the weights that they say. Data keep
    /// their weights.
    /// </summary>
    Traces,
}
