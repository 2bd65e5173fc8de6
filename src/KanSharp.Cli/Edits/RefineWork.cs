using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>Refines the grids of a stored model.</summary>
internal static class RefineWork
{
    public static int Run<T>(ModelPath path, int[] intervals, Table? table, MissingValues? missing, string file, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (table is not null && !path.Info.IsTabular)
            throw UserErrorException.Usage($"--data: {path.Path} is a bare network without column names, so a table can not be put in");
        StoredNetwork<T> stored = StoredNetwork<T>.Load(path, missing);
        int layers = stored.Network.Layers.Count;
        if (intervals.Length != 1 && intervals.Length != layers)
        {
            throw UserErrorException.Usage(string.Create(
                CultureInfo.InvariantCulture, $"--grid {string.Join(',', intervals)}: the network has {layers} layers; give one number for all, or {layers} numbers"));
        }

        if (intervals.Length == 1)
            intervals = [.. Enumerable.Repeat(intervals[0], layers)];
        Dataset<double>? rows = table is null ? null : stored.Rows(table, terminal);
        RefineResult<T> refined = stored.Network.Refine(intervals, rows is null ? null : stored.Model.Scale(rows).Inputs);
        string edit = $"refined to grid {string.Join(',', intervals)}";
        ErrorChange? errors = rows is null ? null : new ErrorChange(TabularEvaluation.Of(stored.Model, rows), TabularEvaluation.Of(stored.With(refined.Network, edit), rows));
        stored.Save(file, refined.Network, edit);
        foreach (string note in refined.Layers.SelectMany(layer => layer.Report.Notes))
            terminal.Note($"note: {note}");
        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, refined, errors, file));
        else
            Text(refined, errors, file, terminal);
        return ExitCode.Success;
    }

    private static void Text<T>(RefineResult<T> refined, ErrorChange? errors, string file, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ResultTable.Write(
            terminal,
            ["layer", "grid before", "grid", "change of its functions"],
            [.. refined.Layers.Select((layer, i) => (string[])[Show.Count(i), Show.Count(layer.Report.IntervalsBefore), Show.Count(layer.Report.Intervals), Show.Value(layer.Report.RelativeChange)])]);
        errors?.Text(terminal);
        ResultTable.Pairs(terminal, [("parameters", Show.Count(refined.Network.CountParameters())), ("model", file)]);
    }

    private static void Members<T>(Utf8JsonWriter json, RefineResult<T> refined, ErrorChange? errors, string file)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        json.WriteString("command", "refine");
        json.WriteString("model", file);
        json.WriteNumber("parameters", refined.Network.CountParameters());
        json.WriteStartArray("layers");
        foreach (RefinedLayer<T> layer in refined.Layers)
        {
            json.WriteStartObject();
            json.WriteNumber("grid_before", layer.Report.IntervalsBefore);
            json.WriteNumber("grid", layer.Report.Intervals);
            json.Number("relative_change", layer.Report.RelativeChange);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        errors?.Members(json);
        json.Texts("notes", refined.Layers.SelectMany(layer => layer.Report.Notes));
    }
}
