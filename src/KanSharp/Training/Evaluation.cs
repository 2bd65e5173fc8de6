using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Outputs of a module over many samples, in pieces, without recording gradients.</summary>
public static class Evaluation
{
    /// <summary>All outputs [N, ...].</summary>
    /// <param name="module">The module; layers behave as in prediction.</param>
    /// <param name="data">The samples; targets are not looked at.</param>
    /// <param name="piece">Samples per pass, at least 1 (default 2048).</param>
    /// <param name="executor">Threads and SIMD width; the process-wide one by default.</param>
    public static Tensor<T> Outputs<T>(Module<T> module, TrainingData<T> data, int piece = 2048, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(piece, 1);
        return new Evaluator<T>(module, data, new MeanSquaredError(), piece, executor).Outputs();
    }

    /// <summary>Mean loss over all samples.</summary>
    /// <param name="module">The module; layers behave as in prediction.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; by default mean squared error for target values and cross-entropy for class indices.</param>
    /// <param name="piece">Samples per pass, at least 1 (default 2048).</param>
    /// <param name="executor">Threads and SIMD width; the process-wide one by default.</param>
    public static double Loss<T>(Module<T> module, TrainingData<T> data, Loss? loss = null, int piece = 2048, Executor? executor = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(piece, 1);
        return new Evaluator<T>(module, data, FitChecks.LossFor(data, new FitOptions { Loss = loss }), piece, executor).Loss();
    }
}
