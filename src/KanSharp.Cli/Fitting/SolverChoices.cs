using System.Globalization;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>Which optimiser, whether it goes with the rest of the settings, and the settings that only some optimisers have.</summary>
internal static class SolverChoices
{
    private const int LeastEpochsPerGrid = 5;

    /// <summary>Chooses the optimiser where none was asked for, says why, and with it the number format; refuses what does not go together.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="problem">The rows.</param>
    /// <param name="said">Receives what was chosen.</param>
    /// <param name="cancellation">Ends the trial that measures the noise.</param>
    /// <param name="noiseFree">Whether the targets have next to no noise, as far as it was looked for.</param>
    public static FitSettings Choose(
        FitSettings settings, TabularProblem<double> problem, List<string> said, CancellationToken cancellation, out bool noiseFree)
    {
        Check(settings, problem);
        BasisChoices.Check(settings);
        noiseFree = false;
        if (settings.Optimizer is null && !settings.Mlp && !BasisChoices.HasFreeGrid(settings))
        {
            const string Why = "the rules that choose a solver are for splines";
            said.Add($"optimizer: adamw, because {Why} (--optimizer)");
            settings = settings with { Optimizer = "adamw", OptimizerReason = Why };
        }
        else if (settings.Optimizer is null && FirstOrderOption(settings) is { } option)
        {
            string why = $"{option} is for optimisers of its kind";
            said.Add($"optimizer: adamw, because {why} (--optimizer)");
            settings = settings with { Optimizer = "adamw", OptimizerReason = why };
        }
        else
        {
            TabularOptions options = FitChoices.DataOptions(settings) with { Optimizer = settings.Optimizer };
            if (settings.Width is { Count: > 2 } width)
                options = options with { Hidden = [.. width.Skip(1).SkipLast(1)] };
            OptimizerChoice choice = OptimizerChoice.For(problem, options, cancellation: cancellation);
            noiseFree = choice.NoiseFree;
            if (settings.Optimizer is null)
                said.Add($"optimizer: {choice.Optimizer}, because {choice.Reason} (--optimizer)");
            else if (choice.Optimizer == "lm")
                said.Add($"settings for {(noiseFree ? "numbers without noise" : "noisy numbers")}: {choice.Reason}");
            settings = settings with { Optimizer = choice.Optimizer, OptimizerReason = settings.Optimizer is null ? choice.Reason : null };
        }

        string precision = OptimizerOptions.Parse(settings.Optimizer!) is QuasiNewtonOptions or LevenbergMarquardt ? "f64" : "f32";
        if (settings.Precision is null && precision == "f64")
            said.Add($"precision: f64, because {Proper(settings.Optimizer!)} needs it (--precision)");
        return settings with { Precision = settings.Precision ?? precision };
    }

    /// <summary>The optimiser with its settings; every choice has been made.</summary>
    public static OptimizerOptions Optimizer(OptimizerOptions usual, FitSettings settings)
    {
        OptimizerOptions rated = usual with { LearningRate = settings.LearningRate!.Value };
        return rated switch
        {
            FirstOrderOptions first => first with { WeightDecay = settings.WeightDecay!.Value },
            LevenbergMarquardt solver => solver with
            {
                Ridge = settings.WeightDecay!.Value,
                Damping = settings.Damping ?? solver.Damping,
                Smoothness = settings.Smoothness ?? solver.Smoothness,
            },
            _ => rated,
        };
    }

    /// <summary>Weight decay, or the ridge, that an optimiser has.</summary>
    public static double Decay(OptimizerOptions optimizer) => optimizer switch
    {
        FirstOrderOptions first => first.WeightDecay,
        LevenbergMarquardt solver => solver.Ridge,
        _ => 0,
    };

    /// <summary>The smoothness penalty of gradient methods, with the sparsity penalty if there is one.</summary>
    public static Regularization Smoothing(FitSettings settings)
    {
        bool sparse = settings.Lambda > 0;
        double lambda = sparse ? settings.Lambda : 1;
        return new Regularization
        {
            Metric = RegularizationMetric.Weights,
            Lambda = lambda,
            L1 = sparse ? 1 : 0,
            Entropy = sparse ? 1 : 0,
            Smoothness = settings.Smoothness!.Value / lambda,
        };
    }

    /// <summary>The first grids of a schedule, as many as the epochs are enough for; null for a single one.</summary>
    public static IReadOnlyList<int>? Grids(GridSchedule? schedule, int epochs)
    {
        int count = Math.Min(schedule?.Intervals.Count ?? 0, epochs / LeastEpochsPerGrid);
        return count > 1 ? [.. schedule!.Intervals.Take(count)] : null;
    }

    private static void Check(FitSettings settings, TabularProblem<double> problem)
    {
        string? optimizer = settings.Optimizer;
        if ((optimizer is "lm" or "nk") && problem.Task != TabularTask.Regression)
        {
            throw UserErrorException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"--optimizer {optimizer} minimises squared errors of numbers, and '{problem.Encoding.Target.Columns[0]}' has {problem.Encoding.Target.Classes.Count} classes; adamw, lbfgs, ssbfgs and ssbroyden learn classes"));
        }

        if (optimizer == "nk" && settings.Mlp)
            throw UserErrorException.Usage("--optimizer nk trains KANs alone; leave --mlp out, or take another optimiser");
        if (settings.Grids is { } grids)
        {
            string list = string.Join(',', grids);
            if (settings.Mlp)
                throw UserErrorException.Usage($"--grid {list} is for KANs; a perceptron (--mlp) has no grids");
            if (grids.Zip(grids.Skip(1)).Any(pair => pair.Second <= pair.First))
                throw UserErrorException.Usage($"--grid {list}: every grid must be finer than the one before, such as 3,5,10,20");
            if (settings.Epochs < grids.Count)
                throw UserErrorException.Usage($"--grid {list}: {settings.Epochs} epochs are too few for {grids.Count} grids; give at least {grids.Count}");
        }

        if (settings.Starts > 1 && settings.Mlp)
            throw UserErrorException.Usage($"--starts {settings.Starts} is for KANs; a perceptron (--mlp) has one start");
        if (settings.Lambda > 0 && optimizer == "nk")
            throw UserErrorException.Usage("--lambda does not go with --optimizer nk, which knows no sparsity penalty; leave it out, or take lm, lbfgs or adamw");
        if (settings.Smoothness is not null && (optimizer == "nk" || settings.Mlp))
            throw UserErrorException.Usage($"--smoothness has no effect with {(settings.Mlp ? "--mlp" : "--optimizer nk")}; leave it out");
        if (settings.WeightDecay > 0 && optimizer is not null && OptimizerOptions.Parse(optimizer) is (QuasiNewtonOptions or NewtonKaczmarz))
            throw UserErrorException.Usage($"--weight-decay has no effect with --optimizer {optimizer}; leave it out, or take adamw or lm");
    }

    /// <summary>An option that means something else, or nothing, to a solver: whoever gives it thinks of gradient steps.</summary>
    private static string? FirstOrderOption(FitSettings settings) =>
        settings.LearningRate is not null ? "--lr"
        : settings.Schedule is not null ? "--schedule"
        : settings.Batch > 0 ? "--batch"
        : settings.GridUpdates is not null ? "--grid-updates"
        : settings.EdgeDropout > 0 ? "--edge-dropout"
        : settings.InputNoise > 0 ? "--input-noise"
        : null;

    private static string Proper(string optimizer) => optimizer switch
    {
        "lm" => "Levenberg-Marquardt",
        "lbfgs" => "L-BFGS",
        "ssbfgs" => "SSBFGS",
        _ => "SSBroyden",
    };
}
