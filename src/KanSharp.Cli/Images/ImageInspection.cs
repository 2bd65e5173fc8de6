using System.Globalization;
using KanSharp.Cli.Output;
using KanSharp.Interchange;
using KanSharp.Layers;
using KanSharp.Layers.Images;
using KanSharp.Networks.Images;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>What an image model is made of.</summary>
internal static class ImageInspection
{
    public static int Run(string path, bool json, Terminal terminal)
    {
        ImageModel<double> model = ImageModelFile.Load<double>(path);
        ImageNetwork<double> network = model.Network;
        ImageShape shape = network.Shape;
        if (json)
        {
            JsonResult.Write(terminal.Out, members =>
            {
                members.WriteString("command", "inspect");
                members.WriteString("model", path);
                members.WriteString("preset", network.Preset);
                members.WriteString("basis", network.Options.Basis);
                members.WriteNumber("parameters", network.CountParameters());
                members.Counts("image", [shape.Channels, shape.Height, shape.Width]);
                members.Texts("classes", model.ClassNames);
                members.WriteStartArray("layers");
                foreach (Module<double> layer in network.Layers.Layers)
                {
                    members.WriteStartObject();
                    members.WriteString("layer", Name(layer));
                    members.WriteString("what", What(layer));
                    members.WriteNumber("parameters", layer.CountParameters());
                    members.WriteEndObject();
                }

                members.WriteEndArray();
            });
            return ExitCode.Success;
        }

        ResultTable.Write(terminal, ["layer", "", "parameters"], [.. network.Layers.Layers.Select(layer => (string[])[Name(layer), What(layer), Show.Count(layer.CountParameters())])]);
        ResultTable.Pairs(
            terminal,
            [
                ("network", $"{network.Preset}{(network.Options.Basis is { } basis ? $" of {basis}" : "")}, {Show.Count(network.CountParameters())} parameters"),
                ("images", string.Create(CultureInfo.InvariantCulture, $"{shape.Channels} × {shape.Height} × {shape.Width} (channels, rows, columns), {model.Normalization}")),
                ("classes", string.Join(", ", model.ClassNames.Take(20))),
                .. model.Notes.Select(note => (note.Key, note.Value)),
            ]);
        return ExitCode.Success;
    }

    private static string Name(Module<double> layer) => layer.GetType().Name.Split('`')[0];

    private static string What(Module<double> layer) => layer switch
    {
        KanConv<double> conv => string.Create(CultureInfo.InvariantCulture, $"{conv.InputChannels} → {conv.OutputChannels}, {string.Join('×', conv.Window.Kernel)}, {conv.Kernels[0].Options.Basis.Family}"),
        Conv<double> conv => string.Create(CultureInfo.InvariantCulture, $"{conv.InputChannels} → {conv.OutputChannels}, {string.Join('×', conv.Window.Kernel)}"),
        KanLinear<double> kan => string.Create(CultureInfo.InvariantCulture, $"{kan.Inputs} → {kan.Outputs}, {kan.Options.Basis.Family}"),
        Linear<double> linear => string.Create(CultureInfo.InvariantCulture, $"{linear.Inputs} → {linear.Outputs}"),
        _ => "",
    };
}
