using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Interchange.TensorBoard;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Networks;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Runs;

/// <summary>What --tensorboard writes: scalars after every epoch, histograms of coefficients, the network, or the kernels of its first convolution, after the first epoch and at the end.</summary>
internal sealed class EventLog<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int HistogramSets = 20;
    private readonly TensorBoardWriter _writer;
    private readonly TensorBoardRecorder<T> _recorder;
    private readonly Tensor<T>? _inputs;

    private EventLog(string folder, string metric, int epochs, Tensor<T>? inputs)
    {
        _writer = new TensorBoardWriter(folder);
        _recorder = new TensorBoardRecorder<T>(_writer, [metric]) { HistogramEvery = Math.Max(1, epochs / HistogramSets) };
        _inputs = inputs;
    }

    /// <summary>Starts an event file; null where no folder was asked for.</summary>
    /// <param name="folder">Value of --tensorboard.</param>
    /// <param name="metric">Name of the metric of every epoch.</param>
    /// <param name="epochs">Epochs of the run.</param>
    /// <param name="inputs">Training inputs, for the curves of the network's picture.</param>
    public static EventLog<T>? Start(string? folder, string metric, int epochs, Tensor<T>? inputs = null) => folder is null ? null
        : File.Exists(folder) ? throw UserErrorException.Usage($"--tensorboard {folder} is a file; the name of a folder was expected")
        : new EventLog<T>(folder, metric, epochs, inputs);

    /// <summary>For <see cref="FitHooks{T}.EpochCompleted"/>.</summary>
    public void Record(EpochRecord epoch, Module<T> module)
    {
        _recorder.Record(epoch, module);
        if (epoch.Epoch == 1)
            Add(module is KanNetwork<T> network ? NetworkPictures.Diagram(network, _inputs).Draw() : Kernels(module), 1);
    }

    /// <summary>Adds the picture of the result; none where there is nothing to draw.</summary>
    public void Finish(Scene? picture, int epochs) => Add(picture, epochs);

    /// <summary>The kernels of the first convolution; null where there is none.</summary>
    public static Scene? Kernels(Module<T> module) =>
        module.Modules().OfType<KanConv<T>>().FirstOrDefault() is { } layer ? KernelPictures.Of(layer).Draw() : null;

    public void Dispose() => _writer.Dispose();

    private void Add(Scene? picture, int epoch)
    {
        if (picture is not null)
            _recorder.AddPicture("network", picture, epoch);
    }
}
