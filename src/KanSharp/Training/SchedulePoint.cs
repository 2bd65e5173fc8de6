namespace KanSharp.Training;

/// <summary>A position in training.</summary>
/// <param name="Epoch">Epochs completed before, from 0.</param>
/// <param name="Step">Optimiser steps completed before, from 0.</param>
/// <param name="Steps">Optimiser steps that the whole run takes if nothing stops it.</param>
public readonly record struct SchedulePoint(int Epoch, long Step, long Steps);
