using System.Numerics;

namespace KanSharp.Training;

/// <summary>
/// Finds a step with the strong Wolfe conditions (Nocedal and Wright 2006, algorithms 3.5 and 3.6): loss ≤ loss₀ + c₁·step·slope₀ and
/// |slope| ≤ c₂|slope₀|. Bracketing extrapolates and zooming interpolates with the cubic through two points (their equation 3.59); an
/// interpolated step near an end of the bracket is moved inwards by a tenth. A point that is not finite counts as infinitely high.
/// </summary>
internal sealed class LineSearch<T>(int size, double changeTolerance, double curvature)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaxTrials = LineSearchConstants.MaxTrials;
    private LinePoint<T> _low = new(size);
    private LinePoint<T> _high = new(size);
    private LinePoint<T> _trial = new(size);
    private bool _crowded;

    /// <summary>Evaluations of the last search.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Searches along a descent direction.</summary>
    /// <param name="evaluate">Fills loss, slope and gradient of a point from its step.</param>
    /// <param name="start">The point at step 0, finite, with a negative slope.</param>
    /// <param name="step">First step to try.</param>
    /// <param name="extent">Largest element of the direction, to judge when a bracket is too small to matter.</param>
    /// <returns>The lowest acceptable point, valid until the next search; <paramref name="start"/> if none is lower.</returns>
    public LinePoint<T> Search(Action<LinePoint<T>> evaluate, LinePoint<T> start, double step, double extent)
    {
        Evaluations = 0;
        _crowded = false;
        _low.CopyFrom(start);
        Evaluate(evaluate, step);
        int trial = 0;
        while (trial < MaxTrials)
        {
            if (TooHigh(_trial, start) || (trial > 1 && _trial.Loss >= _low.Loss))
                break;
            if (Math.Abs(_trial.Slope) <= -curvature * start.Slope)
                return _trial;
            if (_trial.Slope >= 0)
                break;
            double next = Cubic(_low, _trial, _trial.Step + 0.01 * (_trial.Step - _low.Step), 10 * _trial.Step);
            (_low, _trial) = (_trial, _low);
            Evaluate(evaluate, next);
            trial++;
        }

        if (trial == MaxTrials)
            return _trial.Loss < start.Loss ? _trial : start;
        (_high, _trial) = (_trial, _high);
        Order();
        return Zoom(evaluate, start, extent, trial);
    }

    /// <summary>No search: the point at a step, <paramref name="start"/> if it is not finite.</summary>
    public LinePoint<T> Take(Action<LinePoint<T>> evaluate, LinePoint<T> start, double step)
    {
        Evaluations = 0;
        Evaluate(evaluate, step);
        return _trial.IsFinite ? _trial : start;
    }

    private LinePoint<T> Zoom(Action<LinePoint<T>> evaluate, LinePoint<T> start, double extent, int trial)
    {
        while (trial < MaxTrials && Math.Abs(_high.Step - _low.Step) * extent >= changeTolerance)
        {
            Evaluate(evaluate, NextInside());
            trial++;
            if (TooHigh(_trial, start) || _trial.Loss >= _low.Loss)
            {
                (_high, _trial) = (_trial, _high);
                Order();
                continue;
            }

            if (Math.Abs(_trial.Slope) <= -curvature * start.Slope)
                return _trial;
            if (_trial.Slope * (_high.Step - _low.Step) >= 0)
                (_high, _low) = (_low, _high);
            (_low, _trial) = (_trial, _low);
        }

        return _low;
    }

    /// <summary>The next step inside the bracket, kept away from its ends when two in a row come close to one.</summary>
    private double NextInside()
    {
        double left = Math.Min(_low.Step, _high.Step);
        double right = Math.Max(_low.Step, _high.Step);
        double step = Cubic(_low, _high, left, right);
        double margin = 0.1 * (right - left);
        bool near = Math.Min(right - step, step - left) < margin;
        if (near && (_crowded || step >= right || step <= left))
        {
            _crowded = false;
            return right - step < step - left ? right - margin : left + margin;
        }

        _crowded = near;
        return step;
    }

    private void Order()
    {
        if (_high.Loss < _low.Loss)
            (_low, _high) = (_high, _low);
    }

    private void Evaluate(Action<LinePoint<T>> evaluate, double step)
    {
        _trial.Step = step;
        evaluate(_trial);
        Evaluations++;
        if (!_trial.IsFinite)
            _trial.Loss = double.PositiveInfinity;
    }

    private static bool TooHigh(LinePoint<T> point, LinePoint<T> start) => point.Loss > start.Loss + LineSearchConstants.Armijo * point.Step * start.Slope;

    /// <summary>Minimum of the cubic through two points and their slopes, limited to [least, most]; the middle where there is none.</summary>
    private static double Cubic(LinePoint<T> one, LinePoint<T> other, double least, double most)
    {
        (LinePoint<T> left, LinePoint<T> right) = one.Step <= other.Step ? (one, other) : (other, one);
        double mix = left.Slope + right.Slope - 3 * (left.Loss - right.Loss) / (left.Step - right.Step);
        double square = mix * mix - left.Slope * right.Slope;
        if (!(square >= 0) || double.IsInfinity(square))
            return (least + most) / 2;
        double root = Math.Sqrt(square);
        double step = right.Step - (right.Step - left.Step) * ((right.Slope + root - mix) / (right.Slope - left.Slope + 2 * root));
        return double.IsFinite(step) ? Math.Min(Math.Max(step, least), most) : (least + most) / 2;
    }
}
