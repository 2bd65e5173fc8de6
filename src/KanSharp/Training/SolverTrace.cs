namespace KanSharp.Training;

/// <summary>What Levenberg-Marquardt did in an epoch.</summary>
/// <param name="Accepted">Steps taken.</param>
/// <param name="Rejected">Steps tried and not taken, because the loss would have risen.</param>
/// <param name="Damping">Damping after the epoch, relative to the diagonal of JᵀJ.</param>
/// <param name="GainRatio">Decrease of the loss in the last step over the decrease that the quadratic model promised; near 1 near a solution.</param>
public sealed record SolverTrace(int Accepted, int Rejected, double Damping, double GainRatio);
