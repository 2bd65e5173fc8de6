using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Equations.Solving;

/// <summary>An expansion into products of functions of one variable each, with a grid for every variable: what most problems are solved with.</summary>
internal sealed class SeparableModel : SolverModel
{
    private const double UniformShare = 0.03;
    private readonly SeparableKan<double> _network;
    private readonly int _marchedAxis;
    private readonly IReadOnlyList<(double Low, double High)> _bounds;

    private SeparableModel(SeparableKan<double> network, int marchedAxis, IReadOnlyList<(double Low, double High)> bounds) =>
        (_network, _marchedAxis, _bounds) = (network, marchedAxis, bounds);

    public override Module<double> Module => _network;

    public override int Intervals => _network.Factors.Where((_, axis) => axis != _marchedAxis).Max(factor => factor.Options.Basis is FourierOptions waves ? 2 * waves.Frequencies : factor.Options.Spline.Intervals);

    /// <summary>Products for each unknown.</summary>
    public int Rank => _network.Rank;

    /// <summary>Creates a fresh one.</summary>
    /// <param name="bounds">Range of every variable.</param>
    /// <param name="unknowns">Number of unknowns.</param>
    /// <param name="rank">Products for each unknown.</param>
    /// <param name="degree">Degree of the splines.</param>
    /// <param name="intervals">Intervals of every grid but that of marched time.</param>
    /// <param name="marchedAxis">The time that is marched in windows; −1 for none.</param>
    /// <param name="marchedIntervals">Intervals of its grid.</param>
    /// <param name="periodic">Axes with waves in place of splines.</param>
    /// <param name="seed">Seed of the initial values.</param>
    public static SeparableModel Create(
        IReadOnlyList<(double Low, double High)> bounds, int unknowns, int rank, int degree, int intervals, int marchedAxis, int marchedIntervals, IReadOnlySet<int> periodic, ulong seed)
    {
        var options = new KanLinearOptions[bounds.Count];
        for (int axis = 0; axis < options.Length; axis++)
        {
            (double low, double high) = bounds[axis];
            options[axis] = periodic.Contains(axis)
                ? new KanLinearOptions
                {
                    Basis = new FourierOptions { Frequencies = (intervals + 1) / 2, Frequency = 2 * Math.PI / (high - low) },
                    BaseActivation = null,
                    EdgeScale = false,
                    Bias = true,
                }
                : KanLinearOptions.SplinesOnly with
                {
                    Basis = new BSplineOptions { Intervals = axis == marchedAxis ? marchedIntervals : intervals, Degree = degree, Low = low, High = high },
                };
        }

        return new SeparableModel(SeparableKan<double>.Create(unknowns, rank, options, seed), marchedAxis, bounds);
    }

    public override SolverModel Refine(int intervals) =>
        Change((factor, axis) => axis == _marchedAxis ? factor : factor.Options.IsSpline ? GridRefinement.Refine(factor, intervals).Layer : MoreWaves(factor, (intervals + 1) / 2));

    public override SolverModel MoveKnots(Tensor<double> points)
    {
        var options = new RefineOptions { Placement = KnotPlacement.Curvature, UniformShare = UniformShare, Follow = RangeFollowing.None };
        return Change((factor, axis) => axis == _marchedAxis || !factor.Options.IsSpline ? factor : GridRefinement.Refine(factor, factor.Options.Spline.Intervals, null, options).Layer);
    }

    public override SolverModel Shift(int axis, (double Start, double End) from, (double Start, double End) to)
    {
        SeparableKan<double> copy = _network.Clone();
        Move(copy.Factors[axis].Knots.Value.Span, from, to);
        return new SeparableModel(copy, _marchedAxis, _bounds);
    }

    public override SolverModel Clone() => new SeparableModel(_network.Clone(), _marchedAxis, _bounds);

    public override KanNetwork<double> ToNetwork() => SeparableNetworks.Convert(_network, _bounds);

    /// <summary>The same function with room for more products, which vanish: their functions of the last variable start at zero, the others anywhere.</summary>
    /// <param name="rank">New number of products for each unknown.</param>
    /// <param name="seed">Seed of the new functions.</param>
    public SeparableModel Grow(int rank, ulong seed)
    {
        int unknowns = _network.Outputs, old = _network.Rank;
        var random = new SplitRandom(seed).Split($"rank {rank}");
        return Change((factor, axis) =>
        {
            KanLinear<double> wider = KanLinear<double>.Create(1, unknowns * rank, factor.Options, random.Split((ulong)axis));
            if (factor.Options.IsSpline)
                factor.Knots.Value.Span.CopyTo(wider.Knots.Value.Span);
            int functions = factor.Coefficients.Shape[1];
            for (int output = 0; output < unknowns * rank; output++)
            {
                int product = output % rank, source = output / rank * old + product;
                for (int function = 0; function < functions; function++)
                {
                    double fresh = axis == _network.Inputs - 1 ? 0 : wider.Coefficients.Value[0, function, output];
                    wider.Coefficients.Value[0, function, output] = product < old ? factor.Coefficients.Value[0, function, source] : fresh;
                }

                if (wider.Bias is not null)
                    wider.Bias.Value[output] = product < old ? factor.Bias!.Value[source] : 0;
            }

            return wider;
        });
    }

    private SeparableModel Change(Func<KanLinear<double>, int, KanLinear<double>> change) =>
        new(new SeparableKan<double>(_network.Outputs, [.. _network.Factors.Select(change)]), _marchedAxis, _bounds);

    /// <summary>More frequencies, whose coefficients start at zero.</summary>
    private static KanLinear<double> MoreWaves(KanLinear<double> factor, int frequencies)
    {
        var old = (FourierOptions)factor.Options.Basis;
        if (frequencies <= old.Frequencies)
            return factor;
        KanLinear<double> finer = KanLinear<double>.Create(1, factor.Outputs, factor.Options with { Basis = old with { Frequencies = frequencies } }, new SplitRandom(0));
        finer.Coefficients.Value.Span.Clear();
        int part = old.Frequencies * factor.Outputs;
        factor.Coefficients.Value.Span[..part].CopyTo(finer.Coefficients.Value.Span);
        factor.Coefficients.Value.Span[part..].CopyTo(finer.Coefficients.Value.Span[(frequencies * factor.Outputs)..]);
        factor.Bias!.Value.Span.CopyTo(finer.Bias!.Value.Span);
        return finer;
    }
}
