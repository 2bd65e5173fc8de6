using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Trains a network of a shape as accurately as the data allow, with no more nodes and edges than they ask for.</summary>
internal sealed class NetworkTraining(TrainingData<double> data, DiscoveryOptions options, CancellationToken cancellation)
{
    private const int CoarseIntervals = 5;

    /// <summary>Epochs of a refit after a node went.</summary>
    private const int RefitEpochs = 20;

    /// <summary>A smaller network is preferred if its error on the coarse grid is within this factor: on a grid twice as fine the error of splines is 16 times smaller.</summary>
    private const double WorthANode = 4;

    /// <summary>An edge is idle if its share of the output's spread is below so many times the error of the network, within the bounds that follow.</summary>
    private const double IdleShare = 3, SmallestShare = 1e-6, LargestShare = 1e-2;

    /// <summary>Idle edges stay away if the error grows by no more than this factor.</summary>
    private const double WorthAnEdge = 1.2;

    private static readonly int[] Grids = [CoarseIntervals, 10, 20, 40];
    private static readonly KanLinearOptions Layer = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = CoarseIntervals } };

    public KanNetwork<double> Train(NetworkShape shape, out IReadOnlyList<EpochRecord> history)
    {
        bool isWide = shape.Widths.Skip(1).SkipLast(1).Any(nodes => nodes > 2);
        FitResult<double> fit = isWide
            ? Trainer.Fit(Sparse(shape), data, Fit() with { GridSchedule = Schedule() }, cancellation: cancellation)
            : MultiStart.Fit(
                seed => KanNetwork<double>.Create(shape, Layer, seed), data, Fit() with { GridSchedule = Schedule() },
                new MultiStartOptions { Starts = options.Starts, Epochs = RefitEpochs, Survivors = Math.Min(2, options.Starts), Seed = options.Seed * 1000 },
                cancellation: cancellation).Fit;
        history = fit.History;
        return WithoutIdleEdges((KanNetwork<double>)fit.Module);
    }

    /// <summary>Root mean squared error of a network.</summary>
    public static double Error(KanNetwork<double> network, TrainingData<double> data)
    {
        Tensor<double> y = network.Predict(data.Inputs);
        double sum = 0;
        for (int row = 0; row < data.Count; row++)
        {
            double difference = y.Span[row] - data.Targets!.Span[row];
            sum += difference * difference;
        }

        return Math.Sqrt(sum / data.Count);
    }

    /// <summary>A wide network that was trained to be sparse, pruned, and made smaller node by node as long as its error stays.</summary>
    private KanNetwork<double> Sparse(NetworkShape shape)
    {
        KanNetwork<double> fresh = KanNetwork<double>.Create(shape, Layer, options.Seed);
        var sparse = new SparsificationOptions
        {
            Fit = Fit(),
            Penalty = new Regularization { Metric = RegularizationMetric.EdgeForward, Entropy = 2 },
            WarmUpEpochs = 0,
            RampSteps = 1,
            RampEpochs = 25,
            Lambda = 3e-3,
        };
        KanNetwork<double> trained = Sparsifier.Fit(fresh, data, sparse, null, cancellation).Network;
        KanNetwork<double> network = Refit(Pruner.Prune(trained, data.Inputs).Network, out double error);
        while (!cancellation.IsCancellationRequested && Hidden(network) > network.Layers.Count - 1)
        {
            KanNetwork<double> smaller = Refit(Pruner.Prune(network, data.Inputs, new PruneOptions { NodeThreshold = null, EdgeThreshold = null, KeepNodes = Hidden(network) - 1 }).Network, out double other);
            if (other > WorthANode * error || Hidden(smaller) == Hidden(network))
                break;
            (network, error) = (smaller, other);
        }

        return network;
    }

    /// <summary>The network without edges and nodes whose part of the output is lost in its error, fitted anew; the network itself where that is worse.</summary>
    private KanNetwork<double> WithoutIdleEdges(KanNetwork<double> network)
    {
        double before = Error(network, data.Validation!), threshold = Math.Clamp(IdleShare * before, SmallestShare, LargestShare);
        PruneResult<double> pruned = Pruner.Prune(network, data.Inputs, new PruneOptions { NodeThreshold = threshold, EdgeThreshold = threshold });
        if (pruned.Report.RemovedEdges.Count == 0 || cancellation.IsCancellationRequested)
            return network;
        KanNetwork<double> refit = Refit(pruned.Network, out double error);
        return error <= WorthAnEdge * before ? refit : network;
    }

    private KanNetwork<double> Refit(KanNetwork<double> network, out double error)
    {
        Trainer.Fit(network, data, Fit() with { Epochs = RefitEpochs }, cancellation: cancellation);
        error = Error(network, data.Validation!);
        return network;
    }

    private static int Hidden(KanNetwork<double> network) => network.Widths.Skip(1).SkipLast(1).Sum();

    private FitOptions Fit() => new() { Optimizer = new LevenbergMarquardt(), Epochs = 30, Executor = options.Executor };

    private GridSchedule Schedule()
    {
        // as many intervals as the rows can tell: 4 rows for each of an edge's
        int most = Math.Max(CoarseIntervals, data.Count / 12);
        return new GridSchedule([.. Grids.Where(intervals => intervals <= most)]) { EpochsPerStage = 30 };
    }
}
