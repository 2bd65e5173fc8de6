using System.Globalization;
using System.Text.Json;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>Lists the functions that one edge of a stored model may be, and gives it one of them.</summary>
internal static class EdgeWork
{
    private const int MostRejected = 8, OtherColumns = 78;
    private static readonly Expression X = Expression.Variable("x");

    public static int Run(ModelPath path, Table table, SymbolicSettings settings, bool json, Terminal terminal, CancellationToken cancellation)
    {
        StoredNetwork<double> stored = StoredNetwork<double>.Load(path, settings.Missing);
        EdgeAddress edge = Address(stored.Network, settings.Edge!);
        CatalogFunction? function = settings.Fix is { } name ? Known(name, settings.Catalog) : null;
        Dataset<double> rows = stored.Rows(table, terminal);
        EdgeCurve curve = EdgeCurves.AtSamples(stored.Network, edge, stored.Model.Scale(rows).Inputs);
        EdgeFit fit = EdgeFitter.Fit([.. curve.X], [.. curve.Y], options: new EdgeFitOptions { Catalog = settings.Catalog }, cancellationToken: cancellation);
        cancellation.ThrowIfCancellationRequested();
        (EdgeCandidate Function, ErrorChange Errors)? changed = null;
        if (function is not null)
        {
            EdgeCandidate choice = Choice(fit, function);
            KanNetwork<double> network = stored.Network.WithSymbolicEdge(
                edge.Layer, edge.Input, edge.Output, choice.Function, choice.A, choice.B, choice.C, choice.D, choice.Exponent);
            string edit = $"edge {edge} became {choice.Function.Name}";
            changed = (choice, new ErrorChange(TabularEvaluation.Of(stored.Model, rows), TabularEvaluation.Of(stored.With(network, edit), rows)));
            stored.Save(settings.Out, network, edit);
        }

        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, edge, fit, settings, changed));
        else
            Text(edge, fit, settings, changed, terminal);
        return ExitCode.Success;
    }

    private static EdgeAddress Address(KanNetwork<double> network, int[] edge)
    {
        string given = string.Join(',', edge);
        if (edge[0] >= network.Stages.Count || edge[1] >= network.Stages[edge[0]].Inputs || edge[2] >= network.Stages[edge[0]].Subnodes)
            throw UserErrorException.Usage($"--edge {given}: the network [{network.Shape}] has no such edge; layer, input and output count from 0");
        return network.Mode(edge[0], edge[1], edge[2]) == EdgeMode.Off
            ? throw new UserErrorException($"--edge {given}: the edge is off, so it has no function")
            : new EdgeAddress(edge[0], edge[1], edge[2]);
    }

    private static CatalogFunction Known(string name, FunctionCatalog catalog) => catalog.Find(name)
        ?? throw UserErrorException.Usage($"--fix {name}: there is no such function in the library; known are {string.Join(", ", catalog.Select(known => known.Name))}");

    private static EdgeCandidate Choice(EdgeFit fit, CatalogFunction function) => fit.Candidates.FirstOrDefault(candidate => candidate.Function.Family == function.Family)
        ?? throw new UserErrorException($"--fix {function.Name}: {fit.Rejected.FirstOrDefault(rejected => rejected.Function.Family == function.Family)?.Reason ?? "the function is no candidate"}");

    private static void Text(EdgeAddress edge, EdgeFit fit, SymbolicSettings settings, (EdgeCandidate Function, ErrorChange Errors)? changed, Terminal terminal)
    {
        ResultTable.Write(
            terminal,
            ["function", "R²", "RMSE", "complexity", "score", "", $"edge {edge}"],
            [
                .. fit.Candidates.Take(settings.Top).Select((candidate, i) => (string[])
                [
                    candidate.Function.Name, R2(candidate), Show.Value(candidate.Rmse), Show.Count(candidate.Complexity), candidate.Score.ToString("0.0", CultureInfo.InvariantCulture),
                    i < fit.Passing ? "" : "R² too low", Formulas.Cell(terminal, candidate.Apply(X), OtherColumns),
                ]),
            ]);
        terminal.Out.WriteLine(fit.Message);
        foreach (EdgeRejection rejected in fit.Rejected.Take(MostRejected))
            terminal.Note($"no candidate: {rejected.Function.Name}. {rejected.Reason}");
        if (fit.Rejected.Count > MostRejected)
            terminal.Note($"{fit.Rejected.Count - MostRejected} more are no candidates; --json lists them all");
        if (changed is not { } done)
            return;
        done.Errors.Text(terminal);
        ResultTable.Pairs(terminal, [("edge", $"{edge} = {Formulas.Short(done.Function.Apply(X))}"), ("model", settings.Out)]);
    }

    private static void Members(Utf8JsonWriter json, EdgeAddress edge, EdgeFit fit, SymbolicSettings settings, (EdgeCandidate Function, ErrorChange Errors)? changed)
    {
        json.WriteString("command", "symbolic");
        json.Counts("edge", [edge.Layer, edge.Input, edge.Output]);
        json.WriteString("best", fit.Best?.Function.Name);
        json.WriteString("message", fit.Message);
        json.WriteStartArray("candidates");
        for (int i = 0; i < Math.Min(fit.Candidates.Count, settings.Top); i++)
        {
            EdgeCandidate candidate = fit.Candidates[i];
            json.WriteStartObject();
            json.WriteString("function", candidate.Function.Name);
            json.Number("r2", candidate.R2);
            json.Number("rmse", candidate.Rmse);
            json.WriteNumber("complexity", candidate.Complexity);
            json.Number("score", candidate.Score);
            json.WriteBoolean("passes", i < fit.Passing);
            json.Number("a", candidate.A);
            json.Number("b", candidate.B);
            json.Number("c", candidate.C);
            json.Number("d", candidate.D);
            json.Number("exponent", candidate.Exponent);
            json.WriteString("formula", candidate.Apply(X).ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rejected");
        foreach (EdgeRejection rejected in fit.Rejected)
        {
            json.WriteStartObject();
            json.WriteString("function", rejected.Function.Name);
            json.WriteString("reason", rejected.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (changed is not { } done)
            return;
        json.WriteString("fixed", done.Function.Function.Name);
        json.WriteString("model", settings.Out);
        done.Errors.Members(json);
    }

    /// <summary>R², with as many nines as there are, where four decimals would say 1.</summary>
    private static string R2(EdgeCandidate candidate) => candidate.R2 is > 0.99995 and < 1 ? "1 − " + (1 - candidate.R2).ToString("0.0e0", CultureInfo.InvariantCulture) : Show.Share(candidate.R2);
}
