using System.Globalization;
using System.Numerics;
using System.Text.Json;
using KanSharp.Bases;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Cli.Models;

/// <summary>Says what a model file holds.</summary>
internal static class ModelSummary
{
    public static int Run<T>(ModelPath path, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TabularModel<T>? model = path.Info.IsTabular ? ModelFile.LoadTabular<T>(path.Path) : null;
        Module<T> network = model?.Network ?? ModelFile.LoadNetwork<T>(path.Path);
        if (json)
            JsonResult.Write(terminal.Out, members => Members(members, path, network, model));
        else
            Text(path, network, model, terminal);
        return ExitCode.Success;
    }

    private static void Text<T>(ModelPath path, Module<T> network, TabularModel<T>? model, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pairs = new List<(string, string)>
        {
            ("file", string.Create(CultureInfo.InvariantCulture, $"{path.Path}, {Show.Count(new FileInfo(path.Path).Length)} bytes, {(path.Info.IsSingle ? "f32" : "f64")}")),
            ("network", Structure(network)),
        };
        if (model is not null)
        {
            pairs.Add(("task", TaskNames.Of(model.Task, model.Encoding.Target.Outputs)));
            pairs.Add(("target", string.Join(", ", model.Encoding.Target.Columns.Select(column => WithUnit(model, column)))));
            if (model.Classes.Count > 0)
                pairs.Add(("classes", string.Join(", ", model.Classes)));
            pairs.Add(("missing", model.Encoding.Missing switch { MissingValues.DropRow => "rows with missing cells are left out", MissingValues.Mean => "missing cells take the mean", _ => "a missing cell is an error" }));
            pairs.AddRange(model.Notes.OrderBy(note => note.Key, StringComparer.Ordinal).Select(note => (note.Key.Replace('_', ' '), note.Value)));
        }

        ResultTable.Pairs(terminal, pairs);
        if (model is not null)
            Scaling(model, terminal);
    }

    private static void Scaling<T>(TabularModel<T> model, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ResultTable.Write(
            terminal,
            ["feature", "from (−1)", "to (+1)"],
            [.. model.Encoding.FeatureNames.Select((name, i) => (string[])
            [
                WithUnit(model, name), Show.Value(model.InputScaling.Center[i] - model.InputScaling.Spread[i]), Show.Value(model.InputScaling.Center[i] + model.InputScaling.Spread[i]),
            ])]);
        if (model.TargetScaling is not { } scaling)
            return;
        ResultTable.Write(
            terminal,
            ["target", "mean", "standard deviation"],
            [.. model.Encoding.Target.Columns.Select((name, i) => (string[])[WithUnit(model, name), Show.Value(scaling.Center[i]), Show.Value(scaling.Spread[i])])]);
    }

    private static string Structure<T>(Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => network switch
        {
            KanNetwork<T> kan => kan.Summary().TrimEnd(),
            Mlp<T> mlp => string.Create(CultureInfo.InvariantCulture, $"MLP [{string.Join(", ", mlp.Widths)}], {mlp.Activation.Name}, {mlp.CountParameters()} trainable parameters"),
            _ => network.GetType().Name,
        };

    private static string WithUnit<T>(TabularModel<T> model, string column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Units.TryGetValue(column, out string? unit) ? $"{column} [{unit}]" : column;

    private static void Members<T>(Utf8JsonWriter json, ModelPath path, Module<T> network, TabularModel<T>? model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        json.WriteString("command", "inspect");
        json.WriteString("model", path.Path);
        json.WriteString("network", path.Info.Kind);
        json.WriteString("precision", path.Info.IsSingle ? "f32" : "f64");
        json.Counts("width", network switch { KanNetwork<T> kan => kan.Widths, Mlp<T> mlp => mlp.Widths, _ => [] });
        json.WriteNumber("parameters", network.CountParameters());
        if (network is KanNetwork<T> layered)
        {
            json.WriteStartArray("layers");
            foreach (KanLinear<T> layer in layered.Layers)
            {
                json.WriteStartObject();
                json.WriteNumber("inputs", layer.Inputs);
                json.WriteNumber("outputs", layer.Outputs);
                json.WriteString("basis", layer.Options.Basis.Family);
                if (layer.Options.Basis is BSplineOptions spline)
                {
                    json.WriteNumber("grid", spline.Intervals);
                    json.WriteNumber("degree", spline.Degree);
                }
                else
                {
                    json.WriteNumber("functions", layer.Options.Basis.Count);
                }

                json.WriteString("base", layer.Options.BaseActivation?.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (model is null)
            return;
        json.WriteString("task", TaskNames.Key(model.Task));
        json.Texts("targets", model.Encoding.Target.Columns);
        json.Texts("classes", model.Classes);
        json.Texts("features", model.Encoding.FeatureNames);
        json.WriteString("missing", JsonNamingPolicy.SnakeCaseLower.ConvertName(model.Encoding.Missing.ToString()));
        Scaling(json, "input_scaling", model.InputScaling);
        if (model.TargetScaling is not null)
            Scaling(json, "target_scaling", model.TargetScaling);
        Texts(json, "units", model.Units);
        Texts(json, "notes", model.Notes);
    }

    private static void Scaling(Utf8JsonWriter json, string name, LinearScaling scaling)
    {
        json.WriteStartObject(name);
        foreach ((string part, IReadOnlyList<double> values) in ((string, IReadOnlyList<double>)[])[("center", scaling.Center), ("spread", scaling.Spread)])
        {
            json.WriteStartArray(part);
            foreach (double value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach ((string key, string text) in texts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(key, text);
        json.WriteEndObject();
    }
}
