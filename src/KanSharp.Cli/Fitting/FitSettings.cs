using KanSharp.Data;

namespace KanSharp.Cli.Fitting;

/// <summary>What a training run is told. Null is left to choice; <see cref="FitChoices"/> fills it in. Stored in run.json.</summary>
internal sealed record FitSettings
{
    /// <summary>The data file.</summary>
    public required string Data { get; init; }

    /// <summary>Target columns.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The task; by the target if null.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Columns that are no features.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Further cells that stand for a missing value.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = [];

    /// <summary>Columns that hold texts even where they look like numbers.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>What happens to rows with missing cells.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>Nodes per level, inputs and outputs included.</summary>
    public IReadOnlyList<int>? Width { get; init; }

    /// <summary>Grid intervals; of a list of grids the first.</summary>
    public int? Grid { get; init; }

    /// <summary>Intervals of the grids that training goes through, where there are several.</summary>
    public IReadOnlyList<int>? Grids { get; init; }

    /// <summary>Degree of the splines.</summary>
    public int? Degree { get; init; }

    /// <summary>Name of the family of functions on the edges; B-splines if null.</summary>
    public string? Basis { get; init; }

    /// <summary>Its size: centres, degree, frequencies …; its default if null.</summary>
    public int? BasisSize { get; init; }

    /// <summary>What is done to the inputs of every layer; what the family does if null.</summary>
    public string? InputMap { get; init; }

    /// <summary>Probability with which values of edges are dropped in training.</summary>
    public double EdgeDropout { get; init; }

    /// <summary>Standard deviation of noise on the inputs of every layer in training.</summary>
    public double InputNoise { get; init; }

    /// <summary>Whether a multilayer perceptron is trained instead of a KAN.</summary>
    public bool Mlp { get; init; }

    /// <summary>Name of the optimiser; null chooses one.</summary>
    public string? Optimizer { get; init; }

    /// <summary>Why the optimiser was chosen; null where it was asked for.</summary>
    public string? OptimizerReason { get; init; }

    /// <summary>Networks that are tried before the best is trained to the end.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>How the learning rate changes: "cosine" or "constant".</summary>
    public string? Schedule { get; init; }

    public int? Epochs { get; init; }

    public int? Batch { get; init; }

    public double? LearningRate { get; init; }

    /// <summary>Weight decay of first-order optimisers, ridge of Levenberg-Marquardt.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Weight of the roughness of the edges; none, or the default of Levenberg-Marquardt, if null.</summary>
    public double? Smoothness { get; init; }

    /// <summary>First damping of Levenberg-Marquardt; its default if null.</summary>
    public double? Damping { get; init; }

    /// <summary>Epoch until which the grids follow the data; 0 for never.</summary>
    public int? GridUpdates { get; init; }

    /// <summary>Weight of the sparsity penalty.</summary>
    public double Lambda { get; init; }

    /// <summary>Share of the rows that chooses the best epoch.</summary>
    public double? Validation { get; init; }

    /// <summary>Share of the rows that is reported on and nothing else.</summary>
    public double Test { get; init; }

    /// <summary>Epochs without improvement after which training ends; none if null.</summary>
    public int? Patience { get; init; }

    public ulong Seed { get; init; }

    /// <summary>"f32" or "f64".</summary>
    public string? Precision { get; init; }

    /// <summary>Threads; 0 takes one per processor. Has no influence on the result.</summary>
    public int Threads { get; init; }

    /// <summary>Folder for TensorBoard; none if null.</summary>
    public string? Tensorboard { get; init; }

    /// <summary>The file the model is written to.</summary>
    public string? Out { get; init; }

    /// <summary>Longest time of training in seconds; none if null.</summary>
    public double? TimeLimit { get; init; }
}
