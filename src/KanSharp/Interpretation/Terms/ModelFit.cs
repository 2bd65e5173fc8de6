namespace KanSharp.Interpretation.Terms;

/// <summary>Levenberg-Marquardt on the coefficients of one candidate, with errors measured on y itself, so that the outer transform causes no bias.</summary>
internal sealed class ModelFit
{
    private readonly TermModel _model;
    private readonly double[] _y;
    private readonly double[] _terms;
    private readonly double[] _scale;
    private readonly int _n;
    private readonly int _p;

    public ModelFit(TermModel model, Rows rows)
    {
        _model = model;
        _n = rows.Count;
        _y = rows.Target;
        _p = model.Coefficients.Length;
        _terms = new double[_p * _n];
        _scale = new double[_n];
        if (model.Multiplier is null)
            _scale.AsSpan().Fill(1);
        else
            model.Multiplier.Evaluate(rows.Columns, _scale);
        for (int k = 0; k < _p; k++)
        {
            Term term = k < model.Numerator.Length ? model.Numerator[k] : model.Denominator[k - model.Numerator.Length];
            term.Evaluate(rows.Columns, _terms.AsSpan(k * _n, _n));
        }
    }

    /// <summary>Root mean square error; infinite where a prediction is not finite.</summary>
    public double Rmse(double[] coefficients)
    {
        double sum = SumOfSquares(coefficients, null, null);
        return Math.Sqrt(sum / _n);
    }

    public double[] Predict(double[] coefficients)
    {
        var prediction = new double[_n];
        for (int i = 0; i < _n; i++)
            prediction[i] = _scale[i] * _model.Sign * _model.Transform.Forward(Argument(coefficients, i, out _));
        return prediction;
    }

    /// <summary>Improves the coefficients; returns them with the error they reach.</summary>
    public (double[] Coefficients, double Rmse) Run(int iterations)
    {
        double[] best = [.. _model.Coefficients];
        double[] gram = new double[_p * _p], gradient = new double[_p], step = new double[_p], trial = new double[_p];
        double current = SumOfSquares(best, gram, gradient);
        double damping = 1e-6;
        for (int iteration = 0; iteration < iterations && double.IsFinite(current) && current > 0; iteration++)
        {
            bool improved = false;
            for (int attempt = 0; attempt < 6 && !improved; attempt++, damping *= 30)
            {
                if (!SmallSystem.SolveDamped(gram, gradient, damping, step))
                    continue;
                for (int k = 0; k < _p; k++)
                    trial[k] = best[k] + step[k];
                double next = SumOfSquares(trial, null, null);
                if (next < current)
                {
                    improved = next < current * (1 - 1e-9);
                    trial.CopyTo(best, 0);
                    current = next;
                    damping = Math.Max(1e-12, damping * 1e-2);
                    if (!improved)
                        return (best, Math.Sqrt(current / _n));
                }
            }

            if (!improved)
                break;
            current = SumOfSquares(best, gram, gradient);
        }

        return (best, Math.Sqrt(current / _n));
    }

    private double Argument(double[] coefficients, int row, out double denominator)
    {
        double numerator = 0;
        denominator = 1;
        int split = _model.Numerator.Length;
        for (int k = 0; k < split; k++)
            numerator += coefficients[k] * _terms[k * _n + row];
        for (int k = split; k < _p; k++)
            denominator -= coefficients[k] * _terms[k * _n + row];
        return numerator / denominator;
    }

    private double SumOfSquares(double[] coefficients, double[]? gram, double[]? gradient)
    {
        double sum = 0;
        int split = _model.Numerator.Length;
        Span<double> slopes = stackalloc double[_p];
        gram.AsSpan().Clear();
        gradient.AsSpan().Clear();
        for (int i = 0; i < _n; i++)
        {
            double u = Argument(coefficients, i, out double denominator);
            double residual = _y[i] - _scale[i] * _model.Sign * _model.Transform.Forward(u);
            sum += residual * residual;
            if (gram is null || gradient is null)
                continue;
            double outer = _scale[i] * _model.Sign * _model.Transform.Slope(u) / denominator;
            for (int k = 0; k < _p; k++)
            {
                slopes[k] = outer * _terms[k * _n + i] * (k < split ? 1 : u);
                gradient[k] += slopes[k] * residual;
                for (int l = 0; l <= k; l++)
                    gram[k * _p + l] += slopes[k] * slopes[l];
            }
        }

        return double.IsFinite(sum) ? sum : double.PositiveInfinity;
    }
}
