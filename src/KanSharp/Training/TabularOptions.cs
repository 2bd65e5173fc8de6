using KanSharp.Data;
using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>How a model for a table is made.</summary>
public sealed record TabularOptions
{
    /// <summary>How columns become numbers.</summary>
    public EncodingOptions Encoding { get; init; } = new();

    /// <summary>Nodes of the hidden levels, input side first; empty for none. Null (default) chooses by the size of the table and says so.</summary>
    public IReadOnlyList<int>? Hidden { get; init; }

    /// <summary>Options of every KAN layer; null (default) chooses the grid by the size of the table and says so.</summary>
    public KanLinearOptions? Layer { get; init; }

    /// <summary>Whether to train an ordinary multilayer perceptron instead, as a baseline. Default false.</summary>
    public bool Mlp { get; init; }

    /// <summary>Share of the rows held out to choose the best parameters, 0 to below 1. Default 0.2.</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Share of the rows held out of training and selection, for an honest error at the end. Default 0.</summary>
    public double Test { get; init; }

    /// <summary>Seed of split, initial parameters and sample order. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Name of the optimiser, see <see cref="OptimizerOptions.Names"/>; null (default) lets <see cref="OptimizerChoice"/> choose by task, size and noise, and says why.
    /// Has no effect where <see cref="Fit"/> is given.
    /// </summary>
    public string? Optimizer { get; init; }

    /// <summary>
    /// KANs of different initial values that are trained briefly, so that the best goes on (<see cref="MultiStart"/>); at least 1, and 1 for a perceptron. Default 1.
    /// </summary>
    public int Starts
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Starts), value, "Starts is at least 1.");
    } = 1;

    /// <summary>How to train; null (default) chooses and says so. Loss and seed are set by the task.</summary>
    public FitOptions? Fit { get; init; }

    /// <summary>Units by column name, kept with the model.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();
}
