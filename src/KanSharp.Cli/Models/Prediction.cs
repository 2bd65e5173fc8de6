using System.Numerics;
using System.Text.Json;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Cli.Models;

/// <summary>Predicts a table and writes the result.</summary>
internal static class Prediction
{
    public static int Run<T>(ModelPath path, Table table, MissingValues? missing, string? output, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T> model = path.Load<T>(missing);
        FitInput.CheckMissing(table, [.. model.Encoding.Features.Select(feature => feature.Column)], model.Encoding.Missing);
        TabularPrediction prediction = model.Predict(table);
        FitNotes.Encoding(prediction.Encoding, terminal);
        if (prediction.Encoding.DroppedRows > 0)
            terminal.Note("note: their cells are empty in the result");
        string text = json ? Json(prediction, table) : Csv(prediction, table);
        if (output is null)
        {
            terminal.Out.Write(text);
            return ExitCode.Success;
        }

        OutputFile.Write(output, text);
        terminal.Note($"{prediction.Count} predictions written to {output}");
        return ExitCode.Success;
    }

    private static string Csv(TabularPrediction prediction, Table table)
    {
        using var writer = new StringWriter();
        Data.Csv.Write(writer, PredictionTable.Of(prediction, table.RowCount));
        return writer.ToString();
    }

    private static string Json(TabularPrediction prediction, Table table) => JsonResult.Text(json =>
    {
        json.WriteString("command", "predict");
        json.Texts("target", prediction.Target.Columns);
        json.WriteNumber("rows", prediction.Count);
        json.WriteNumber("dropped", prediction.Encoding.DroppedRows);
        json.WriteStartArray("predictions");
        for (int i = 0; i < prediction.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("line", table.LineOf(prediction.Encoding.Rows[i]));
            Members(json, prediction, i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }) + "\n";

    private static void Members(Utf8JsonWriter json, TabularPrediction prediction, int row)
    {
        TargetEncoding target = prediction.Target;
        if (target.Task == TaskKind.Regression)
        {
            for (int column = 0; column < target.Columns.Count; column++)
                json.Number(target.Columns[column], prediction.Row(row)[column]);
            return;
        }

        json.WriteString(target.Columns[0], target.Classes[prediction.ClassOf(row)]);
        json.WriteStartObject("probabilities");
        for (int label = 0; label < target.Classes.Count; label++)
            json.Number(target.Classes[label], prediction.Row(row)[label]);
        json.WriteEndObject();
    }
}
