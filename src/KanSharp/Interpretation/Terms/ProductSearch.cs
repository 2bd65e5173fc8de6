using KanSharp.Numerics;

namespace KanSharp.Interpretation.Terms;

/// <summary>
/// Products: log|y| = a + Σ p_i log|x_i| + Σ q_j log|f_j| + Σ r_k m_k. The powers of the variables are always free; factors f_j and exponents m_k are
/// tried singly, in all pairs and in a beam of triples. Powers are then rounded to halves or thirds.
/// </summary>
internal sealed class ProductSearch
{
    private readonly Rows _rows;
    private readonly SearchEffort _effort;
    private readonly double _floor;
    private readonly Executor _executor;
    private readonly double[] _weights;
    private readonly double[] _target;
    private readonly List<double[]> _fixed = [];
    private readonly List<int> _variables = [];
    private readonly List<Part> _parts = [];

    public ProductSearch(Rows rows, FactorLibrary library, TermBank bank, SearchEffort effort, double floor, Executor executor)
    {
        _rows = rows;
        _effort = effort;
        _floor = floor;
        _executor = executor;
        _weights = [.. rows.Target.Select(Math.Abs)];
        _target = Logarithm(rows.Target);
        Prepare(library, bank);
    }

    public IEnumerable<TermModel> Run(CancellationToken cancellation)
    {
        int n = _rows.Count;
        List<double[]> basis = Orthonormal();
        double[] target = Weighted(_target);
        double total = Math.Max(Statistics.Variance<double>(_rows.Target) * n, 1e-300);
        Project(basis, target);
        var models = new List<TermModel>();
        Add(models, []);
        Part[] parts = Shortlist(basis, target, total, cancellation);
        int size = parts.Length;
        if (size == 0)
            return models;
        var columns = new double[size * n];
        for (int k = 0; k < size; k++)
            Projected(basis, parts[k])?.CopyTo(columns, k * n);
        NormalProblem problem = NormalProblem.Create(columns, target, size, _executor);
        double[] price = [.. parts.Select(part => part.Price)];
        TopList<int[]> singles = new(_effort.Keep), pairs = new(_effort.Keep), triples = new(_effort.Keep / 2);
        for (int i = 0; i < size && !cancellation.IsCancellationRequested; i++)
        {
            if (problem.Norms[i] == 0)
                continue;
            double ri = problem.Right[i];
            singles.Add(Score(problem.Total - ri * ri, total) * price[i], [i]);
            ReadOnlySpan<double> row = problem.Gram.AsSpan(i * size, size);
            for (int j = i + 1; j < size; j++)
            {
                double k = row[j], det = 1 - k * k, rj = problem.Right[j];
                if (det < SearchEffort.LeastAngle || problem.Norms[j] == 0)
                    continue;
                double key = Score(problem.Total - (ri * ri + rj * rj - 2 * k * ri * rj) / det, total) * price[i] * price[j];
                if (key < pairs.Threshold)
                    pairs.Add(key, [i, j]);
            }
        }

        foreach ((_, int[] pair) in pairs.Sorted().Take(_effort.Beam / 2))
            Third(problem, pair[0], pair[1], total, price, triples);
        foreach ((_, int[] chosen) in (IEnumerable<(double, int[])>)[.. singles.Sorted(), .. pairs.Sorted(), .. triples.Sorted()])
            Add(models, [.. chosen.Select(index => parts[index])]);
        return models;
    }

    /// <summary>The cheapest parts, and of the others those that do best alone.</summary>
    private Part[] Shortlist(List<double[]> basis, double[] target, double total, CancellationToken cancellation)
    {
        int cheap = Math.Min(_effort.Products, _parts.Count);
        double rest = Columns.SumOfSquares(target);
        var best = new TopList<Part>(_effort.Wide);
        for (int k = cheap; k < _parts.Count && !cancellation.IsCancellationRequested; k++)
        {
            if (Projected(basis, _parts[k]) is not { } column)
                continue;
            double cross = Columns.Dot(column, target);
            best.Add(Score(rest - cross * cross / Columns.SumOfSquares(column), total) * _parts[k].Price, _parts[k]);
        }

        return [.. _parts.Take(cheap), .. best.Sorted().Select(entry => entry.Value)];
    }

    /// <summary>The weighted column without what the variables' logarithms explain; null where nothing is left.</summary>
    private double[]? Projected(List<double[]> basis, Part part)
    {
        double[] column = Weighted(part.Column);
        double before = Columns.SumOfSquares(column);
        Project(basis, column);
        return Columns.SumOfSquares(column) > 1e-9 * before ? column : null;
    }

    private void Third(NormalProblem problem, int i, int j, double total, double[] price, TopList<int[]> triples)
    {
        int size = problem.Size;
        ReadOnlySpan<double> rowI = problem.Gram.AsSpan(i * size, size), rowJ = problem.Gram.AsSpan(j * size, size);
        double k = rowI[j], det = 1 - k * k, ri = problem.Right[i], rj = problem.Right[j];
        double rest = problem.Total - (ri * ri + rj * rj - 2 * k * ri * rj) / det;
        for (int m = j + 1; m < size; m++)
        {
            double u = (rowI[m] - k * rowJ[m]) / det, v = (rowJ[m] - k * rowI[m]) / det, schur = 1 - u * rowI[m] - v * rowJ[m];
            if (det * schur < SearchEffort.LeastAngle || problem.Norms[m] == 0)
                continue;
            double c = problem.Right[m] - u * ri - v * rj, key = Score(rest - c * c / schur, total) * price[i] * price[j] * price[m];
            if (key < triples.Threshold)
                triples.Add(key, [i, j, m]);
        }
    }

    private double Score(double residual, double total) => Math.Max(residual, SearchEffort.Resolution * total) / total + _floor;

    private void Prepare(FactorLibrary library, TermBank bank)
    {
        var ones = new double[_rows.Count];
        ones.AsSpan().Fill(1);
        _fixed.Add(ones);
        for (int v = 0; v < _rows.Variables; v++)
        {
            double[] column = _rows.Columns[v];
            if (Array.TrueForAll(column, value => value != 0) && column.Any(value => Math.Abs(value) != Math.Abs(column[0])))
            {
                _variables.Add(v);
                _fixed.Add(Logarithm(column));
            }
        }

        var parts = new List<Part>();
        for (int f = 0; f < library.Factors.Count; f++)
        {
            Factor factor = library.Factors[f];
            if (factor.Function is not FactorFunction.Exp && Array.TrueForAll(library.Values[f], value => value != 0))
                parts.Add(new Part(factor, null, factor.Cost, Logarithm(library.Values[f])));
        }

        for (int t = 1; t < bank.Count; t++)
            parts.Add(new Part(null, bank.Terms[t], 1 + bank.Costs[t], bank.Column(t).ToArray()));
        _parts.AddRange(parts.OrderBy(part => part.Cost));
    }

    /// <summary>Turns a choice of columns into a candidate with rounded powers.</summary>
    private void Add(List<TermModel> models, Part[] chosen)
    {
        int n = _rows.Count, fixedCount = _fixed.Count, p = fixedCount + chosen.Length;
        var columns = new double[p][];
        for (int k = 0; k < p; k++)
            columns[k] = Weighted(k < fixedCount ? _fixed[k] : chosen[k - fixedCount].Column);
        double[] target = Weighted(_target), gram = new double[p * p], right = new double[p], solution = new double[p];
        for (int a = 0; a < p; a++)
        {
            right[a] = Columns.Dot(columns[a], target);
            for (int b = 0; b <= a; b++)
                gram[a * p + b] = Columns.Dot(columns[a], columns[b]);
        }

        if (!SmallSystem.SolveDamped(gram, right, 0, solution))
            return;
        var exponents = new double[_rows.Variables];
        for (int v = 0; v < _variables.Count; v++)
            exponents[_variables[v]] = Powers.Nearest(solution[1 + v]);
        var factors = new List<(Factor, double)>();
        var inside = new List<(Term Term, double Coefficient)>();
        for (int k = 0; k < chosen.Length; k++)
        {
            double value = solution[fixedCount + k];
            if (chosen[k].Exponent is { } exponent)
                inside.Add((exponent, value));
            else if (Powers.Nearest(value) is var power and not 0)
                factors.Add((chosen[k].Factor!, power));
        }

        var multiplier = new Term(new Monomial(exponents), [.. factors]);
        Term one = Term.One(_rows.Variables);
        if (inside.Count == 0)
        {
            var model = new TermModel(OuterTransform.Identity, multiplier.IsOne ? null : multiplier, 1, [one], [], [1]);
            models.Add(model.With(new ModelFit(model, _rows).Run(2).Coefficients));
            return;
        }

        var scale = new double[n];
        multiplier.Evaluate(_rows.Columns, scale);
        double sign = 0;
        for (int i = 0; i < n; i++)
            sign += scale[i] * _rows.Target[i] is var product && product < 0 ? -1 : product > 0 ? 1 : double.NaN;
        if (double.IsNaN(sign))
            return;
        models.Add(new TermModel(
            OuterTransform.Exponential, multiplier.IsOne ? null : multiplier, sign < 0 ? -1 : 1,
            [one, .. inside.Select(part => part.Term)], [], [solution[0], .. inside.Select(part => part.Coefficient)]));
    }

    private List<double[]> Orthonormal()
    {
        var basis = new List<double[]>();
        foreach (double[] column in _fixed)
        {
            double[] vector = Weighted(column);
            double before = Math.Sqrt(Columns.SumOfSquares(vector));
            Project(basis, vector);
            Project(basis, vector);
            double norm = Math.Sqrt(Columns.SumOfSquares(vector));
            if (norm <= 1e-9 * before)
                continue;
            VectorMath.Scale(1 / norm, vector, vector, SimdWidths.Best);
            basis.Add(vector);
        }

        return basis;
    }

    private static void Project(List<double[]> basis, double[] vector)
    {
        foreach (double[] direction in basis)
            Columns.AddScaled(-Columns.Dot(direction, vector), direction, vector);
    }

    private double[] Weighted(double[] column)
    {
        var weighted = new double[column.Length];
        VectorMath.Multiply(column, _weights, weighted, SimdWidths.Best);
        return weighted;
    }

    private static double[] Logarithm(double[] values) => [.. values.Select(value => value == 0 ? 0 : Math.Log(Math.Abs(value)))];

    /// <summary>A factor f_j with its logarithm, or an exponent m_k with its values.</summary>
    private sealed record Part(Factor? Factor, Term? Exponent, double Cost, double[] Column)
    {
        public double Price { get; } = Math.Exp(SearchEffort.PricePerCost * (1 + Cost));
    }
}
