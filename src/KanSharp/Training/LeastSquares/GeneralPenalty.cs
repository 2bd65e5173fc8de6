using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// Penalties that are no sums of squares (sparsity, entropy, what a caller adds): their exact gradient from the tape, and a curvature that lets a Gauss-Newton step
/// see them. Where a penalty is a concave function of edge sizes, the curvature is that of the quadratic that touches it from above, as in iteratively
/// reweighted least squares; what is only known by its gradient is left to the damping.
/// </summary>
internal sealed class GeneralPenalty<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Objective<T> _objective;
    private readonly StepPlan _plan;
    private readonly PenaltyCurvature<T>? _curvature;
    private readonly int[] _rows;
    private readonly double _weight;

    public GeneralPenalty(StepperContext<T> context)
    {
        _objective = context.Objective;
        _plan = context.Plan;
        _rows = [.. Enumerable.Range(0, _objective.Reader.Data.Count)];
        _weight = _objective.Reader.TotalWeight(_rows);
        _curvature = context.Options.Penalty is { } options ? new PenaltyCurvature<T>(context.Module, _objective.Reader.Data.Inputs, options, context.Options.Executor) : null;
    }

    /// <summary>Curvature as quadratic forms on coefficients, at the parameters of the last linearisation.</summary>
    public IReadOnlyList<BandedTerm> Terms => _curvature?.Terms ?? [];

    /// <summary>The penalty at the present parameters.</summary>
    public double Value() => Pass(withGradient: false);

    /// <summary>The penalty at the present parameters, half its gradient and its curvature.</summary>
    /// <param name="layout">The unknowns.</param>
    /// <param name="gradient">Half the gradient is added here.</param>
    /// <param name="diagonal">Receives curvature that belongs to single unknowns.</param>
    public double Linearize(JacobianLayout<T> layout, double[] gradient, double[] diagonal)
    {
        foreach (JacobianLayout<T>.Segment segment in layout.Segments)
            segment.Parameter.ClearGradient();
        double value = Pass(withGradient: true);
        var slopes = new double[layout.Unknowns];
        layout.AddGradients(slopes);
        for (int index = 0; index < slopes.Length; index++)
            gradient[index] += slopes[index] / 2;
        Array.Clear(diagonal);
        _curvature?.Update(layout, slopes, diagonal);
        return value;
    }

    private double Pass(bool withGradient)
    {
        _objective.Begin();
        for (int start = 0; start < _rows.Length; start += _plan.Batch)
        {
            ReadOnlySpan<int> batch = _rows.AsSpan(start, Math.Min(_plan.Batch, _rows.Length - start));
            double weight = _objective.Reader.TotalWeight(batch);
            if (weight > 0)
                _objective.AddPenalty(batch, weight / _weight, withGradient);
        }

        return _objective.Penalty;
    }
}
