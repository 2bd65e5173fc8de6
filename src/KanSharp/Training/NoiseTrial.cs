using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Asks a table how noisy it is: a small network is trained by a few steps of Levenberg-Marquardt on some of the training rows, and what it leaves of the variance of
/// others bounds the noise from above. Only where that is next to nothing has a second-order method something to gain.
/// </summary>
/// <param name="Share">Share of the variance that was left; +∞ where training failed.</param>
/// <param name="Said">What was done, in words.</param>
internal sealed record NoiseTrial(double Share, string Said)
{
    /// <summary>Below this share a target counts as free of noise.</summary>
    public const double Least = 5e-4;

    /// <summary>Fewer training rows tell nothing.</summary>
    public const int LeastRows = 40;

    private const int MostRows = 1250;
    private const int HoldOutEvery = 5;
    private const int Hidden = 8;
    private const int Steps = 25;
    private const int Patience = 5;

    /// <summary>Runs the trial; rows of validation and test are not looked at.</summary>
    public static NoiseTrial Run<T>(TabularProblem<T> problem, ulong seed, Executor? executor, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dataset<double> rows = problem.Split.Train;
        int count = Math.Min(rows.Count, MostRows);
        int[] chosen = [.. Enumerable.Range(0, count).Select(index => (int)((long)index * rows.Count / count))];
        int[] held = [.. chosen.Where((_, index) => index % HoldOutEvery == HoldOutEvery - 1)];
        int[] used = [.. chosen.Where((_, index) => index % HoldOutEvery != HoldOutEvery - 1)];
        var data = new TrainingData<double>(Features(problem, used), Targets(problem, used))
        {
            Validation = new TrainingData<double>(Features(problem, held), Targets(problem, held)),
        };
        KanNetwork<double> network = KanNetwork<double>.Create([rows.Inputs, Hidden, rows.Outputs], new BSplineOptions(), seed);
        var options = new FitOptions
        {
            Optimizer = new LevenbergMarquardt(),
            Epochs = Steps,
            EarlyStopping = new EarlyStopping { Patience = Patience },
            TargetLoss = Least / 10,
            Executor = executor,
        };
        FitResult<double> fit = Trainer.Fit(network, data, options, cancellation: cancellation);
        double share = double.IsFinite(fit.BestLoss) ? fit.BestLoss / Math.Max(Variance(data.Validation.Targets!.Span), double.Epsilon) : double.PositiveInfinity;
        return new NoiseTrial(share, string.Create(
            CultureInfo.InvariantCulture,
            $"{fit.History.Count} trial steps of Levenberg-Marquardt ([{rows.Inputs}, {Hidden}, {rows.Outputs}], {used.Length} rows) left {share:G2} of the variance of {held.Length} other rows"));
    }

    private static Tensor<double> Features<T>(TabularProblem<T> problem, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Pick(problem.Split.Train.Features, problem.Split.Train.Inputs, rows, problem.InputScaling);

    private static Tensor<double> Targets<T>(TabularProblem<T> problem, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Pick(problem.Split.Train.Targets, problem.Split.Train.Outputs, rows, problem.TargetScaling!);

    private static Tensor<double> Pick(ReadOnlySpan<double> values, int width, int[] rows, LinearScaling scaling)
    {
        var picked = new double[rows.Length * width];
        for (int row = 0; row < rows.Length; row++)
            values.Slice(rows[row] * width, width).CopyTo(picked.AsSpan(row * width));
        scaling.Apply(picked);
        return new Tensor<double>(new Shape(rows.Length, width), picked);
    }

    private static double Variance(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value / values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean) / values.Length;
        return squares;
    }
}
