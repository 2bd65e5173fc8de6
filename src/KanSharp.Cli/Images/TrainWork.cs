using System.Numerics;
using KanSharp.Cli.Output;
using KanSharp.Cli.Runs;
using KanSharp.Data.Images;
using KanSharp.Interchange;
using KanSharp.Networks.Images;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>kan train: reads the images, trains, measures on the test images once, writes the files.</summary>
internal static class TrainWork
{
    private const string BestName = "best.safetensors";

    public static int Run(TrainSettings settings, string? run, bool json, Terminal terminal, CancellationToken cancellation)
    {
        ImageRun? folder = run is null ? null : ImageRun.ForNewRun(run);
        settings = settings with { Out = settings.Out ?? folder?.File(BestName) ?? OutputFile.Named(Path.TrimEndingDirectorySeparator(settings.Data), $"-{settings.Preset}.safetensors") };
        if (folder is null || settings.Out != folder.File(BestName))
            OutputFile.CheckFolder(settings.Out, "--out");
        // a run may be resumed from another folder
        settings = settings with { Out = Path.GetFullPath(settings.Out), Tensorboard = settings.Tensorboard is { } events ? Path.GetFullPath(events) : null, From = settings.From is null ? null : Path.GetFullPath(settings.From), Data = Directory.Exists(settings.Data) ? Path.GetFullPath(settings.Data) : settings.Data };
        return settings.Precision == "f64"
            ? Train<double>(settings, folder, null, json, terminal, cancellation)
            : Train<float>(settings, folder, null, json, terminal, cancellation);
    }

    /// <summary>Goes on with a stored run.</summary>
    public static int Resume(ImageRun folder, int? epochs, double? seconds, string? tensorboard, bool json, Terminal terminal, CancellationToken cancellation)
    {
        TrainSettings settings = folder.Load();
        settings = settings with { Tensorboard = tensorboard is null ? settings.Tensorboard : Path.GetFullPath(tensorboard) };
        if (Path.GetFileName(settings.Out) == BestName && !File.Exists(settings.Out))
            settings = settings with { Out = folder.File(BestName) };
        return settings.Precision == "f64"
            ? Resumed<double>(folder, settings, epochs, seconds, json, terminal, cancellation)
            : Resumed<float>(folder, settings, epochs, seconds, json, terminal, cancellation);
    }

    /// <summary>How to train by the settings.</summary>
    public static FitOptions Options(TrainSettings settings, Executor? executor) => new()
    {
        Optimizer = new AdamW { LearningRate = settings.LearningRate, WeightDecay = settings.WeightDecay },
        Schedule = settings.Schedule switch
        {
            "one-cycle" => new OneCycleSchedule(),
            "exponential" => new ExponentialSchedule { Decay = settings.Decay },
            "constant" => new ConstantSchedule(),
            _ => new CosineSchedule(),
        },
        Epochs = settings.Epochs,
        BatchSize = settings.Batch,
        Seed = settings.Seed,
        AverageDecay = settings.Average,
        EarlyStopping = settings.Patience is { } patience ? new EarlyStopping { Patience = patience } : null,
        TimeLimit = settings.TimeLimit is { } limit ? TimeSpan.FromSeconds(limit) : null,
        GridUpdates = settings.GridUpdates > 0 ? new GridUpdateSchedule { Every = 1, Until = settings.GridUpdates, Samples = 512 } : null,
        EvaluationBatch = 512,
        Executor = executor,
    };

    /// <summary>A fresh network for images.</summary>
    public static ImageNetwork<T> Network<T>(TrainSettings settings, ImageSet images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = new ImageShape(images.Channels, images.Height, images.Width, images.ClassNames.Count);
        var options = new ImagePresetOptions { Basis = settings.Basis, Size = settings.BasisSize, Width = settings.WidthFactor };
        return ImagePresets.Named(settings.Preset).Create<T>(shape, options, settings.Seed);
    }

    private static int Resumed<T>(ImageRun folder, TrainSettings settings, int? epochs, double? seconds, bool json, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingCheckpoint<T> checkpoint = folder.Checkpoint<T>().Load()
            ?? throw new UserErrorException($"{folder.Path}: there is no checkpoint to go on from; the run ended before its first epoch. Start it anew with kan train");
        int total = epochs ?? settings.Epochs;
        if (total <= checkpoint.Epoch)
            throw UserErrorException.Usage($"{folder.Path}: {checkpoint.Epoch} epochs are done and {total} were asked for; give more, for example --epochs {2 * checkpoint.Epoch}");
        terminal.Note($"resuming {folder.Path} after epoch {checkpoint.Epoch} of {total}");
        settings = settings with { Epochs = total, TimeLimit = seconds is null ? null : checkpoint.Numbers["seconds"] + seconds };
        return Train(settings, folder, checkpoint, json, terminal, cancellation);
    }

    private static int Train<T>(TrainSettings settings, ImageRun? folder, TrainingCheckpoint<T>? resume, bool json, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImageAugmentation? augmentation = Augmentations.Parse(settings.Augment, settings.Seed);
        (ImageSet images, ImageSet? test) = ImageInput.Read(settings.Data, settings.From);
        ImageNetwork<T> network = Network<T>(settings, images);
        (ImageSet train, ImageSet? validation) = ImageInput.Split(images, settings);
        ImageNormalization normalization = ImageInput.Normalization(settings.Normalize, settings.Data, train);
        using Executor? own = settings.Threads > 0 ? new Executor(settings.Threads) : null;
        folder?.Save(settings);
        RunCheckpoints<T>? checkpoints = folder?.Checkpoints(resume);
        ImageFit<T> fit;
        try
        {
            using EventLog<T>? events = EventLog<T>.Start(settings.Tensorboard, "accuracy", settings.Epochs);
            var hooks = new FitHooks<T> { Checkpoints = checkpoints, Resume = resume, EpochCompleted = events is null ? null : events.Record };
            fit = TrainingDisplay.Run(terminal, "accuracy", progress =>
                ImageTrainer.Fit(network, train, validation, Options(settings, own), normalization, augmentation, progress, hooks, cancellation));
            events?.Finish(EventLog<T>.Kernels(network), fit.Training.History.Count);
        }
        finally
        {
            checkpoints?.Close();
        }

        var notes = new Dictionary<string, string> { ["data"] = train.Name, ["training"] = fit.Training.Message };
        var model = new ImageModel<T>(network, normalization, train.ClassNames, notes);
        if (fit.Training.BestEpoch > 0 || settings.Epochs == 0 || !File.Exists(settings.Out))
            ImageModelFile.Save(settings.Out!, model);
        else
            terminal.Note($"note: no epoch was complete; {settings.Out} stays as it was");
        ImageSet judged = test ?? validation ?? train;
        string part = test is not null ? "test" : validation is not null ? "validation" : "training";
        var outcome = new TrainOutcome<T>(settings, model, fit.Training, part, new ImageJudgement(judged, model.Predict(judged, own)), train.Count, validation?.Count ?? 0);
        if (folder is not null)
            TrainFiles.Write(folder, outcome);
        return TrainReport.Write(outcome, folder, json, terminal);
    }
}
