using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Interchange.TensorBoard;

/// <summary>
/// Records a training run: hand <see cref="Record"/> to <see cref="FitHooks{T}.EpochCompleted"/>. Every epoch adds the scalars <c>loss/training</c>, <c>loss/penalty</c>
/// (where there is one), <c>loss/validation</c>, <c>metrics/NAME</c>, <c>learning_rate</c> and, with a schedule of grids, <c>grid/intervals</c>; some epochs add a histogram
/// <c>parameters/PATH</c> of every parameter. The step is the epoch. The file is flushed after every epoch.
/// </summary>
/// <param name="writer">Where to; it stays the caller's to dispose.</param>
/// <param name="metrics">Names of the metrics, in the order of <see cref="FitHooks{T}.Metrics"/>; metrics without a name are numbered.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TensorBoardRecorder<T>(TensorBoardWriter writer, IReadOnlyList<string>? metrics = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TensorBoardWriter _writer = writer ?? throw new ArgumentNullException(nameof(writer));

    /// <summary>Epochs from one set of histograms to the next, at least 1 (default 5); the first epoch has one.</summary>
    public int HistogramEvery
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(HistogramEvery), value, "HistogramEvery is at least 1.");
    } = 5;

    /// <summary>Adds what an epoch achieved, and the histograms if it is their turn.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="module">What is trained.</param>
    public void Record(EpochRecord epoch, Module<T> module)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentNullException.ThrowIfNull(module);
        _writer.AddScalar("loss/training", epoch.TrainingLoss, epoch.Epoch);
        if (epoch.Penalty != 0)
            _writer.AddScalar("loss/penalty", epoch.Penalty, epoch.Epoch);
        if (epoch.ValidationLoss is { } validation)
            _writer.AddScalar("loss/validation", validation, epoch.Epoch);
        for (int index = 0; index < epoch.Metrics.Count; index++)
            _writer.AddScalar($"metrics/{(index < metrics?.Count ? metrics[index] : FormattableString.Invariant($"{index + 1}"))}", epoch.Metrics[index], epoch.Epoch);
        _writer.AddScalar("learning_rate", epoch.LearningRate, epoch.Epoch);
        if (epoch.Intervals is { } intervals)
            _writer.AddScalar("grid/intervals", intervals, epoch.Epoch);
        if ((epoch.Epoch - 1) % HistogramEvery == 0)
            AddParameters(module, epoch.Epoch);
        _writer.Flush();
    }

    /// <summary>Adds a histogram of every parameter of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="step">Step or epoch, not negative.</param>
    public void AddParameters(Module<T> module, long step)
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach ((string path, Parameter<T> parameter) in module.Parameters())
            _writer.AddHistogram<T>($"parameters/{path}", parameter.Value.Span, step);
    }

    /// <summary>Adds a picture, for example that of a network, <see cref="NetworkPictures.Diagram{T}(KanNetwork{T}, Tensor{T}?)"/>.</summary>
    /// <param name="tag">Name of the picture; what stands before a slash is its group.</param>
    /// <param name="scene">The picture.</param>
    /// <param name="step">Step or epoch, not negative.</param>
    public void AddPicture(string tag, Scene scene, long step)
    {
        ArgumentNullException.ThrowIfNull(scene);
        _writer.AddImage(tag, scene.ToImage(), step);
        _writer.Flush();
    }
}
