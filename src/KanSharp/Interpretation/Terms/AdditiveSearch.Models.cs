namespace KanSharp.Interpretation.Terms;

/// <summary>What a choice of terms is worth, and the models that the best choices become.</summary>
internal sealed partial class AdditiveSearch
{
    private static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> vector, Span<double> product)
    {
        for (int a = 0; a < product.Length; a++)
            product[a] = Columns.Dot(matrix.Slice(a * product.Length, product.Length), vector);
    }

    private double Score(double residual, double denominator) => Math.Max(residual, _resolution) / (denominator * _variance) + _floor;

    /// <summary>Mean square of 1 − Σ b d, by which an implicit sum makes errors of y smaller.</summary>
    private double Denominator(NormalProblem problem, int j, double b)
    {
        if (_columns[j] >= 0)
            return 1;
        b /= problem.Norms[j];
        return Math.Max(1e-12, 1 - 2 * b * _mean[j] + b * b * _square[j]);
    }

    private double Denominator(NormalProblem problem, ReadOnlySpan<int> columns, ReadOnlySpan<double> coefficients)
    {
        double square = 1;
        for (int k = 0; k < columns.Length; k++)
        {
            int j = columns[k];
            if (_columns[j] >= 0)
                continue;
            double b = coefficients[k] / problem.Norms[j];
            square -= 2 * b * _mean[j];
            for (int l = 0; l < columns.Length; l++)
            {
                int i = columns[l];
                if (_columns[i] < 0)
                    square += b * coefficients[l] / problem.Norms[i] * _products[((j - _firstImplicit) * _implicit) + i - _firstImplicit];
            }
        }

        return Math.Max(1e-12, square);
    }

    private void Offer(NormalProblem problem, double key, params ReadOnlySpan<int> columns)
    {
        if (key >= _best[columns.Length - 1].Threshold)
            return;
        int[] chosen = new int[columns.Length];
        bool direct = problem.Intercept;
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = _columns[columns[i]];
            direct |= chosen[i] >= 0;
        }

        if (direct)
            _best[columns.Length - 1].Add(key, new Choice(problem.Intercept, chosen));
    }

    private TermModel? Model(Choice choice)
    {
        int[] columns = choice.Intercept ? [0, .. choice.Columns] : choice.Columns;
        columns = [.. columns.Where(column => column >= 0).Order(), .. columns.Where(column => column < 0).OrderDescending()];
        int n = _bank.Rows, p = columns.Length;
        var values = new double[p * n];
        double[] gram = new double[p * p], right = new double[p], coefficients = new double[p];
        for (int a = 0; a < p; a++)
        {
            int term = columns[a] < 0 ? ~columns[a] : columns[a];
            for (int i = 0; i < n; i++)
                values[a * n + i] = _target.W[i] == 0 ? 0 : _target.W[i] * _bank.Column(term)[i] * (columns[a] < 0 ? _target.Z[i] : 1);
            for (int i = 0; i < n; i++)
                right[a] += values[a * n + i] * _target.W[i] * _target.Z[i];
            for (int b = 0; b <= a; b++)
                gram[a * p + b] = Columns.Dot(values.AsSpan(a * n, n), values.AsSpan(b * n, n));
        }

        if (!SmallSystem.SolveDamped(gram, right, 0, coefficients))
            return null;
        return new TermModel(
            _target.Transform, _target.Multiplier, _target.Sign,
            [.. columns.Where(column => column >= 0).Select(column => _bank.Terms[column])],
            [.. columns.Where(column => column < 0).Select(column => _bank.Terms[~column])], coefficients);
    }

    private sealed record Choice(bool Intercept, int[] Columns)
    {
        public string Identity => $"{Intercept} {string.Join(' ', Columns.Order())}";
    }
}
