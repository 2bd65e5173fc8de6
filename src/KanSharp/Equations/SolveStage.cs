namespace KanSharp.Equations;

/// <summary>One stage of grids in one window.</summary>
/// <param name="Window">Window of time, from 1.</param>
/// <param name="Intervals">Intervals of the grids.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="Iterations">Steps.</param>
/// <param name="Loss">Loss at the end.</param>
/// <param name="Residual">Root mean square of the residuals at the collocation points.</param>
/// <param name="RelativeError">Relative L2 error against the reference within the windows solved so far; null without.</param>
/// <param name="Seconds">Time since the start.</param>
public sealed record SolveStage(int Window, int Intervals, int Parameters, long Iterations, double Loss, double Residual, double? RelativeError, double Seconds);
