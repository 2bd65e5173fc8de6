using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>What one stage of a <see cref="GridSchedule"/> achieved.</summary>
/// <param name="Intervals">Intervals of the grids.</param>
/// <param name="Parameters">Trainable values of the network.</param>
/// <param name="Epochs">Completed epochs.</param>
/// <param name="Loss">Lowest validation loss of the stage, or training loss with penalty without a validation set; +∞ if no epoch was judged.</param>
/// <param name="Score">
/// What stages are compared by: the validation loss. Without a validation set generalised cross-validation, loss/(1 − P/n)² with P parameters and n target
/// values (Craven and Wahba 1979), since the training loss alone falls with every refinement; +∞ where P reaches n.
/// </param>
/// <param name="Seconds">Time of training.</param>
/// <param name="Reason">Why the stage ended.</param>
/// <param name="Refinement">
/// What putting the network on this stage's grids changed, per layer; empty if it had them already, and for stages before a resumption.
/// </param>
public sealed record GridStage(
    int Intervals, long Parameters, int Epochs, double Loss, double Score, double Seconds, StopReason Reason, IReadOnlyList<LayerRefinement> Refinement);
