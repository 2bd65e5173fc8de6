namespace KanSharp.Data;

/// <summary>One round of cross-validation: indices of samples, ascending.</summary>
/// <param name="Train">Samples to train on.</param>
/// <param name="Validation">Samples to validate on.</param>
public sealed record Fold(IReadOnlyList<int> Train, IReadOnlyList<int> Validation);
