namespace KanSharp.Cli.Images;

/// <summary>What kan train was told, with everything that was chosen for it; enough to repeat the run.</summary>
internal sealed record TrainSettings
{
    /// <summary>Name of a known data set, or a folder.</summary>
    public required string Data { get; init; }

    /// <summary>Folder of a known data set's files; the cache if null.</summary>
    public string? From { get; init; }

    public required string Preset { get; init; }

    public string? Basis { get; init; }

    public int? BasisSize { get; init; }

    public double WidthFactor { get; init; } = 1;

    public int Epochs { get; init; } = 10;

    public int Batch { get; init; } = 64;

    public double LearningRate { get; init; } = 1e-3;

    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>cosine, one-cycle, exponential or constant.</summary>
    public string Schedule { get; init; } = "cosine";

    /// <summary>Factor of the learning rate after an epoch, for exponential.</summary>
    public double Decay { get; init; } = 0.8;

    /// <summary>Decay of the moving average of the weights; 0 for none.</summary>
    public double Average { get; init; }

    /// <summary>Text of --augment; none if null.</summary>
    public string? Augment { get; init; }

    /// <summary>half, data or known.</summary>
    public string Normalize { get; init; } = "half";

    /// <summary>Images held back to choose the epoch.</summary>
    public int? Validation { get; init; }

    /// <summary>Images to take of the training images; all if null.</summary>
    public int? Images { get; init; }

    /// <summary>Epoch from which the grids of KAN layers stay.</summary>
    public int GridUpdates { get; init; }

    public int? Patience { get; init; }

    public ulong Seed { get; init; }

    public string Precision { get; init; } = "f32";

    public int Threads { get; init; }

    /// <summary>Seconds.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>Folder for TensorBoard; none if null.</summary>
    public string? Tensorboard { get; init; }

    public string? Out { get; init; }
}
