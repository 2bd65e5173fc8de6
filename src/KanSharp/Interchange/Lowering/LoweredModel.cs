namespace KanSharp.Interchange.Lowering;

/// <summary>
/// What a model computes, in steps that say nothing of training: masks and edge scales are multiplied in, every number is in double precision. All exports are
/// written from it, so that what a model means is decided in one place.
/// </summary>
/// <param name="InputNames">Names of the columns of a row, in their order.</param>
/// <param name="OutputNames">Names of the results; class labels where they are probabilities.</param>
/// <param name="Steps">At least one, input first; each takes as many columns as the one before gives.</param>
internal sealed record LoweredModel(IReadOnlyList<string> InputNames, IReadOnlyList<string> OutputNames, IReadOnlyList<LoweredStep> Steps)
{
    /// <summary>Whether the numbers of the model are of single precision.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether results are probabilities of classes.</summary>
    public bool IsClassifier => Steps[^1] is ProbabilityStep;

    /// <summary>What the columns mean and how the model was trained, for the metadata of a file; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Units of columns by their names, where known.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns of a row.</summary>
    public int Inputs => InputNames.Count;

    /// <summary>Results of a row.</summary>
    public int Outputs => OutputNames.Count;

    /// <summary>The most columns that any step takes or gives.</summary>
    public int Widest => Steps.Max(step => Math.Max(step.Inputs, step.Outputs));
}
