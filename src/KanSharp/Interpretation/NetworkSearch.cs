using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>The way through networks: a shape is trained, made sparse and pruned where it is wide, refined, made symbolic, and its formula polished in original units.</summary>
internal sealed class NetworkSearch
{
    /// <summary>A formula is as good as a network up to this factor of the error.</summary>
    private const double AsGood = 1.05;

    /// <summary>Networks of different shapes that come to the same error, to this factor, have found the noise.</summary>
    private const double Alike = 1.15;

    private const int AlikeShapes = 3;

    /// <summary>A network follows the target closely if its error is below this share of the target's deviation.</summary>
    private const double Close = 3e-3;

    /// <summary>Most columns that networks take.</summary>
    private const int MostColumns = 20;

    /// <summary>A network is made symbolic if its error is within this factor of the best one's.</summary>
    private const double WorthSymbols = 3;

    /// <summary>Points of an edge that functions are compared on: enough to rank them, what decides is the fit of all constants together.</summary>
    private const int EdgePoints = 300;

    /// <summary>Formulas of a symbolic search that are polished in original units.</summary>
    private const int Polished = 4;

    private readonly CandidatePool _pool;
    private readonly DiscoveryOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<string> _columns;
    private readonly LinearScaling _inputs;
    private readonly LinearScaling _target;
    private readonly TrainingData<double> _data;
    private readonly List<double> _errors = [];

    public NetworkSearch(CandidatePool pool, Dataset<double> rows, DiscoveryOptions options, CancellationToken cancellation)
    {
        (_pool, _options, _cancellation) = (pool, options, cancellation);
        _columns = DiscoveryColumns.Strongest(rows, MostColumns);
        Dataset<double> train = rows.SelectFeatures(_columns), validation = pool.Validation.SelectFeatures(_columns);
        _inputs = LinearScaling.ToGrid(train.Features, train.Inputs, tail: 0);
        _target = LinearScaling.Standard(train.Targets, 1);
        _data = Scaled(train, Scaled(validation, null));
    }

    /// <summary>Number of columns that networks take.</summary>
    public int Inputs => _columns.Count;

    /// <summary>The most accurate network so far.</summary>
    public NetworkFinding? Best { get; private set; }

    /// <summary>Whether a formula is as good as the best networks, of which several shapes, small and larger ones, came to the same error: what is left is noise.</summary>
    public bool IsAtNoise => Best is { } network && _pool.Hall.Pick is { } pick && pick.Rmse <= AsGood * network.Rmse && _errors.Count > AlikeShapes && _errors.Count(error => error <= Alike * network.Rmse) >= AlikeShapes;

    /// <summary>The shapes that are tried where none are given, small ones first.</summary>
    public static IReadOnlyList<NetworkShape> Shapes(int inputs) => inputs == 1
        ? [NetworkShape.Parse("1,1"), NetworkShape.Parse("1,1,1"), NetworkShape.Parse("1,2,1")]
        : [.. new[] { "1", "1,1", "[0,1],1", "2,1", "2,1,1", "[1,1],1", "5,1", "[2,1],1" }.Select(rest => NetworkShape.Parse(string.Create(CultureInfo.InvariantCulture, $"{inputs},{rest}")))];

    /// <summary>Tries a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="isQuick">Whether only a network that follows the target closely is made symbolic.</param>
    /// <returns>What came of it, in words.</returns>
    public string Run(NetworkShape shape, bool isQuick = false)
    {
        KanNetwork<double> network = new NetworkTraining(_data, _options, _cancellation).Train(shape, out IReadOnlyList<EpochRecord> history);
        double error = NetworkTraining.Error(network, _data.Validation!) * _target.Spread[0];
        bool isBest = Best is null || error < Best.Rmse;
        double best = isBest ? error : Best!.Rmse;
        if (isBest)
            Best = new NetworkFinding(network, _columns, _inputs, _target, error, [.. history.Select(epoch => (epoch.TrainingLoss, epoch.ValidationLoss ?? double.NaN))]);
        string trained = string.Create(CultureInfo.InvariantCulture, $"[{network.Shape}] RMSE {error:G3}");
        _errors.Add(error);
        if (_cancellation.IsCancellationRequested || error > (isQuick ? Close * _target.Spread[0] : WorthSymbols * best) || _pool.Hall.Pick is { } pick && pick.Rmse <= AsGood * error)
            return trained;
        SymbolicSearchResult symbolic = SymbolicSearch.Run(
            network, _data, new SymbolicSearchOptions { Edges = new EdgeFitOptions { Catalog = _options.Catalog, MaxPoints = EdgePoints }, Snap = null, Executor = _options.Executor }, null, _cancellation);
        FormulaCandidate? found = null;
        foreach (FormulaCandidate candidate in symbolic.Hall.Pareto.OrderBy(candidate => candidate.Rmse).Take(Polished))
        {
            if (_pool.Polish(Original(candidate.Formula), $"network [{network.Shape}]") is { } polished && (found is null || polished.Rmse < found.Rmse))
                found = polished;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{trained}, as a formula {found?.Rmse ?? double.NaN:G3}");
    }

    /// <summary>A formula of scaled columns as one of the columns themselves.</summary>
    private Expression Original(Expression scaled)
    {
        var columns = new Dictionary<string, Expression>();
        for (int index = 0; index < _columns.Count; index++)
            columns[Name(index)] = (Expression.Variable(_columns[index]) - _inputs.Center[index]) / _inputs.Spread[index];
        return (_target.Center[0] + _target.Spread[0] * scaled.Substitute(columns)).Simplify();
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"x{index + 1}");

    private TrainingData<double> Scaled(Dataset<double> data, TrainingData<double>? validation)
    {
        double[] features = data.Features.ToArray(), targets = data.Targets.ToArray();
        _inputs.Apply(features);
        _target.Apply(targets);
        return new TrainingData<double>(new Tensor<double>(new Shape(data.Count, data.Inputs), features), new Tensor<double>(new Shape(data.Count, 1), targets)) { Validation = validation };
    }
}
