namespace KanSharp.Layers;

/// <summary>What a module makes of one row when it predicts without a tape.</summary>
/// <param name="Outputs">Features of the result.</param>
/// <param name="Cost">Work in multiply-adds, an estimate by which rows are shared out to threads.</param>
internal readonly record struct RowPlan(int Outputs, long Cost);
