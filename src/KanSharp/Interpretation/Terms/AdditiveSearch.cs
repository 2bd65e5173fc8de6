using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>
/// Sparse sums for one transformed target: z = Σ c_k t_k + Σ b_k z·d_k with one to four terms, with and without intercept. All pairs of the cheap
/// terms, all triples of the cheapest, and beams from the best pairs, from the best triples and from the best single terms of the whole bank.
/// </summary>
internal sealed class AdditiveSearch
{
    private readonly TermBank _bank;
    private readonly SearchTarget _target;
    private readonly SearchEffort _effort;
    private readonly Executor _executor;
    private readonly double _floor;
    private readonly double _variance;
    private readonly int[] _columns;
    private readonly double[] _price;
    private readonly double[] _mean;
    private readonly double[] _square;
    private readonly double[] _weighted;
    private readonly int[] _starts;
    private readonly int[] _cheap;
    private readonly TopList<Choice>[] _best;

    public AdditiveSearch(TermBank bank, SearchTarget target, SearchEffort effort, double variance, double floor, Executor executor)
    {
        _bank = bank;
        _target = target;
        _effort = effort;
        _executor = executor;
        _variance = variance;
        _floor = floor;
        _best = [.. Enumerable.Range(0, 4).Select(_ => new TopList<Choice>(effort.Keep / 4))];
        _weighted = new double[bank.Rows];
        VectorMath.Multiply(target.W, target.Z, _weighted, SimdWidths.Best);
        int direct = Math.Min(bank.Count, effort.Pairs), implicitly = Math.Min(bank.Count, effort.Implicit);
        int[] starts = Singles();
        _columns = [.. Enumerable.Range(0, direct), .. starts.Where(term => term >= direct), .. Enumerable.Range(1, Math.Max(0, implicitly - 1)).Select(term => ~term)];
        _starts = [.. starts.Select(term => Array.IndexOf(_columns, term))];
        int first = _columns.Length - Math.Max(0, implicitly - 1);
        _cheap = [.. Enumerable.Range(0, Math.Min(direct, effort.Triples)), .. Enumerable.Range(first, Math.Min(_columns.Length - first, effort.Triples / 2))];
        _price = [.. _columns.Select(column => Math.Exp(SearchEffort.PricePerCost * (1 + bank.Costs[column < 0 ? ~column : column])))];
        _mean = new double[_columns.Length];
        _square = new double[_columns.Length];
    }

    /// <summary>The best sums, best first; their coefficients are the weighted least-squares ones.</summary>
    public IEnumerable<TermModel> Run(CancellationToken cancellation)
    {
        int n = _bank.Rows, size = _columns.Length;
        var columns = new double[size * n];
        for (int k = 0; k < size; k++)
            Fill(_columns[k], columns.AsSpan(k * n, n), k);
        NormalProblem plain = NormalProblem.Create(columns, _weighted, size, _executor);
        Explore(plain, cancellation);
        Explore(plain.WithIntercept(0), cancellation);
        return _best.SelectMany(list => list.Sorted()).DistinctBy(entry => entry.Value.Identity).Select(entry => Model(entry.Value)).OfType<TermModel>();
    }

    /// <summary>The terms of the whole bank that do best alone, with or without intercept.</summary>
    private int[] Singles()
    {
        TopList<int> plain = new(_effort.Wide), centred = new(_effort.Wide);
        double norm = Math.Sqrt(Columns.SumOfSquares(_target.W)), along = Columns.Dot(_target.W, _weighted) / norm, total = Columns.SumOfSquares(_weighted);
        var column = new double[_bank.Rows];
        for (int t = 1; t < _bank.Count; t++)
        {
            VectorMath.Multiply(_target.W, _bank.Column(t), column, SimdWidths.Best);
            double square = Columns.SumOfSquares(column), cross = Columns.Dot(column, _weighted), constant = Columns.Dot(column, _target.W) / norm;
            if (!(square > 0) || !double.IsFinite(square))
                continue;
            double price = Math.Exp(SearchEffort.PricePerCost * (1 + _bank.Costs[t]));
            double key = Score(total - cross * cross / square, 1) * price;
            plain.Add(key, t);
            if (key < _best[0].Threshold)
                _best[0].Add(key, new Choice(false, [t]));
            double rest = square - constant * constant;
            if (rest < 1e-9 * square)
                continue;
            cross -= constant * along;
            key = Score(total - along * along - cross * cross / rest, 1) * price * Math.Exp(SearchEffort.PricePerCost);
            centred.Add(key, t);
            if (key < _best[0].Threshold)
                _best[0].Add(key, new Choice(true, [t]));
        }

        return [.. plain.Sorted().Concat(centred.Sorted()).Select(entry => entry.Value).Distinct()];
    }

    private void Fill(int column, Span<double> target, int index)
    {
        int term = column < 0 ? ~column : column;
        ReadOnlySpan<double> values = _bank.Column(term);
        double mean = 0, square = 0;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = _target.W[i] == 0 ? 0 : _target.W[i] * values[i] * (column < 0 ? _target.Z[i] : 1);
            mean += values[i];
            square += values[i] * values[i];
        }

        _mean[index] = mean / target.Length;
        _square[index] = square / target.Length;
    }

    private void Explore(NormalProblem problem, CancellationToken cancellation)
    {
        var pairs = new TopList<(int I, int J)>(_effort.Beam);
        int size = problem.Size;
        double price = problem.Intercept ? Math.Exp(SearchEffort.PricePerCost) : 1;
        for (int i = 0; i < size && !cancellation.IsCancellationRequested; i++)
        {
            if (problem.Norms[i] == 0)
                continue;
            bool implicitI = _columns[i] < 0;
            double ri = problem.Right[i];
            if (!implicitI || problem.Intercept)
                Offer(problem, Score(problem.Total - ri * ri, Denominator(problem, i, ri)) * price * _price[i], i);
            ReadOnlySpan<double> row = problem.Gram.AsSpan(i * size, size);
            for (int j = i + 1; j < size; j++)
            {
                if (implicitI)
                    break;
                double k = row[j], det = 1 - k * k, rj = problem.Right[j];
                if (det < 1e-11 || problem.Norms[j] == 0)
                    continue;
                double a = (ri - k * rj) / det, b = (rj - k * ri) / det;
                double key = Score(problem.Total - a * ri - b * rj, Denominator(problem, j, b)) * price * _price[i] * _price[j];
                if (key < pairs.Threshold)
                    pairs.Add(key, (i, j));
                if (key < _best[1].Threshold)
                    Offer(problem, key, i, j);
            }
        }

        var triples = new TopList<(int I, int J, int K)>(_effort.Beam / 2);
        int[] every = [.. Enumerable.Range(0, size)];
        foreach ((_, (int i, int j)) in pairs.Sorted())
        {
            if (cancellation.IsCancellationRequested)
                return;
            Third(problem, i, j, price, every, triples);
        }

        Triples(problem, price, triples, cancellation);
        foreach ((_, (int i, int j, int k)) in triples.Sorted())
        {
            if (cancellation.IsCancellationRequested)
                return;
            Fourth(problem, i, j, k, price);
        }
    }

    /// <summary>All triples of the cheapest columns, and of a start with two of the cheapest.</summary>
    private void Triples(NormalProblem problem, double price, TopList<(int I, int J, int K)> triples, CancellationToken cancellation)
    {
        for (int a = 0; a < _cheap.Length && !cancellation.IsCancellationRequested; a++)
        {
            for (int b = a + 1; b < _cheap.Length && _columns[_cheap[a]] >= 0; b++)
                Third(problem, _cheap[a], _cheap[b], price, _cheap.AsSpan(b + 1), triples);
        }

        foreach (int start in _starts)
        {
            if (cancellation.IsCancellationRequested)
                return;
            for (int a = 0; a < _cheap.Length; a++)
                Third(problem, start, _cheap[a], price, _cheap.AsSpan(a + 1), triples);
        }
    }

    private void Third(
        NormalProblem problem, int i, int j, double price, ReadOnlySpan<int> thirds, TopList<(int I, int J, int K)> triples)
    {
        int size = problem.Size;
        ReadOnlySpan<double> rowI = problem.Gram.AsSpan(i * size, size), rowJ = problem.Gram.AsSpan(j * size, size);
        double k = rowI[j], det = 1 - k * k, ri = problem.Right[i], rj = problem.Right[j];
        if (det < 1e-11 || problem.Norms[i] == 0 || problem.Norms[j] == 0)
            return;
        double a = (ri - k * rj) / det, b = (rj - k * ri) / det, rest = problem.Total - a * ri - b * rj;
        double pairPrice = price * _price[i] * _price[j];
        foreach (int m in thirds)
        {
            if (m == i || m == j || problem.Norms[m] == 0)
                continue;
            double u = (rowI[m] - k * rowJ[m]) / det, v = (rowJ[m] - k * rowI[m]) / det;
            double schur = 1 - u * rowI[m] - v * rowJ[m];
            if (schur < 1e-11)
                continue;
            double c = (problem.Right[m] - u * ri - v * rj) / schur;
            double denominator = Denominator(problem, i, a - u * c, j, b - v * c, m, c);
            double key = Score(rest - c * c * schur, denominator) * pairPrice * _price[m];
            if (key < triples.Threshold)
                triples.Add(key, (i, j, m));
            if (key < _best[2].Threshold)
                Offer(problem, key, i, j, m);
        }
    }

    private void Fourth(NormalProblem problem, int i, int j, int k, double price)
    {
        int size = problem.Size;
        Span<double> gram = stackalloc double[9], right = stackalloc double[3], base3 = stackalloc double[3], along = stackalloc double[3], part = stackalloc double[3];
        ReadOnlySpan<int> chosen = [i, j, k];
        for (int a = 0; a < 3; a++)
        {
            right[a] = problem.Right[chosen[a]];
            for (int b = 0; b < 3; b++)
                gram[a * 3 + b] = problem.Gram[chosen[a] * size + chosen[b]];
        }

        if (!SmallSystem.SolveDamped(gram, right, 0, base3))
            return;
        double rest = problem.Total - base3[0] * right[0] - base3[1] * right[1] - base3[2] * right[2];
        double triplePrice = price * _price[i] * _price[j] * _price[k];
        for (int m = 0; m < size; m++)
        {
            if (m == i || m == j || m == k || problem.Norms[m] == 0)
                continue;
            for (int a = 0; a < 3; a++)
                along[a] = problem.Gram[chosen[a] * size + m];
            if (!SmallSystem.SolveDamped(gram, along, 0, part))
                return;
            double schur = 1 - part[0] * along[0] - part[1] * along[1] - part[2] * along[2];
            if (schur < 1e-11)
                continue;
            double c = (problem.Right[m] - part[0] * right[0] - part[1] * right[1] - part[2] * right[2]) / schur;
            double denominator = Denominator(problem, i, base3[0] - part[0] * c, j, base3[1] - part[1] * c, k, base3[2] - part[2] * c, m, c);
            double key = Score(rest - c * c * schur, denominator) * triplePrice * _price[m];
            if (key < _best[3].Threshold)
                Offer(problem, key, i, j, k, m);
        }
    }

    private double Score(double residual, double denominator) => Math.Max(residual, 1e-15 * _variance) / (denominator * _variance) + _floor;

    /// <summary>Mean square of 1 − Σ b d, by which an implicit sum makes errors of y smaller.</summary>
    private double Denominator(NormalProblem problem, int j, double b)
    {
        if (_columns[j] >= 0)
            return 1;
        b /= problem.Norms[j];
        return Math.Max(1e-12, 1 - 2 * b * _mean[j] + b * b * _square[j]);
    }

    private double Denominator(NormalProblem problem, int i, double a, int j, double b, int k = -1, double c = 0, int l = -1, double d = 0)
    {
        double mean = 0, square = 0;
        int count = 0;
        Part(problem, i, a, ref mean, ref square, ref count);
        Part(problem, j, b, ref mean, ref square, ref count);
        Part(problem, k, c, ref mean, ref square, ref count);
        Part(problem, l, d, ref mean, ref square, ref count);

        // Products of two different d are bounded by Cauchy-Schwarz.
        return count == 0 ? 1 : Math.Max(1e-12, 1 - 2 * mean + square * square);
    }

    private void Part(NormalProblem problem, int j, double b, ref double mean, ref double square, ref int count)
    {
        if (j < 0 || _columns[j] >= 0)
            return;
        b /= problem.Norms[j];
        mean += b * _mean[j];
        square += Math.Abs(b) * Math.Sqrt(_square[j]);
        count++;
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
