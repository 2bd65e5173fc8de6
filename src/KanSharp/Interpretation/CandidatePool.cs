using KanSharp.Data;
using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>The rows of a formula search and what it found: candidates get their constants from the training rows and are measured on the others.</summary>
internal sealed class CandidatePool
{
    /// <summary>Rows that simple constants are looked for with; more tell them no better.</summary>
    private const int SnapRows = 3000;

    private const int QuickRows = 1000;

    private readonly Dataset<double> _few;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _seen = [];

    public CandidatePool(Dataset<double> train, Dataset<double> validation, DiscoveryOptions options, CancellationToken cancellation)
    {
        (Train, Validation, _cancellation) = (train, validation, cancellation);
        _few = Thin(train, SnapRows, options.Seed);
        Fit = Thin(train, options.FitRows, options.Seed);
        Quick = Thin(train, QuickRows, options.Seed);
        Hall = new HallOfFame(validation.Targets);
    }

    public CancellationToken Cancellation => _cancellation;

    public Dataset<double> Train { get; }

    public Dataset<double> Validation { get; }

    /// <summary>Training rows, at most as many as networks are fitted to.</summary>
    public Dataset<double> Fit { get; }

    /// <summary>Training rows for what is only worth a second.</summary>
    public Dataset<double> Quick { get; }

    public HallOfFame Hall { get; }

    public IReadOnlyList<string> Names => Train.FeatureNames;

    /// <summary>Whether the pick is exact but for rounding.</summary>
    public bool IsExact => Hall.Pick is { } pick && pick.Rmse <= HallOfFame.NumericalZero * FormulaData.Scale(Validation.Targets);

    /// <summary>Adds a formula as it is.</summary>
    public FormulaCandidate Add(Expression formula, string origin)
    {
        FormulaCandidate candidate = FormulaCandidate.Measure(formula, Names, Validation.Features, Validation.Targets, origin);
        Hall.Add(candidate);
        return candidate;
    }

    /// <summary>Fits the constants of a formula, replaces those that the data allow, and adds both.</summary>
    /// <returns>The one of smaller description length; null where the formula was tried before.</returns>
    public FormulaCandidate? Polish(Expression formula, string origin)
    {
        if (!_seen.Add(formula.Round(6).ToString()))
            return null;
        SnapResult snapped = ConstantSnapper.Snap(formula, Names, _few.Features, _few.Targets, cancellationToken: _cancellation);
        PolishResult polished = ConstantPolish.Fit(snapped.Formula, Names, Fit.Features, Fit.Targets, cancellationToken: _cancellation);
        FormulaCandidate simple = Add(snapped.Formula.Simplify(), origin), fitted = Add(polished.Formula.Simplify(), origin);
        return Hall.DescriptionLength(simple) <= Hall.DescriptionLength(fitted) ? simple : fitted;
    }

    private static Dataset<double> Thin(Dataset<double> data, int most, ulong seed)
    {
        if (data.Count <= most)
            return data;
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        new SplitRandom(seed).Split("thin").Shuffle<int>(rows);
        return data.Subset(rows.AsSpan(0, most));
    }
}
