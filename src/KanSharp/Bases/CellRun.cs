namespace KanSharp.Bases;

/// <summary>Points of one cell, as positions in the sorted order of a feature.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="First">Index of the first non-zero function.</param>
/// <param name="End">Position after the last point; the run starts where the one before ends.</param>
internal readonly record struct CellRun(int Cell, int First, int End);
