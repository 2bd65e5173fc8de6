using System.Numerics;
using KanSharp.Data;

namespace KanSharp.Training;

/// <summary>A model trained on a table.</summary>
/// <param name="Model">The model with the best parameters.</param>
/// <param name="Training">How training went.</param>
/// <param name="Problem">The rows it was trained, validated and can be tested on.</param>
/// <param name="Choices">What was chosen where an option was left out, one sentence each.</param>
/// <typeparam name="T">Precision of training.</typeparam>
public sealed record TabularFit<T>(TabularModel<T> Model, FitResult<T> Training, TabularProblem<T> Problem, IReadOnlyList<string> Choices)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of several starts the seed of the one that was trained to the end; null for a single start and after a resumption.</summary>
    public ulong? StartSeed { get; init; }

    /// <summary>The held-out rows to report on: the test rows, else the validation rows, else the training rows.</summary>
    public (string Name, Dataset<double> Rows) HeldOut =>
        Problem.Split.Test is not null ? ("test", Problem.Split.Test)
        : Problem.Split.Validation is not null ? ("validation", Problem.Split.Validation)
        : ("training", Problem.Split.Train);
}
