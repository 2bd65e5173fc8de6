using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Variable projection (Golub and Pereyra 1973, in Kaufman's form): Gauss-Newton with damping on slope, shift and exponent, c and d in closed form at every step.
/// </summary>
internal sealed class ShapeFit
{
    private const double LargestDamping = 1e8;
    private readonly CatalogFunction _function;
    private readonly CurveSample _sample;
    private readonly double[] _t;
    private readonly double[] _z;
    private readonly double[] _u;
    private readonly double[][] _columns;
    private readonly bool _slope, _shift;

    /// <param name="function">The function.</param>
    /// <param name="traits">Its traits: what c and d take up is not fitted.</param>
    /// <param name="sample">The curve.</param>
    public ShapeFit(CatalogFunction function, FunctionTraits traits, CurveSample sample)
    {
        (_function, _sample) = (function, sample);
        _slope = !traits.ScaleFree && !traits.Linear;
        _shift = !traits.ShiftFree && !traits.Linear;
        _t = ShapeScan.Centred(sample);
        (_z, _u) = (new double[_t.Length], new double[_t.Length]);
        int count = (_slope ? 1 : 0) + (_shift ? 1 : 0) + (function.HasExponent ? 1 : 0);
        _columns = [.. Enumerable.Range(0, count).Select(_ => new double[_t.Length])];
    }

    /// <summary>Improves a shape.</summary>
    public EdgeShape Refine(EdgeShape start, int iterations)
    {
        EdgeShape best = start with { Misfit = Misfit(start, out _) };
        double damping = 1e-3;
        int count = _columns.Length;
        double[] matrix = new double[count * count], step = new double[count];
        bool fresh = false;
        for (int iteration = 0; iteration < iterations && count > 0 && damping < LargestDamping && best.Misfit > 1e-30; iteration++)
        {
            if (!fresh)
                Linearise(best, matrix, step);
            fresh = true;
            double[] move = Solve(matrix, step, damping);
            EdgeShape trial = Moved(best, move);
            double misfit = Misfit(trial, out _);
            if (misfit < best.Misfit)
            {
                bool settled = best.Misfit - misfit <= 1e-6 * best.Misfit;
                best = trial with { Misfit = misfit };
                (damping, fresh) = (Math.Max(damping / 10, 1e-12), false);
                if (settled)
                    break;
            }
            else
                damping *= 10;
        }

        return best;
    }

    private double Misfit(EdgeShape shape, out double c)
    {
        for (int i = 0; i < _z.Length; i++)
            _z[i] = shape.Slope * _t[i] + shape.Shift;
        _function.Evaluate<double>(_z, 0, _u, Exponent(shape));
        double misfit = _sample.Project(_u, out c, out double d);
        return misfit < 1 ? _sample.Error(_u, c, d) / _sample.Variance : double.PositiveInfinity;
    }

    /// <summary>Normal equations of the columns ∂(c·f)/∂parameter and the residual, all without their parts along 1 and f.</summary>
    private void Linearise(EdgeShape shape, double[] matrix, double[] right)
    {
        Misfit(shape, out double scale);
        int count = _columns.Length, at = 0;
        _function.Evaluate<double>(_z, 1, _columns[0], Exponent(shape));
        if (_slope && _shift)
            _columns[0].CopyTo(_columns[1], 0);
        if (_slope)
        {
            for (int i = 0; i < _t.Length; i++)
                _columns[0][i] *= _t[i];
            at++;
        }

        at += _shift ? 1 : 0;
        if (_function.HasExponent)
            _function.EvaluateExponentDerivative<double>(_z, 0, _columns[at], Exponent(shape));
        double[] w = _sample.Weights;
        double mean = Mean(_u), square = 0;
        for (int i = 0; i < _u.Length; i++)
        {
            _u[i] -= mean;
            square += w[i] * _u[i] * _u[i];
        }

        foreach (double[] column in _columns)
        {
            double centre = Mean(column), along = 0;
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = double.IsFinite(column[i]) ? scale * (column[i] - centre) : 0;
                along += w[i] * column[i] * _u[i];
            }

            for (int i = 0; i < column.Length; i++)
                column[i] -= along / square * _u[i];
        }

        for (int p = 0; p < count; p++)
        {
            double sum = 0;
            for (int i = 0; i < _u.Length; i++)
                sum += w[i] * _columns[p][i] * (_sample.Y[i] - _sample.Mean - scale * _u[i]);
            right[p] = sum;
            for (int q = 0; q <= p; q++)
            {
                double product = 0;
                for (int i = 0; i < _u.Length; i++)
                    product += w[i] * _columns[p][i] * _columns[q][i];
                matrix[p * count + q] = matrix[q * count + p] = product;
            }
        }
    }

    private double Mean(double[] values)
    {
        double mean = 0;
        for (int i = 0; i < values.Length; i++)
            mean += double.IsFinite(values[i]) ? _sample.Weights[i] * values[i] : 0;
        return mean;
    }

    private static double[] Solve(double[] matrix, double[] right, double damping)
    {
        int n = right.Length;
        double[] a = [.. matrix], x = [.. right];
        for (int p = 0; p < n; p++)
            a[p * n + p] += damping * Math.Max(matrix[p * n + p], 1e-300);
        for (int p = 0; p < n; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                double factor = a[q * n + p] / a[p * n + p];
                for (int r = p; r < n; r++)
                    a[q * n + r] -= factor * a[p * n + r];
                x[q] -= factor * x[p];
            }
        }

        for (int p = n - 1; p >= 0; p--)
        {
            for (int q = p + 1; q < n; q++)
                x[p] -= a[p * n + q] * x[q];
            x[p] /= a[p * n + p];
        }

        return x;
    }

    private EdgeShape Moved(EdgeShape shape, double[] move)
    {
        int at = 0;
        double slope = shape.Slope + (_slope ? move[at++] : 0);
        double shift = shape.Shift + (_shift ? move[at++] : 0);
        return new EdgeShape(slope, shift, shape.Exponent + (_function.HasExponent ? move[at] : 0), double.NaN);
    }

    private static double Exponent(EdgeShape shape) => double.IsFinite(shape.Exponent) ? shape.Exponent : 1;
}
