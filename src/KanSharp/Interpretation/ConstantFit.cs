using KanSharp.Numerics;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Levenberg-Marquardt on the free constants of a formula, some of which may be held. Damping is relative to the diagonal of JᵀJ, so that units do
/// not matter; a step to constants at which some row has no finite value counts as no improvement.
/// </summary>
internal sealed class ConstantFit
{
    private const double FirstDamping = 1e-3;
    private const double LargestDamping = 1e12;
    private const double Rounding = 3e-15;

    // Floor of the scaled matrix's pivots for variances: a combination that the data do not see gets a large variance, not an infinite one.
    private const double SilentPivot = 1e-13;

    private readonly ConstantModel _model;
    private readonly double[] _rows;
    private readonly double[] _targets;
    private readonly double[] _values;
    private readonly double[] _jacobian;
    private readonly double _roundingCost;
    private double[] _matrix;
    private double[] _gradient;
    private double[] _trialMatrix;
    private double[] _trialGradient;

    /// <param name="model">The formula.</param>
    /// <param name="rows">Data, row-major.</param>
    /// <param name="targets">One per row.</param>
    public ConstantFit(ConstantModel model, double[] rows, double[] targets)
    {
        (_model, _rows, _targets) = (model, rows, targets);
        int count = model.Count;
        _values = new double[targets.Length];
        _jacobian = new double[targets.Length * count];
        (_matrix, _trialMatrix) = (new double[count * count], new double[count * count]);
        (_gradient, _trialGradient) = (new double[count], new double[count]);
        Theta = new double[count];
        Held = new bool[count];
        (double low, double high) = Statistics.Range<double>(targets);
        double size = Rounding * Math.Max(Math.Abs(low), Math.Abs(high));
        _roundingCost = size * size * targets.Length;
    }

    /// <summary>The constants.</summary>
    public double[] Theta { get; private set; }

    /// <summary>Which constants keep their values.</summary>
    public bool[] Held { get; }

    /// <summary>Sum of squared residuals at <see cref="Theta"/>; +∞ where some row has no finite value.</summary>
    public double Cost { get; private set; } = double.PositiveInfinity;

    /// <summary>Evaluations done.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether the last <see cref="Minimise"/> ended because nothing more was to be gained.</summary>
    public bool Converged { get; private set; }

    /// <summary>Goes to constants; returns whether all rows are finite there.</summary>
    public bool Start(ReadOnlySpan<double> theta)
    {
        theta.CopyTo(Theta);
        Cost = Evaluate(Theta, _matrix, _gradient);
        return double.IsFinite(Cost);
    }

    /// <summary>Lowers the cost from a finite start; keeps the best. Ends early at a cost that is low enough.</summary>
    public void Minimise(int evaluations, double tolerance, CancellationToken cancellation, double enough = 0)
    {
        Converged = false;
        int[] free = [.. Enumerable.Range(0, Held.Length).Where(index => !Held[index])];
        double[] trial = new double[Theta.Length], step = new double[free.Length];
        double damping = FirstDamping, growth = 2;
        int last = Evaluations + evaluations;
        while (Evaluations < last && !cancellation.IsCancellationRequested)
        {
            if (free.Length == 0 || Cost <= Math.Max(_roundingCost, enough))
            {
                Converged = true;
                return;
            }

            if (!TryStep(free, damping, step, trial, out double predicted))
            {
                damping *= 10;
                if (damping > LargestDamping)
                    return;
                continue;
            }

            if (predicted <= tolerance * Cost)
            {
                Converged = true;
                return;
            }

            double cost = Evaluate(trial, _trialMatrix, _trialGradient);
            if (cost < Cost)
            {
                double gain = 2 * (Cost - cost) / predicted - 1;
                (Theta, trial) = (trial, Theta);
                (_matrix, _trialMatrix) = (_trialMatrix, _matrix);
                (_gradient, _trialGradient) = (_trialGradient, _gradient);
                Cost = cost;
                damping = Math.Max(damping * Math.Clamp(1 - gain * gain * gain, 0.1, 2), 1e-12);
                growth = 2;
            }
            else
            {
                damping *= growth;
                growth *= 2;
                if (damping > LargestDamping)
                {
                    Converged = true;
                    return;
                }
            }
        }
    }

    /// <summary>Where the fit stands, to come back to.</summary>
    public State Save() => new([.. Theta], [.. _matrix], [.. _gradient], Cost);

    /// <summary>Back to where it stood.</summary>
    public void Restore(State state)
    {
        state.Theta.CopyTo(Theta, 0);
        state.Matrix.CopyTo(_matrix, 0);
        state.Gradient.CopyTo(_gradient, 0);
        Cost = state.Cost;
    }

    /// <summary>(JᵀJ)⁻¹ of the constants that are not held, row-major [count × count], 0 for the held ones.</summary>
    public double[] InverseCurvature()
    {
        int count = Theta.Length;
        double[] inverse = new double[count * count];
        int[] free = [.. Enumerable.Range(0, count).Where(index => !Held[index] && _matrix[index * count + index] > 0)];
        int n = free.Length;
        for (double pivot = SilentPivot; n > 0; pivot *= 10)
        {
            CholeskyFactor<double> factor = Factor(free, pivot);
            if (!factor.Outcome.Succeeded)
                continue;
            double[] solution = new double[n * n];
            for (int i = 0; i < n; i++)
                solution[i * n + i] = 1;
            factor.Solve(solution, n);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    inverse[free[i] * count + free[j]] = solution[i * n + j] / (Size(free[i]) * Size(free[j]));
            }

            break;
        }

        for (int index = 0; index < count; index++)
        {
            if (!Held[index] && !(_matrix[index * count + index] > 0))
                inverse[index * count + index] = double.PositiveInfinity;
        }

        return inverse;
    }

    /// <summary>How much larger a variance is than if all other constants were known.</summary>
    public double Inflation(double[] inverse, int index) => inverse[index * (Theta.Length + 1)] * _matrix[index * (Theta.Length + 1)] is var ratio && ratio > 0
        ? ratio
        : double.PositiveInfinity;

    private bool TryStep(int[] free, double damping, double[] step, double[] trial, out double predicted)
    {
        predicted = 0;
        CholeskyFactor<double> factor = Factor(free, damping);
        if (!factor.Outcome.Succeeded)
            return false;
        for (int i = 0; i < free.Length; i++)
            step[i] = _gradient[free[i]] / Size(free[i]);
        double[] scaled = [.. step];
        factor.Solve(step);
        Theta.CopyTo(trial, 0);
        for (int i = 0; i < free.Length; i++)
        {
            predicted += step[i] * (damping * step[i] + scaled[i]);
            trial[free[i]] += step[i] / Size(free[i]);
        }

        return double.IsFinite(predicted);
    }

    private CholeskyFactor<double> Factor(int[] free, double damping)
    {
        int n = free.Length, count = Theta.Length;
        double[] scaled = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                scaled[i * n + j] = _matrix[free[i] * count + free[j]] / (Size(free[i]) * Size(free[j]));
            scaled[i * n + i] = 1 + damping;
        }

        return CholeskyFactor<double>.Compute(scaled, n);
    }

    private double Size(int index)
    {
        double square = _matrix[index * (Theta.Length + 1)];
        return square > 0 ? Math.Sqrt(square) : 1;
    }

    /// <summary>Cost, JᵀJ (lower triangle) and Jᵀr at some constants.</summary>
    private double Evaluate(double[] theta, double[] matrix, double[] gradient)
    {
        Evaluations++;
        _model.Evaluate(_rows, theta, _values, _jacobian);
        int count = theta.Length;
        Array.Clear(matrix);
        Array.Clear(gradient);
        double cost = 0;
        for (int row = 0; row < _targets.Length; row++)
        {
            double residual = _targets[row] - _values[row];
            cost += residual * residual;
            ReadOnlySpan<double> slope = _jacobian.AsSpan(row * count, count);
            for (int i = 0; i < slope.Length; i++)
            {
                double value = slope[i];
                gradient[i] += value * residual;
                Span<double> line = matrix.AsSpan(i * count, i + 1);
                for (int j = 0; j < line.Length; j++)
                    line[j] += value * slope[j];
            }
        }

        foreach (double value in gradient)
            cost = double.IsFinite(value) ? cost : double.PositiveInfinity;
        return double.IsFinite(cost) ? cost : double.PositiveInfinity;
    }

    /// <summary>Constants with what was computed there.</summary>
    internal sealed record State(double[] Theta, double[] Matrix, double[] Gradient, double Cost);
}
