using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Tests.Interpretation;

/// <summary>Formulas of scaled columns become formulas of the columns.</summary>
public sealed class TabularFormulasTests
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Standard;

    [Fact]
    public void Scaling_goes_into_constants_that_become_simple()
    {
        Table table = Table(200, (a, b) => 10 + 3 * Math.Sin(2 * a) + b * b);
        TableEncoding encoding = TableEncoding.Fit(table, ["y"]);
        DataSplit<double> split = encoding.Encode<double>(table, out _).Split(0.2, 0, 1);
        LinearScaling inputs = LinearScaling.ToGrid(split.Train.Features, 2), target = LinearScaling.Standard(split.Train.Targets, 1);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1])
            .WithSymbolicEdge(0, 0, 0, Catalog["sin"], 2 * inputs.Spread[0], 2 * inputs.Center[0], 3 / target.Spread[0], (10 - target.Center[0]) / target.Spread[0])
            .WithSymbolicEdge(0, 1, 0, Catalog["x^2"], inputs.Spread[1], inputs.Center[1], 1 / target.Spread[0], 0);
        var model = new TabularModel<double>(network, encoding, inputs, target);
        SymbolicSearchResult found = SymbolicSearch.Run(network, model.Scale(split.Train, split.Validation), new SymbolicSearchOptions { Names = encoding.FeatureNames, Snap = null });
        HallOfFame hall = Assert.Single(TabularFormulas.Of(found, model, split.Train, split.Validation!));
        Assert.Equal(split.Validation!.Count, hall.Rows);
        Assert.True(hall.Pick!.Rmse < 1e-12, hall.Pick.ToString());
        Assert.Equal(hall.Pick.Complexity, hall.Pick.Formula.Complexity);
        Expression expected = Expression.Parse("10 + 3*sin(2*a) + b^2");
        Assert.True(hall.Pick.Complexity <= expected.Complexity, hall.Pick.Formula.ToString());
        Assert.Equal(expected.Evaluate(0.3, 0.8), hall.Pick.Formula.Evaluate(0.3, 0.8), 1e-12);
    }

    [Fact]
    public void Formulas_of_classes_are_those_of_the_log_odds()
    {
        Table numbers = Table(120, (a, b) => a - b);
        var labels = new TableColumn("y", [.. numbers["y"].Numbers.ToArray().Select(value => value > 0 ? "yes" : "no")]);
        var table = new Table([numbers["a"], numbers["b"], labels]);
        TableEncoding encoding = TableEncoding.Fit(table, ["y"]);
        DataSplit<double> split = encoding.Encode<double>(table, out _).Split(0.2, 0, 1);
        LinearScaling inputs = LinearScaling.ToGrid(split.Train.Features, 2);
        KanNetwork<double> network = KanNetwork<double>.Create([2, 1])
            .WithSymbolicEdge(0, 0, 0, Catalog["x"], 1, 0, 4 * inputs.Spread[0], 4 * inputs.Center[0])
            .WithSymbolicEdge(0, 1, 0, Catalog["x"], 1, 0, -2 * inputs.Spread[1], -2 * inputs.Center[1]);
        var model = new TabularModel<double>(network, encoding, inputs, null);
        SymbolicSearchResult found = SymbolicSearch.Run(network, model.Scale(split.Train, split.Validation), new SymbolicSearchOptions { Names = encoding.FeatureNames, Snap = null });
        FormulaCandidate pick = Assert.Single(TabularFormulas.Of(found, model, split.Train, split.Validation!)).Pick!;
        Assert.Equal(4 * 0.3 - 2 * 0.8, pick.Formula.Evaluate(0.3, 0.8), 1e-9);
        TabularModel<double> formula = TabularFormulas.ToModel([pick.Formula], encoding);
        double[] expected = model.Predict(split.Validation!.Features), predicted = formula.Predict(split.Validation.Features);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], predicted[index], 1e-9);
    }

    private static Table Table(int rows, Func<double, double, double> function)
    {
        double[] a = [.. Enumerable.Range(0, rows).Select(row => 1.5 * Math.Sin(row * 1.7))], b = [.. Enumerable.Range(0, rows).Select(row => 2 * Math.Cos(row * 0.9) + 0.5)];
        return new Table([new TableColumn("a", a), new TableColumn("b", b), new TableColumn("y", [.. a.Zip(b, function)])]);
    }
}
