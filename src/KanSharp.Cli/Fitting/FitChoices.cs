using System.Globalization;
using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>Fills in what the user left open, says so, and turns settings into options of the library.</summary>
internal static class FitChoices
{
    private const double ValidationShare = 0.2;
    private const int GridEvery = 20;

    /// <summary>What must be known before the data are read.</summary>
    public static FitSettings Early(FitSettings settings, List<string> said)
    {
        if (settings.Validation is null)
            said.Add($"validation: {ValidationShare.ToString(CultureInfo.InvariantCulture)} of the rows choose the best epoch (--validation)");
        return settings with { Validation = settings.Validation ?? ValidationShare };
    }

    /// <summary>What depends on the data; the optimiser is chosen before, see <see cref="SolverChoices"/>, AdamW if null.</summary>
    public static FitSettings Late(FitSettings settings, int rows, int inputs, int outputs, List<string> said, bool noiseFree = false)
    {
        var notes = new List<string>();
        string optimizer = settings.Optimizer ?? "adamw";
        int[] width = settings.Width is null
            ? [inputs, .. TabularDefaults.Hidden(rows, inputs, outputs, settings.Mlp, optimizer, noiseFree), outputs]
            : CheckedWidth(settings.Width, inputs, outputs);
        if (settings.Width is null)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"width: {string.Join(',', width)} for {rows} training rows (--width)"));
        FitOptions usual = TabularDefaults.Training(rows, settings.Mlp, optimizer, noiseFree);
        int epochs = settings.Epochs ?? usual.Epochs;
        bool splines = BasisChoices.IsSpline(settings), free = BasisChoices.HasFreeGrid(settings);
        IReadOnlyList<int>? grids = settings.Grids ?? (settings.Grid is null && free ? SolverChoices.Grids(usual.GridSchedule, epochs) : null);
        int grid = settings.Grid ?? grids?[0] ?? TabularDefaults.Intervals(rows);
        int degree = settings.Degree ?? (settings.Basis == "hat" ? 1 : 3);
        if (!splines)
            notes.Add($"functions: {BasisChoices.Describe(settings)} (--basis, --basis-size)");
        if (settings.Grid is null && !settings.Mlp && splines)
            notes.Add($"grid: {string.Join(", ", grids ?? [grid])} intervals (--grid)");
        if (settings.Degree is null && !settings.Mlp && splines)
            notes.Add(degree == 3 ? "degree: 3, cubic splines (--degree)" : "degree: 1, piecewise linear functions (--basis hat)");
        string schedule = settings.Schedule ?? (usual.Schedule is CosineSchedule ? "cosine" : "constant");
        double rate = settings.LearningRate ?? usual.Optimizer.LearningRate;
        if (settings.LearningRate is null)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"learning rate: {rate}{(settings.Schedule is null && schedule == "cosine" ? ", falling to 0 along a cosine" : "")} (--lr{(settings.Schedule is null ? ", --schedule" : "")})"));
        int batch = settings.Batch ?? usual.BatchSize;
        if (settings.Batch is null)
            notes.Add(batch == 0 ? "batch: all rows at once" : string.Create(CultureInfo.InvariantCulture, $"batch: {batch} rows (--batch)"));
        if (settings.Epochs is null)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"epochs: {epochs} (--epochs)"));
        double decay = settings.WeightDecay ?? SolverChoices.Decay(usual.Optimizer);
        if (settings.WeightDecay is null && decay > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{(optimizer == "lm" ? "ridge" : "weight decay")}: {decay:G3} (--weight-decay)"));
        int? patience = settings.Patience ?? usual.EarlyStopping?.Patience;
        if (settings.Patience is null && patience is not null)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"patience: {patience} epochs without improvement (--patience)"));
        int updates = !free ? 0
            : settings.GridUpdates ?? (usual.GridUpdates is not { } moved ? 0 : moved.Until == 1 ? 1 : epochs / (grids?.Count ?? 1) / 3);
        if (settings.GridUpdates is null && updates > 0)
            notes.Add($"grids: {(updates == 1 ? "on the quantiles of the data" : $"follow the data until epoch {updates.ToString(CultureInfo.InvariantCulture)}")} (--grid-updates)");
        said.AddRange(notes);
        return settings with
        {
            Width = width,
            Grid = grid,
            Grids = grids,
            Patience = patience,
            Damping = settings.Damping ?? (usual.Optimizer as LevenbergMarquardt)?.Damping,
            Degree = degree,
            Optimizer = optimizer,
            Schedule = schedule,
            LearningRate = rate,
            WeightDecay = decay,
            GridUpdates = updates,
            Batch = batch,
            Epochs = epochs,
        };
    }

    /// <summary>Options for preparing the data.</summary>
    public static TabularOptions DataOptions(FitSettings settings) => new()
    {
        Encoding = new EncodingOptions { Task = settings.Task, Exclude = settings.Exclude, Missing = settings.Missing },
        Validation = settings.Validation!.Value,
        Test = settings.Test,
        Seed = settings.Seed,
        Mlp = settings.Mlp,
        Starts = settings.Starts,
    };

    /// <summary>Options for training; every choice has been made.</summary>
    public static TabularOptions TrainingOptions(FitSettings settings, int rows)
    {
        FitOptions usual = TabularDefaults.Training(rows, settings.Mlp, settings.Optimizer);
        TabularOptions options = DataOptions(settings) with
        {
            Hidden = [.. settings.Width!.Skip(1).SkipLast(1)],
            Layer = BasisChoices.Layer(settings),
            Fit = usual with
            {
                Optimizer = SolverChoices.Optimizer(usual.Optimizer, settings),
                Schedule = settings.Schedule == "cosine" ? new CosineSchedule() : new ConstantSchedule(),
                BatchSize = settings.Batch!.Value,
                Epochs = settings.Epochs!.Value,
                Lambda = settings.Lambda,
                GridSchedule = settings.Grids is { } grids ? new GridSchedule(grids) : null,
                GridUpdates = settings.GridUpdates > 0 ? new GridUpdateSchedule { Every = GridEvery, Until = settings.GridUpdates.Value } : null,
                EarlyStopping = settings.Patience is int patience ? new EarlyStopping { Patience = patience } : null,
                TimeLimit = settings.TimeLimit is double seconds ? TimeSpan.FromSeconds(seconds) : null,
            },
        };
        return settings.Smoothness > 0 && settings.Optimizer != "lm"
            ? options with { Fit = options.Fit with { Lambda = 0, Regularization = SolverChoices.Smoothing(settings) } }
            : options;
    }

    private static int[] CheckedWidth(IReadOnlyList<int> width, int inputs, int outputs)
    {
        if (width.Count >= 2 && width[0] == inputs && width[^1] == outputs)
            return [.. width];
        string given = string.Join(',', width);
        string hidden = width.Count > 2 ? string.Join(',', width.Skip(1).SkipLast(1)) : "5";
        throw UserErrorException.Usage(string.Create(
            CultureInfo.InvariantCulture,
            $"--width {given} does not fit the data: {inputs} inputs (features after encoding) and {outputs} output{(outputs == 1 ? "" : "s")} are needed, as in --width {inputs},{hidden},{outputs}"));
    }
}
