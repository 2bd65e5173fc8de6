using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>From the formulas of a model's scaled columns to formulas of the columns themselves, and to models that compute them.</summary>
public static class TabularFormulas
{
    /// <summary>
    /// The formulas of a symbolic search in original units: the scaling goes into their constants, which are fitted anew and become simple numbers where the data can
    /// not tell the difference. For classes the targets are the outputs of the model's network, log-odds or logits.
    /// </summary>
    /// <param name="result">What the search found, with the model's feature names as <see cref="SymbolicSearchOptions.Names"/>.</param>
    /// <param name="model">The model whose network was searched.</param>
    /// <param name="train">Rows to fit constants to, in original units.</param>
    /// <param name="validation">Rows that choose.</param>
    /// <param name="cancellation">Ends fitting with the best so far.</param>
    /// <returns>A hall of fame for every target, measured on the rows that choose.</returns>
    /// <exception cref="ArgumentException">Rows and model do not fit together.</exception>
    public static IReadOnlyList<HallOfFame> Of(
        SymbolicSearchResult result, TabularModel<double> model, Dataset<double> train, Dataset<double> validation, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        IReadOnlyList<string> names = model.Encoding.FeatureNames;
        var columns = new Dictionary<string, Expression>();
        for (int column = 0; column < names.Count; column++)
            columns[names[column]] = (Expression.Variable(names[column]) - model.InputScaling.Center[column]) / model.InputScaling.Spread[column];
        double[] fitted = Targets(model, train), judging = Targets(model, validation);
        var halls = new HallOfFame[result.Halls.Count];
        for (int output = 0; output < halls.Length; output++)
        {
            (double center, double spread) = model.TargetScaling is { } scaling ? (scaling.Center[output], scaling.Spread[output]) : (0, 1);
            double[] y = Column(fitted, halls.Length, output), chosen = Column(judging, halls.Length, output);
            halls[output] = new HallOfFame(chosen);
            foreach (FormulaCandidate candidate in result.Halls[output].Pareto)
            {
                Expression formula = (center + spread * candidate.Formula.Substitute(columns)).Simplify();
                SnapResult snapped = ConstantSnapper.Snap(formula, names, train.Features, y, null, cancellation);
                halls[output].Add(FormulaCandidate.Measure(formula, names, validation.Features, chosen, candidate.Origin));
                halls[output].Add(FormulaCandidate.Measure(snapped.Formula, names, validation.Features, chosen, candidate.Origin));
            }
        }

        return halls;
    }

    /// <summary>Formulas in original units as a model that predicts with them: a compiled network that takes columns as they are.</summary>
    /// <param name="formulas">One for each target, for two classes one for the log-odds, for more a logit of each.</param>
    /// <param name="encoding">The columns.</param>
    /// <param name="units">Units of columns, where known; none by default.</param>
    /// <param name="notes">Facts to keep with the model; none by default.</param>
    /// <exception cref="ArgumentException">A variable is no feature, or the number of formulas is another than the encoding needs.</exception>
    public static TabularModel<double> ToModel(
        IReadOnlyList<Expression> formulas, TableEncoding encoding, IReadOnlyDictionary<string, string>? units = null, IReadOnlyDictionary<string, string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        KanNetwork<double> network = NetworkCompiler.Compile<double>(formulas, encoding.FeatureNames);
        LinearScaling? target = encoding.Target.Task == TaskKind.Regression ? LinearScaling.Identity(encoding.Target.Outputs) : null;
        return new TabularModel<double>(network, encoding, LinearScaling.Identity(encoding.Inputs), target, units, notes);
    }

    /// <summary>Target values, or for classes the outputs of the network, row-major.</summary>
    private static double[] Targets(TabularModel<double> model, Dataset<double> rows)
    {
        if (model.Task == TabularTask.Regression)
            return rows.Targets.ToArray();
        Tensor<double> inputs = model.Scale(rows).Inputs;
        return ((KanNetwork<double>)model.Network).Predict(inputs).Span.ToArray();
    }

    private static double[] Column(double[] values, int width, int column) => [.. Enumerable.Range(0, values.Length / width).Select(row => values[row * width + column])];
}
