using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Equations.Solving;

/// <summary>A network of any shape; periodic variables reach it as cosine and sine.</summary>
internal sealed class NetworkModel : SolverModel
{
    private const double UniformShare = 0.1;
    private readonly KanNetwork<double> _network;
    private readonly IReadOnlyList<(double Low, double High)?> _periods;
    private readonly RangeFollower<double> _follower;
    private readonly Module<double> _module;

    private NetworkModel(KanNetwork<double> network, IReadOnlyList<(double Low, double High)?> periods, Executor executor)
    {
        (_network, _periods, Executor) = (network, periods, executor);
        _follower = new RangeFollower<double>(new FollowOptions(), executor);
        _module = periods.All(period => period is null) ? network : new Sequential<double>(new PeriodicInputs<double>(periods), network);
    }

    private Executor Executor { get; }

    public override Module<double> Module => _module;

    public override int Intervals => _network.Layers[0].Options.Spline.Intervals;

    /// <summary>Creates a fresh one.</summary>
    /// <param name="shape">Nodes per level.</param>
    /// <param name="bounds">Range of every variable.</param>
    /// <param name="unknowns">Number of unknowns.</param>
    /// <param name="degree">Degree of the splines.</param>
    /// <param name="intervals">Intervals of all grids.</param>
    /// <param name="periodic">Periodic axes.</param>
    /// <param name="seed">Seed of the initial values.</param>
    /// <param name="executor">Threads and register width.</param>
    /// <exception cref="ArgumentException">The shape does not fit the problem.</exception>
    public static NetworkModel Create(
        NetworkShape shape, IReadOnlyList<(double Low, double High)> bounds, int unknowns, int degree, int intervals, IReadOnlySet<int> periodic, ulong seed, Executor executor)
    {
        if (shape.Levels[0].Nodes != bounds.Count || shape.Levels[^1].Nodes != unknowns)
            throw new ArgumentException($"The shape {shape} goes from {shape.Levels[0].Nodes} inputs to {shape.Levels[^1].Nodes} outputs; the problem has {bounds.Count} variables and {unknowns} unknowns.", nameof(shape));
        NetworkShape own = periodic.Count == 0 ? shape : new NetworkShape([new LevelShape(bounds.Count + periodic.Count), .. shape.Levels.Skip(1)]);
        KanLinearOptions options = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = intervals, Degree = degree } };
        KanNetwork<double> network = KanNetwork<double>.Create(own, options, seed);
        for (int axis = 0, column = 0; axis < bounds.Count; axis++)
        {
            if (periodic.Contains(axis))
                column += 2;
            else
                Move(network.Layers[0].Knots.Value.Row(column++), (-1, 1), bounds[axis]);
        }

        return new NetworkModel(network, [.. bounds.Select((range, axis) => periodic.Contains(axis) ? range : ((double, double)?)null)], executor);
    }

    public override SolverModel Refine(int intervals) => With(_network.Refine(intervals).Network);

    public override SolverModel MoveKnots(Tensor<double> points)
    {
        var options = new RefineOptions { Placement = KnotPlacement.Curvature, UniformShare = UniformShare };
        Tensor<double> inputs = _module == _network ? points : new PeriodicInputs<double>(_periods).Predict(points);
        return With(_network.Refine(Intervals, inputs, options).Network);
    }

    public override bool Follow(Tensor<double> points) => _follower.Apply(_module, points, out _).Any(report => report.Updated > 0);

    public override SolverModel Shift(int axis, (double Start, double End) from, (double Start, double End) to)
    {
        KanNetwork<double> copy = _network.Clone();
        int column = axis + _periods.Take(axis).Count(period => period is not null);
        Move(copy.Layers[0].Knots.Value.Row(column), from, to);
        return With(copy);
    }

    public override SolverModel Clone() => With(_network.Clone());

    public override KanNetwork<double> ToNetwork() => _network;

    private NetworkModel With(KanNetwork<double> network) => new(network, _periods, Executor);
}
