using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training;

/// <summary>A number computed from all outputs at the end of every epoch, on the validation set (the training set without one).</summary>
/// <param name="Name">Name for reports.</param>
/// <param name="Compute">Outputs [N, ...] of the module and the data they belong to, in the same order.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record Metric<T>(string Name, Func<Tensor<T>, TrainingData<T>, double> Compute)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
