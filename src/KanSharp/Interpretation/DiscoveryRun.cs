using System.Diagnostics;
using System.Globalization;
using KanSharp.Data;
using KanSharp.Interpretation.Terms;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>One formula search.</summary>
internal sealed class DiscoveryRun : IDisposable
{
    /// <summary>Fewest rows that a formula can be sought for.</summary>
    public const int FewestRows = 3;

    /// <summary>Below so many rows none are kept aside to choose.</summary>
    private const int FewestToSplit = 40;

    /// <summary>Shapes that are tried before the terms, the additive one and one with an outer function: they take a second and settle many laws.</summary>
    private const int QuickShapes = 2, QuickStarts = 2;

    /// <summary>Columns that sums and products of terms are searched over.</summary>
    private const int MostTermVariables = 10;

    private readonly Dataset<double> _data;
    private readonly DiscoveryOptions _options;
    private readonly IProgress<DiscoveryProgress>? _progress;
    private readonly CancellationToken _asked;
    private readonly CancellationTokenSource _stop;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<DiscoveryStep> _steps = [];
    private readonly List<string> _notes = [];
    private readonly CandidatePool _pool;
    private NetworkFinding? _network;
    private bool _isAtNoise;

    public DiscoveryRun(Dataset<double> data, DiscoveryOptions options, IProgress<DiscoveryProgress>? progress, CancellationToken cancellation)
    {
        _options = options;
        _progress = progress;
        _asked = cancellation;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _stop.CancelAfter(options.TimeLimit);
        _data = DiscoveryColumns.Usable(data, _notes);
        if (data.Count < FewestToSplit)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{data.Count} rows are too few to keep some aside: formulas are chosen by the rows that they are fitted to."));
            _pool = new CandidatePool(_data, _data, options, _stop.Token);
        }
        else
        {
            DataSplit<double> split = _data.Split(options.Validation, 0, options.Seed);
            _pool = new CandidatePool(split.Train, split.Validation!, options, _stop.Token);
        }
    }

    public DiscoveryResult Run()
    {
        Do("simple", () => SimpleCandidates.Add(_pool, _options.Catalog));
        if (_options.UseNetworks && _options.UseTerms && _options.Shapes is null && !IsDone)
        {
            var quick = new NetworkSearch(_pool, _pool.Quick, _options with { Starts = Math.Min(QuickStarts, _options.Starts) }, _stop.Token);
            Networks(quick, NetworkSearch.Shapes(quick.Inputs).Take(QuickShapes), isQuick: true);
        }

        if (_options.UseTerms && !IsDone && _pool.Train.Count >= TermSearchChecks.FewestRows)
            Do("terms", Terms);
        if (_options.UseNetworks && !IsDone)
        {
            var search = new NetworkSearch(_pool, _pool.Fit, _options, _stop.Token);
            Networks(search, _options.Shapes ?? NetworkSearch.Shapes(search.Inputs), isQuick: false);
        }

        FormulaCandidate pick = _pool.Hall.Pick ?? throw new ArgumentException("No formula has a finite error on the rows, not even the mean of the target: its values are too large. Scale the target to below 1e150.", nameof(_data));
        FormulaCandidate whole = FormulaCandidate.Measure(pick.Formula, _data.FeatureNames, _data.Features, _data.Targets, pick.Origin);
        return new DiscoveryResult
        {
            Hall = _pool.Hall,
            Pick = pick,
            Rmse = whole.Rmse,
            R2 = whole.R2,
            Train = _pool.Train,
            Validation = _pool.Validation,
            Network = _network,
            Steps = _steps,
            Notes = _notes,
            Reason = IsDone ? StopReason.Converged
                : _asked.IsCancellationRequested ? StopReason.Cancelled
                : _stop.IsCancellationRequested ? StopReason.TimeLimit : StopReason.BudgetReached,
            Elapsed = _watch.Elapsed,
        };
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Whether nothing better can be found: the pick is exact, or several networks came no further than it.</summary>
    private bool IsDone => _pool.IsExact || _isAtNoise;

    private TimeSpan Left => _options.TimeLimit > _watch.Elapsed ? _options.TimeLimit - _watch.Elapsed : TimeSpan.FromMilliseconds(1);

    private string Terms()
    {
        var options = new TermSearchOptions { TimeLimit = _options.UseNetworks ? Left / 2 : Left, Seed = _options.Seed, MaxVariables = MostTermVariables, Executor = _options.Executor };
        TermSearchResult found = TermSearch.Run(_pool.Train, _pool.Validation, options, new TermReports(this), _stop.Token);
        _pool.Hall.Add(found.Hall);
        _isAtNoise = found.IsSettled;
        return string.Create(CultureInfo.InvariantCulture, $"{found.Hall.Best.Count} formulas{(found.IsSettled ? ", settled" : "")}, noise about {found.Noise:G3}");
    }

    /// <summary>Tries shapes one after the other. The quick ones before the terms are there for what is exact; they do not judge what is noise.</summary>
    private void Networks(NetworkSearch search, IEnumerable<NetworkShape> shapes, bool isQuick)
    {
        foreach (NetworkShape shape in shapes)
        {
            if (IsDone || _stop.IsCancellationRequested)
                return;
            if (shape.Widths[0] != search.Inputs || shape.Widths[^1] != 1)
            {
                _notes.Add($"Shape {shape} does not fit {search.Inputs} columns and one target and is left out.");
                continue;
            }

            Do($"network {shape}", () =>
            {
                string message = search.Run(shape, isQuick);
                _network = _network is { } before && search.Best is { } now && before.Rmse <= now.Rmse ? before : search.Best ?? _network;
                _isAtNoise = !isQuick && search.IsAtNoise;
                return message;
            });
        }
    }

    private void Do(string name, Func<string> work)
    {
        _progress?.Report(new DiscoveryProgress(name, _pool.Hall.Pick, _watch.Elapsed, _options.TimeLimit));
        string message = work();
        _steps.Add(new DiscoveryStep(name, message, _pool.Hall.Pick?.Rmse ?? double.NaN, _watch.Elapsed));
        _progress?.Report(new DiscoveryProgress($"{name}: {message}", _pool.Hall.Pick, _watch.Elapsed, _options.TimeLimit));
    }

    /// <summary>Hands on what the term search reports.</summary>
    private sealed class TermReports(DiscoveryRun run) : IProgress<TermSearchProgress>
    {
        public void Report(TermSearchProgress value) => run._progress?.Report(new DiscoveryProgress(
            string.Create(CultureInfo.InvariantCulture, $"terms: {value.Stage}{(value.Best is null ? "" : $", RMSE {value.Rmse:G3} with {value.Best}")}"), run._pool.Hall.Pick, run._watch.Elapsed, run._options.TimeLimit));
    }
}
