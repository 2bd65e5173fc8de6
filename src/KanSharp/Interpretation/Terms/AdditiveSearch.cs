using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>
/// Sparse sums for one transformed target: z = Σ c_k t_k + Σ b_k z·d_k with one to seven terms, with and without intercept. All pairs of the cheap
/// terms, all triples of the cheapest, and beams from the best pairs and triples and from the best single terms of the whole bank.
/// </summary>
internal sealed partial class AdditiveSearch
{
    private const int LongestSum = 7;

    private readonly TermBank _bank;
    private readonly SearchTarget _target;
    private readonly SearchEffort _effort;
    private readonly Executor _executor;
    private readonly double _floor;
    private readonly double _variance;
    private readonly double _resolution;
    private readonly int[] _columns;
    private readonly double[] _price;
    private readonly double[] _mean;
    private readonly double[] _square;
    private readonly double[] _products;
    private readonly int _implicit;
    private readonly int _firstImplicit;
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
        _variance = variance * bank.Rows;
        _floor = floor;
        _best = [.. Enumerable.Range(0, LongestSum).Select(_ => new TopList<Choice>(effort.Keep / 4))];
        _weighted = new double[bank.Rows];
        VectorMath.Multiply(target.W, target.Z, _weighted, SimdWidths.Best);
        _resolution = SearchEffort.Resolution * Math.Max(Columns.SumOfSquares(_weighted), _variance);
        int direct = Math.Min(bank.Count, effort.Pairs), implicitly = Math.Min(bank.Count, effort.Implicit);
        int[] starts = Singles();
        _columns = [.. Enumerable.Range(0, direct), .. starts.Where(term => term >= direct), .. Enumerable.Range(1, Math.Max(0, implicitly - 1)).Select(term => ~term)];
        _starts = [.. starts.Select(term => Array.IndexOf(_columns, term))];
        _implicit = Math.Max(0, implicitly - 1);
        _firstImplicit = _columns.Length - _implicit;
        int[] monomials = [.. Enumerable.Range(0, direct).Where(term => bank.Terms[term].Factors.Length == 0).Take(effort.Triples / 2)];
        _cheap = [.. monomials.Union(Enumerable.Range(0, direct)).Take(effort.Triples).Order(), .. Enumerable.Range(_firstImplicit, Math.Min(_implicit, effort.Triples / 2))];
        _price = [.. _columns.Select(column => Math.Exp(SearchEffort.PricePerCost * (1 + bank.Costs[column < 0 ? ~column : column])))];
        _mean = new double[_columns.Length];
        _square = new double[_columns.Length];
        _products = Products();
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

    /// <summary>Mean products of the terms that enter multiplied by the target.</summary>
    private double[] Products()
    {
        var products = new double[_implicit * _implicit];
        if (_implicit == 0)
            return products;
        var operand = new MatrixOperand<double>(_bank.Values.AsSpan(_bank.Rows, _implicit * _bank.Rows), _bank.Rows);
        MatrixMultiply.Multiply(operand, operand.Transpose(), products, _implicit, _implicit, _implicit, _bank.Rows, ProductMode.Assign, _executor);
        VectorMath.Scale(1.0 / _bank.Rows, products, products, SimdWidths.Best);
        return products;
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
                if (det < SearchEffort.LeastAngle || problem.Norms[j] == 0)
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
        int[][] chosen = [.. triples.Sorted().Select(entry => (int[])[entry.Value.I, entry.Value.J, entry.Value.K])];
        for (int length = 4; length <= LongestSum; length++)
        {
            var longer = new TopList<int[]>(_effort.Beam / (length * 2));
            foreach (int[] choice in chosen)
            {
                if (cancellation.IsCancellationRequested)
                    return;
                Extend(problem, choice, price, longer);
            }

            chosen = [.. longer.Sorted().Select(entry => entry.Value).DistinctBy(choice => string.Join(' ', choice.Order()))];
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
        if (det < SearchEffort.LeastAngle || problem.Norms[i] == 0 || problem.Norms[j] == 0)
            return;
        double a = (ri - k * rj) / det, b = (rj - k * ri) / det, rest = problem.Total - a * ri - b * rj;
        double pairPrice = price * _price[i] * _price[j];
        foreach (int m in thirds)
        {
            if (m == i || m == j || problem.Norms[m] == 0)
                continue;
            double u = (rowI[m] - k * rowJ[m]) / det, v = (rowJ[m] - k * rowI[m]) / det;
            double schur = 1 - u * rowI[m] - v * rowJ[m];
            if (det * schur < SearchEffort.LeastAngle)
                continue;
            double c = (problem.Right[m] - u * ri - v * rj) / schur;
            double denominator = Denominator(problem, [i, j, m], [a - u * c, b - v * c, c]);
            double key = Score(rest - c * c * schur, denominator) * pairPrice * _price[m];
            if (key < triples.Threshold)
                triples.Add(key, (i, j, m));
            if (key < _best[2].Threshold)
                Offer(problem, key, i, j, m);
        }
    }

    /// <summary>Adds each of the other columns to a choice.</summary>
    private void Extend(NormalProblem problem, int[] chosen, double price, TopList<int[]> longer)
    {
        int size = problem.Size, k = chosen.Length;
        double[] gram = new double[k * k], right = new double[k], unit = new double[k], inverse = new double[k * k], coefficients = new double[k + 1];
        for (int a = 0; a < k; a++)
        {
            price *= _price[chosen[a]];
            right[a] = problem.Right[chosen[a]];
            for (int b = 0; b < k; b++)
                gram[(a * k) + b] = problem.Gram[(chosen[a] * size) + chosen[b]];
        }

        for (int a = 0; a < k; a++)
        {
            unit.AsSpan().Clear();
            unit[a] = 1;
            if (!SmallSystem.SolveDamped(gram, unit, 0, inverse.AsSpan(a * k, k)))
                return;
        }

        Span<double> along = stackalloc double[k], part = stackalloc double[k], fitted = stackalloc double[k];
        Multiply(inverse, right, fitted);
        double rest = problem.Total - Columns.Dot(fitted, right);
        int[] extended = [.. chosen, -1];
        for (int m = 0; m < size; m++)
        {
            if (problem.Norms[m] == 0 || chosen.AsSpan().Contains(m))
                continue;
            for (int a = 0; a < k; a++)
                along[a] = problem.Gram[(chosen[a] * size) + m];
            Multiply(inverse, along, part);
            double schur = 1 - Columns.Dot(part, along);
            if (schur < SearchEffort.LeastAngle)
                continue;
            double c = (problem.Right[m] - Columns.Dot(part, right)) / schur, error = rest - (c * c * schur);

            // The coefficients are needed only where the score without them would do.
            if (Score(error, 1e3) * price * _price[m] >= longer.Threshold)
                continue;
            for (int a = 0; a < k; a++)
                coefficients[a] = fitted[a] - (part[a] * c);
            coefficients[k] = c;
            extended[k] = m;
            double key = Score(error, Denominator(problem, extended, coefficients)) * price * _price[m];
            if (key < longer.Threshold)
                longer.Add(key, [.. extended]);
            Offer(problem, key, extended);
        }
    }
}
