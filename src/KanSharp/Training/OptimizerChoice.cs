using System.Globalization;
using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Training;

/// <summary>Which optimiser suits a table, and why; what <see cref="TabularTrainer"/> does where none is named.</summary>
/// <param name="Optimizer">Name of the optimiser: the one that was asked for, else "lm" or "adamw".</param>
/// <param name="Reason">Why, in words, with the numbers that decided.</param>
/// <param name="NoiseFree">Whether the targets turned out to be a function of the features with next to no noise.</param>
/// <remarks>
/// Levenberg-Marquardt reaches errors on noise-free targets that first-order methods do not, and on noisy ones (docs/results.md) mostly no smaller error in more
/// time. So a short trial measures the noise, unless the task or the size rule it out.
/// </remarks>
public sealed record OptimizerChoice(string Optimizer, string Reason, bool NoiseFree)
{
    /// <summary>Most multiply-adds of a Levenberg-Marquardt run that is still chosen; some minutes on two cores.</summary>
    private const double MostWork = 2e12;

    private const string FirstOrder = "adamw";
    private const string LeastSquares = "lm";

    /// <summary>Chooses for a problem.</summary>
    /// <param name="problem">The rows.</param>
    /// <param name="options">Network, seed, and an optimiser that was asked for (its settings still depend on the noise); the defaults if null.</param>
    /// <param name="executor">Where to run the trial; the process-wide executor by default.</param>
    /// <param name="cancellation">Ends the trial early.</param>
    public static OptimizerChoice For<T>(
        TabularProblem<T> problem, TabularOptions? options = null, Executor? executor = null, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new TabularOptions();
        if (options.Optimizer is { } asked && (asked != LeastSquares || options.Mlp || problem.Task != TabularTask.Regression))
            return new OptimizerChoice(asked, "asked for", false);
        if (options.Mlp)
            return new OptimizerChoice(FirstOrder, "the usual one for a perceptron", false);
        if (problem.Task != TabularTask.Regression)
            return new OptimizerChoice(FirstOrder, "classes are learned by cross-entropy, and Levenberg-Marquardt minimises squared errors alone", false);
        int rows = problem.Data.Count;
        if (options.Optimizer is not null)
        {
            NoiseTrial measured = rows < NoiseTrial.LeastRows ? new NoiseTrial(1, "there are too few rows to measure the noise") : NoiseTrial.Run(problem, options.Seed, executor, cancellation);
            return new OptimizerChoice(LeastSquares, measured.Said, measured.Share < NoiseTrial.Least);
        }

        if (rows < NoiseTrial.LeastRows)
            return new OptimizerChoice(FirstOrder, string.Create(CultureInfo.InvariantCulture, $"{rows} training rows are too few to find out how noisy they are"), false);
        IReadOnlyList<int> hidden = options.Hidden ?? TabularDefaults.Hidden(rows, problem.Encoding.Inputs, problem.NetworkOutputs, optimizer: LeastSquares, noiseFree: true);
        (double unknowns, double work) = Work(rows, [problem.Encoding.Inputs, .. hidden, problem.NetworkOutputs], options.Layer?.Basis as BSplineOptions ?? new BSplineOptions());
        string size = string.Create(CultureInfo.InvariantCulture, $"{unknowns:N0} parameters on {rows:N0} rows, about {work:G1} multiply-adds");
        if (work > MostWork)
            return new OptimizerChoice(FirstOrder, $"Levenberg-Marquardt would cost too much: {size}", false);
        NoiseTrial trial = NoiseTrial.Run(problem, options.Seed, executor, cancellation);
        if (cancellation.IsCancellationRequested)
            return new OptimizerChoice(FirstOrder, "the trial that measures the noise was cancelled", false);
        return trial.Share < NoiseTrial.Least
            ? new OptimizerChoice(LeastSquares, $"there is next to no noise: {trial.Said} ({size})", true)
            : new OptimizerChoice(FirstOrder, string.Create(CultureInfo.InvariantCulture, $"{trial.Said}; Levenberg-Marquardt is chosen below {NoiseTrial.Least}"), false);
    }

    /// <summary>Unknowns and multiply-adds of a run: steps · (N·R·nnz² + P³/3).</summary>
    private static (double Unknowns, double Work) Work(int rows, IReadOnlyList<int> widths, BSplineOptions basis)
    {
        double edges = 0;
        for (int level = 1; level < widths.Count; level++)
            edges += (double)widths[level - 1] * widths[level];
        double unknowns = edges * (basis.Intervals + basis.Degree + 1), nonZeros = edges * (basis.Degree + 2);
        double step = (double)rows * widths[^1] * nonZeros * nonZeros + unknowns * unknowns * unknowns / 3;
        return (unknowns, TabularDefaults.LeastSquaresEpochs * step);
    }
}
