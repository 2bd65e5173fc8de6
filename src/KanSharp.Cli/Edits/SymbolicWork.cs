using System.Text.Json;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interpretation;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>Makes all edges of a stored model symbolic.</summary>
internal sealed class SymbolicWork
{
    private const int OtherColumns = 60;
    private readonly SymbolicSettings _settings;
    private readonly SymbolicSearchResult _result;
    private readonly ErrorChange _errors;
    private readonly (string Name, HallOfFame Hall)[] _formulas;

    private SymbolicWork(SymbolicSettings settings, SymbolicSearchResult result, (string Name, HallOfFame Hall)[] formulas, ErrorChange errors) =>
        (_settings, _result, _formulas, _errors) = (settings, result, formulas, errors);

    public static int Run(ModelPath path, Table table, SymbolicSettings settings, bool json, Terminal terminal, CancellationToken cancellation)
    {
        StoredNetwork<double> stored = StoredNetwork<double>.Load(path, settings.Missing);
        TabularModel<double> model = stored.Model;
        DataSplit<double> split = stored.Rows(table, terminal).Split(settings.Validation, 0, settings.Seed);
        var options = new SymbolicSearchOptions
        {
            Names = model.Encoding.FeatureNames,
            Edges = new EdgeFitOptions { Catalog = settings.Catalog },
            Seed = settings.Seed,
            Snap = null,
        };
        SymbolicSearchResult result = FormulaDisplay.Run(terminal, show => SymbolicSearch.Run(
            stored.Network,
            model.Scale(split.Train, split.Validation),
            options,
            new Reports<SymbolicProgress>(value => show(value.Step, value.Best, value.Elapsed, 0)),
            cancellation));
        if (ReferenceEquals(result.Network, stored.Network) || result.Halls.Any(hall => hall.Pick is null))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new UserErrorException($"{path.Path}: {result.Message} kan symbolic {path.Path} DATA --edge L,I,O lists the functions of an edge");
        }

        string[] names = ModelFormulas.Names(model);
        (string Name, HallOfFame Hall)[] formulas = [.. TabularFormulas.Of(result, model, split.Train, split.Validation!, cancellation).Select((hall, output) => (names[output], hall))];
        Dataset<double> judge = split.Validation!;
        TabularModel<double> symbolic = TabularFormulas.ToModel(
            [.. formulas.Select(formula => formula.Hall.Pick!.Formula)], model.Encoding, model.Units, stored.With(model.Network, "made symbolic").Notes);
        ModelFile.Save(settings.Out, symbolic);
        var work = new SymbolicWork(settings, result, formulas, new ErrorChange(TabularEvaluation.Of(model, judge), TabularEvaluation.Of(symbolic, judge)));
        if (json)
            JsonResult.Write(terminal.Out, work.Members);
        else
            work.Text(terminal);
        return cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Success;
    }

    private void Text(Terminal terminal)
    {
        SymbolicStep[] kept = [.. _result.Steps.Where(step => !step.TakenBack)];
        if (kept.Length > 0)
        {
            ResultTable.Write(
                terminal,
                ["step", "scaled RMSE before", "with functions", "refitted"],
                [.. kept.Select(step => (string[])[ResultTable.Cut(step.Description, Math.Max(24, terminal.Width - OtherColumns)), Show.Value(step.RmseBefore), Show.Value(step.RmseSnapped), Show.Value(step.RmseRefitted)])]);
        }

        if (kept.Length < _result.Steps.Count)
            terminal.Note($"{_result.Steps.Count - kept.Length} other steps were tried and taken back; --json lists them");
        foreach ((string name, HallOfFame hall) in _formulas)
        {
            Formulas.Table(terminal, hall.Best, hall.Pick);
            ResultTable.Pairs(terminal, [("formula", Formulas.Equation(name, hall.Pick!.Formula))]);
        }

        _errors.Text(terminal);
        ResultTable.Pairs(terminal, [("time", Show.Time(_result.Seconds)), ("model", _settings.Out)]);
    }

    private void Members(Utf8JsonWriter json)
    {
        json.WriteString("command", "symbolic");
        json.WriteString("model", _settings.Out);
        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(_result.Reason.ToString()));
        json.WriteString("message", _result.Message);
        json.Number("seconds", _result.Seconds);
        json.WriteStartArray("steps");
        foreach (SymbolicStep step in _result.Steps)
        {
            json.WriteStartObject();
            json.WriteString("description", step.Description);
            json.Number("rmse_before", step.RmseBefore);
            json.Number("rmse_snapped", step.RmseSnapped);
            json.Number("rmse_refitted", step.RmseRefitted);
            json.WriteBoolean("taken_back", step.TakenBack);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("formulas");
        foreach ((string name, HallOfFame hall) in _formulas)
        {
            FormulaCandidate pick = hall.Pick!;
            json.WriteStartObject();
            json.WriteString("target", name);
            json.WriteString("formula", pick.Formula.ToString());
            json.WriteNumber("complexity", pick.Complexity);
            json.Number("rmse", pick.Rmse);
            json.Number("r2", pick.R2);
            json.Members("hall_of_fame", hall.Best, pick);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        _errors.Members(json);
    }
}
