using System.Diagnostics;
using System.Globalization;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>The work of <see cref="SymbolicSearch"/>.</summary>
internal sealed class SymbolicRun
{
    private const int EdgePoints = 600, PolishRows = 1500, SnapRows = 4000;
    private const int PolishEvaluations = 40, NetworkSteps = 40;

    /// <summary>Formulas of an output whose constants are replaced by simple ones.</summary>
    private const int Snapped = 3;

    /// <summary>A formula is as good as the network up to this factor of the error.</summary>
    private const double AsGood = 1.05;

    private readonly KanNetwork<double> _network;
    private readonly SymbolicSearchOptions _options;
    private readonly IProgress<SymbolicProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly SymbolicData _data, _few, _validation;
    private readonly IReadOnlyList<string> _names;
    private readonly HallOfFame[] _halls;
    private readonly List<SymbolicStep> _steps = [];
    private readonly List<SymbolicFinding> _findings = [];
    private readonly Dictionary<Expression, SymbolicFinding> _origin = new(ReferenceEqualityComparer.Instance);
    private readonly double _before;

    public SymbolicRun(KanNetwork<double> network, TrainingData<double> data, SymbolicSearchOptions options, IProgress<SymbolicProgress>? progress, CancellationToken cancellation)
    {
        (_network, _options, _progress, _cancellation) = (network, options, progress, cancellation);
        _data = new SymbolicData(network, data, "training");
        _validation = data.Validation is null ? _data : new SymbolicData(network, data.Validation, "validation");
        _few = _data.Thin(PolishRows);
        _names = options.Names ?? [.. Enumerable.Range(1, network.Features).Select(column => $"x{column.ToString(CultureInfo.InvariantCulture)}")];
        _halls = [.. _validation.Columns.Select(column => new HallOfFame(column))];
        _before = _data.Rmse(network);
    }

    public SymbolicSearchResult Run()
    {
        // What the network does not know of the targets, its edges do not know either.
        double relative = _before / _data.Scales.Max();
        EdgeFitOptions fitting = _options.Edges with
        {
            NoiseFloor = Math.Max(_options.Edges.NoiseFloor, relative * relative),
            MaxPoints = Math.Min(_options.Edges.MaxPoints, EdgePoints),
            SkipHopeless = true,
        };
        var choices = new EdgeChoices(new EdgeLibrary(fitting.Catalog), fitting, _options.CandidatesPerEdge, _options.Executor, _cancellation);
        Report("edges");
        IReadOnlyList<SymbolicEdgeFit> edges = choices.Fit(_network, _few.Inputs, null);
        string? missing = EdgeChoices.Missing(edges);
        if (missing is null)
        {
            TryCombinations(choices, edges);
            if (!_cancellation.IsCancellationRequested && (_options.Thorough || !_findings.Any(IsAsGood)))
                _findings.AddRange(new SymbolicBeam(_data, _few, choices, _options, _steps, _cancellation).Run(_network, _before).Select(Polish));
            SnapConstants();
        }

        return Result(edges, missing);
    }

    private void TryCombinations(EdgeChoices choices, IReadOnlyList<SymbolicEdgeFit> edges)
    {
        foreach (EdgeFormula[] functions in choices.Combinations(edges, _options.Combinations))
        {
            if (_cancellation.IsCancellationRequested)
                return;
            KanNetwork<double> symbolic = _network.WithSymbolicEdges(functions);
            double snapped = _data.Rmse(symbolic);
            SymbolicFinding finding = Polish(symbolic);
            _findings.Add(finding);
            _steps.Add(new SymbolicStep(null, functions, _before, snapped, finding.Worst * _data.Scales.Max(), !IsAsGood(finding), $"All edges at once: {EdgeChoices.Describe(functions)}."));
            Report("combinations");
            if (finding.Worst <= HallOfFame.NumericalZero)
                return;
        }
    }

    /// <summary>Writes the formulas out, fits their constants and adds them to the halls.</summary>
    private SymbolicFinding Polish(KanNetwork<double> symbolic)
    {
        IReadOnlyList<Expression> formulas = FormulaExtraction.Extract(symbolic, _names);
        var polished = new Expression[formulas.Count];
        double[] errors = new double[formulas.Count];
        for (int output = 0; output < polished.Length; output++)
        {
            PolishResult result = ConstantPolish.Fit(
                formulas[output], _names, _few.Inputs.Span, _few.Columns[output],
                new PolishOptions { MaxIterations = PolishEvaluations, Starts = _options.Starts, Seed = _options.Seed }, _cancellation);
            polished[output] = result.Formula;
            errors[output] = result.Rmse / _data.Scales[output];
        }

        var finding = new SymbolicFinding(symbolic, polished, errors);
        for (int output = 0; output < polished.Length; output++)
            Add(output, polished[output], finding);
        return finding;
    }

    private void SnapConstants()
    {
        SymbolicData rows = _data.Thin(SnapRows);
        for (int output = 0; output < _halls.Length; output++)
        {
            HallOfFame hall = _halls[output];
            int at = output;
            FormulaCandidate[] best = [.. _findings.Where(finding => double.IsFinite(finding.Rmse[at]))
                .Select(finding => FormulaCandidate.Measure(finding.Formulas[at], _names, _validation.Inputs.Span, _validation.Columns[at], ""))
                .OrderBy(hall.DescriptionLength).Take(Snapped)];
            foreach (FormulaCandidate candidate in best)
            {
                if (_options.Snap is not { } snap || _cancellation.IsCancellationRequested)
                    break;
                SnapResult result = ConstantSnapper.Snap(candidate.Formula, _names, rows.Inputs.Span, rows.Columns[at], snap, _cancellation);
                Add(output, result.Formula, _origin[candidate.Formula]);
                Report("constants");
                if (result.Rmse <= HallOfFame.NumericalZero * _data.Scales[at])
                    break;
            }
        }
    }

    private void Add(int output, Expression formula, SymbolicFinding finding)
    {
        _origin.TryAdd(formula, finding);
        _halls[output].Add(FormulaCandidate.Measure(formula, _names, _validation.Inputs.Span, _validation.Columns[output], "symbolic search"));
    }

    private bool IsAsGood(SymbolicFinding finding) => finding.Worst <= Math.Max(AsGood * _before / _data.Scales.Max(), HallOfFame.NumericalZero);

    private SymbolicSearchResult Result(IReadOnlyList<SymbolicEdgeFit> edges, string? missing)
    {
        KanNetwork<double> network = _network;
        FormulaCandidate? pick = _halls[0].Pick;
        if (pick is not null && _origin.TryGetValue(pick.Formula, out SymbolicFinding? finding))
            network = SymbolicBeam.Refit(finding.Network, _data, NetworkSteps, _options.Executor, _cancellation);
        bool cancelled = _cancellation.IsCancellationRequested;
        return new SymbolicSearchResult
        {
            Halls = _halls,
            Network = network,
            NetworkRmse = _data.Rmse(network),
            RmseBefore = _before,
            Edges = edges,
            Steps = _steps,
            Reason = cancelled ? StopReason.Cancelled : StopReason.Converged,
            Message = missing ?? (pick is null
                ? cancelled ? "Ended before the first formula." : "No combination of functions has finite values on all samples."
                : string.Create(CultureInfo.InvariantCulture, $"{pick.Formula}, RMSE {pick.Rmse:G4}")),
            Seconds = _watch.Elapsed.TotalSeconds,
        };
    }

    private void Report(string step) => _progress?.Report(new SymbolicProgress(step, _halls[0].Pick, _watch.Elapsed));
}
