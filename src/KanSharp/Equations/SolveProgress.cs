namespace KanSharp.Equations;

/// <summary>Where a solver stands.</summary>
/// <param name="Window">Window of time, from 1.</param>
/// <param name="Windows">Number of windows.</param>
/// <param name="Stage">Grid stage, from 1.</param>
/// <param name="Stages">Number of stages.</param>
/// <param name="Intervals">Intervals of the present grids.</param>
/// <param name="Iteration">Steps in all.</param>
/// <param name="Loss">The weighted loss.</param>
/// <param name="Residual">Root mean square of the residuals of the equations.</param>
/// <param name="RelativeError">Relative L2 error against the reference; null without.</param>
/// <param name="Elapsed">Time since the start.</param>
public sealed record SolveProgress(int Window, int Windows, int Stage, int Stages, int Intervals, long Iteration, double Loss, double Residual, double? RelativeError, TimeSpan Elapsed);
