namespace KanSharp.Training.Kaczmarz;

/// <summary>What going through records gave.</summary>
/// <param name="Loss">Sum over records of the mean squared residual before their steps, times their weights.</param>
/// <param name="Weight">Sum of their weights.</param>
/// <param name="Failed">Position of the record whose residual was not finite; −1 for none.</param>
internal readonly record struct RowPass(double Loss, double Weight, int Failed);
