using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>One network that tells real rows from shuffled ones.</summary>
internal sealed record RelationRun(KanNetwork<double> Network, double Accuracy, IReadOnlyList<(int[] Variables, double Residual)> Relations)
{
    public static RelationRun Train(double[] rows, int columns, ulong seed, RelationSearchOptions options, CancellationToken cancellation)
    {
        var random = new SplitRandom(seed);
        int count = rows.Length / columns;
        var real = new Tensor<double>(new Shape(count, columns), rows);
        var both = new Tensor<double>(new Shape(2 * count, columns), [.. rows, .. Shuffle(rows, columns, random.Split("shuffle"))]);
        var targets = new Tensor<double>(new Shape(2 * count, 1), [.. Enumerable.Range(0, 2 * count).Select(row => row < count ? 1.0 : 0)]);
        KanNetwork<double> network = Create(real, columns, random.Split("network"), options);
        var fit = new FitOptions
        {
            Optimizer = new LevenbergMarquardt { FollowRange = RangeFollowing.None },
            Epochs = options.Epochs,
            Regularization = options.Lambda > 0 ? new Regularization { Metric = RegularizationMetric.EdgeForward, Lambda = options.Lambda } : null,
            Executor = options.Executor,
        };
        Trainer.Fit(network, new TrainingData<double>(both, targets), fit, cancellation: cancellation);
        Tensor<double> y = network.Predict(both, options.Executor);
        int right = 0;
        for (int row = 0; row < 2 * count; row++)
            right += y[row, 0] > 0.5 == row < count ? 1 : 0;
        return new RelationRun(network, right / (2.0 * count), Split(Functions(network.Stages[0].Numeric, real), options));
    }

    /// <summary>Splines of all columns, summed; then exp(−h²), which is not trained.</summary>
    private static KanNetwork<double> Create(Tensor<double> rows, int columns, SplitRandom random, RelationSearchOptions options)
    {
        KanLinearOptions splines = KanLinearOptions.SplinesOnly with { Basis = new BSplineOptions { Intervals = options.Intervals } };
        KanLinear<double> sum = KanLinear<double>.Create(columns, 1, splines, random);
        for (int column = 0; column < columns; column++)
            Stretch(sum.Knots.Value.Row(column), rows, column);
        var bell = new SymbolicEdges<double>(
            1, 1, [new SymbolicEdge(0, 0, FunctionCatalog.Standard["gaussian"])], new Tensor<double>(new Shape(1, 4), [1, 0, 1, 0]));
        bell.SetTrainable(false);
        return new KanNetwork<double>([new KanStage<double>(sum), KanStage<double>.FromSymbolic(bell)]);
    }

    /// <summary>Moves knots from [−1, 1] to the range of a column, with a little room.</summary>
    private static void Stretch(Span<double> knots, Tensor<double> rows, int column)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int row = 0; row < rows.Shape.Rows; row++)
            (low, high) = (Math.Min(low, rows[row, column]), Math.Max(high, rows[row, column]));
        (double middle, double half) = (low + (high - low) / 2, 0.505 * (high - low));
        foreach (ref double knot in knots)
            knot = middle + half * knot;
    }

    private static double[] Shuffle(double[] rows, int columns, SplitRandom random)
    {
        var shuffled = (double[])rows.Clone();
        for (int column = 0; column < columns; column++)
        {
            for (int last = rows.Length / columns - 1; last > 0; last--)
            {
                int other = random.NextInt(last + 1);
                (int a, int b) = (last * columns + column, other * columns + column);
                (shuffled[a], shuffled[b]) = (shuffled[b], shuffled[a]);
            }
        }

        return shuffled;
    }

    /// <summary>φ_i at every row, less its mean; [columns][rows].</summary>
    private static double[][] Functions(KanLinear<double> sum, Tensor<double> rows)
    {
        int columns = rows.Shape.Last, count = rows.Shape.Rows;
        var functions = new double[columns][];
        for (int column = 0; column < columns; column++)
        {
            // the others stay at the first row, which adds a constant
            var alone = new Tensor<double>(rows.Shape);
            for (int row = 0; row < count; row++)
            {
                rows.Row(0).CopyTo(alone.Row(row));
                alone[row, column] = rows[row, column];
            }

            double[] values = sum.Predict(alone).Span.ToArray();
            double mean = Statistics.Mean<double>(values);
            functions[column] = [.. values.Select(value => value - mean)];
        }

        return functions;
    }

    /// <summary>Sets of columns whose functions are correlated, with the spread of their sum relative to that of independent functions.</summary>
    private static List<(int[] Variables, double Residual)> Split(double[][] functions, RelationSearchOptions options)
    {
        int count = functions[0].Length;
        double[] spreads = [.. functions.Select(values => Math.Sqrt(Statistics.Variance<double>(values)))];
        double least = options.ActiveThreshold * spreads.Max();
        int[] active = [.. Enumerable.Range(0, functions.Length).Where(column => spreads[column] > least)];
        double correlated = Math.Max(0.1, 4 / Math.Sqrt(count));
        int[] labels = [.. Enumerable.Range(0, functions.Length)];
        foreach (int first in active)
        {
            foreach (int second in active)
            {
                double product = functions[first].Zip(functions[second], (a, b) => a * b).Average();
                if (Math.Abs(product) < correlated * spreads[first] * spreads[second])
                    continue;
                (int kept, int gone) = (labels[first], labels[second]);
                labels = [.. labels.Select(label => label == gone ? kept : label)];
            }
        }

        List<(int[], double)> relations = [];
        foreach (IGrouping<int, int> part in active.GroupBy(column => labels[column]))
        {
            double[] sums = [.. Enumerable.Range(0, count).Select(row => part.Sum(column => functions[column][row]))];
            double residual = Math.Sqrt(Statistics.Variance<double>(sums) / part.Sum(column => spreads[column] * spreads[column]));
            if (part.Count() > 1 && residual < options.ResidualThreshold)
                relations.Add(([.. part], residual));
        }

        return relations;
    }
}
