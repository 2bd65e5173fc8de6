using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Plotting;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Cli.Discovery;

/// <summary>The pictures of a search, and the page with all of them.</summary>
internal sealed class DiscoveryPictures
{
    private const int LabelDigits = 3;
    private readonly DiscoveryOutcome _outcome;
    private readonly double[] _predicted;
    private readonly NetworkDiagram? _diagram;
    private readonly LossChart? _training;
    private readonly (string Name, double Score)[] _attribution = [];
    private readonly CandidateChart[] _edges = [];
    private readonly HistogramGrid? _activations;
    private readonly TreeDiagram? _structure;

    public DiscoveryPictures(DiscoveryOutcome outcome)
    {
        _outcome = outcome;
        Dataset<double> rows = outcome.Input.Rows;
        _predicted = new double[rows.Count];
        outcome.Pick.Formula.Compile(rows.FeatureNames).Evaluate(rows.Features, _predicted);
        _structure = DiscoveryDetails.Structure(outcome);
        if (outcome.Result.Network is not { } found)
            return;
        Network = DiscoveryModels.Network(outcome, found);
        _diagram = NetworkPictures.Diagram(Network, rows);
        _training = new LossChart
        {
            Training = [.. found.History.Select(epoch => epoch.Train)],
            Validation = [.. found.History.Select(epoch => epoch.Validation).Where(double.IsFinite)],
        };
        Tensor<double> inputs = found.Scale(rows);
        AttributionResult scores = Attribution.Compute(found.Network, inputs);
        string[] names = [.. found.Network.InputSelection.Select(column => found.Columns[column])];
        _attribution = [.. names.Select((name, input) => (name, scores.Features[input]))];
        _edges = [.. DiscoveryDetails.Edges(found, inputs, scores, outcome.Settings.Catalog)];
        _activations = NetworkPictures.Activations(found.Network, inputs, names);
    }

    /// <summary>The trained network as a model of the table; null where none was trained.</summary>
    public TabularModel<double>? Network { get; }

    /// <summary>Error over complexity.</summary>
    public static Scene Pareto(DiscoveryOutcome outcome)
    {
        IReadOnlyList<FormulaCandidate> best = outcome.Result.Hall.Best;
        return new ParetoPlot
        {
            ErrorName = $"RMSE of {outcome.Target}",
            Points = [.. best.Select(candidate => new ParetoPoint(candidate.Complexity, candidate.Rmse, Formulas.Short(candidate.Formula, LabelDigits)))],
            Pick = best.ToList().IndexOf(outcome.Pick),
        }.Draw();
    }

    /// <summary>The pictures that are files of their own.</summary>
    public IEnumerable<(string Name, Scene Scene)> All()
    {
        yield return ("pareto", Pareto(_outcome));
        yield return ("fit", new ParityPlot { Title = "Formula and data, all rows", Quantity = _outcome.Target, Actual = _outcome.Input.Rows.Targets.ToArray(), Predicted = _predicted }.Draw());
        if (_diagram is not null)
            yield return ("network", _diagram.Draw());
        if (_training is not null)
            yield return ("loss", _training.Draw());
    }

    public DiscoveryReport Report()
    {
        DiscoveryResult result = _outcome.Result;
        IReadOnlyList<FormulaCandidate> best = result.Hall.Best;
        return new DiscoveryReport
        {
            Title = $"{_outcome.Target} from {Path.GetFileName(_outcome.Settings.Data)}",
            Target = _outcome.Target,
            Formulas =
            [
                .. best.Select(candidate => new ReportFormula
                {
                    Text = Formulas.Short(candidate.Formula),
                    MathMl = candidate.Formula.Print(ExpressionFormat.MathML, new PrintOptions { Digits = 6 }),
                    Complexity = candidate.Complexity,
                    Rmse = candidate.Rmse,
                    R2 = candidate.R2,
                    Origin = candidate.Origin,
                }),
            ],
            Pick = best.ToList().IndexOf(_outcome.Pick),
            ErrorRows = _outcome.Chosen,
            Columns = [.. Columns()],
            Choices =
            [
                ("seed", _outcome.Settings.Seed.ToString(CultureInfo.InvariantCulture)),
                ("error of the pick on all rows", $"RMSE {Show.Value(result.Rmse)}, R² {Show.Share(result.R2)}"),
                ("formula with all digits", _outcome.Equation),
                ("ended because", _outcome.Ending),
            ],
            Notes = _outcome.Notes,
            Steps = [.. result.Steps.Select((step, i) => new ReportStep(step.Name, step.Message, step.Rmse, (step.Elapsed - (i == 0 ? TimeSpan.Zero : result.Steps[i - 1].Elapsed)).TotalSeconds))],
            Training = _training,
            Networks = _diagram is null ? [] : [(_diagram, "The most accurate network, before its edges became formulas.")],
            Attribution = _attribution,
            Edges = _edges,
            Activations = _activations,
            Structure = _structure,
            Actual = _outcome.Input.Rows.Targets.ToArray(),
            Predicted = _predicted,
        };
    }

    private IEnumerable<ReportColumn> Columns()
    {
        Dataset<double> rows = _outcome.Input.Rows;
        for (int column = 0; column < rows.Inputs; column++)
            yield return new ReportColumn { Name = rows.FeatureNames[column], Role = "feature", Values = [.. Enumerable.Range(0, rows.Count).Select(row => rows.Features[row * rows.Inputs + column])] };
        yield return new ReportColumn { Name = _outcome.Target, Role = "target", Values = rows.Targets.ToArray() };
        foreach (TableColumn column in _outcome.Input.Table.Columns.Where(column => column.IsNumeric && column.Name != _outcome.Target && !_outcome.Input.Encoding.Features.Any(feature => feature.Column == column.Name)))
            yield return new ReportColumn { Name = column.Name, Role = "left out", Values = column.Numbers.ToArray() };
    }
}
