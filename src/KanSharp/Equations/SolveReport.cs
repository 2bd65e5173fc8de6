using KanSharp.Training;

namespace KanSharp.Equations;

/// <summary>What a solver found out.</summary>
/// <param name="StopReason">Why it ended.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Iterations">Steps in all.</param>
/// <param name="Parameters">Trainable numbers of all networks.</param>
/// <param name="Points">Collocation points inside the domain, or the window, in the last round.</param>
/// <param name="Residual">Root mean square of the residuals of the equations at fresh points.</param>
/// <param name="MaxResidual">Largest residual at fresh points.</param>
/// <param name="Conditions">Root mean square of every condition that is not built in, by its text.</param>
/// <param name="BuiltIn">Conditions that hold by construction.</param>
/// <param name="RelativeError">Relative L2 error against the reference at fresh points; null without a reference.</param>
/// <param name="MaxError">Largest error against the reference; null without.</param>
/// <param name="ErrorEstimate">Relative L2 difference between the last two grid stages, an estimate of the error; of the first window of time, null with one stage.</param>
/// <param name="Stages">Every stage.</param>
/// <param name="Notes">What a user should know: conditions that could not be built in, corners that contradict, points outside.</param>
public sealed record SolveReport(
    StopReason StopReason, double Seconds, long Iterations, int Parameters, int Points, double Residual, double MaxResidual, IReadOnlyDictionary<string, double> Conditions,
    IReadOnlyList<string> BuiltIn, double? RelativeError, double? MaxError, double? ErrorEstimate, IReadOnlyList<SolveStage> Stages, IReadOnlyList<string> Notes);
