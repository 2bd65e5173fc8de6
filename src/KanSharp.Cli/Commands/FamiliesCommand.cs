using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Layers;
using KanSharp.Plotting;

namespace KanSharp.Cli.Commands;

/// <summary>kan families: lists the families of functions that kan fit --basis takes.</summary>
internal static class FamiliesCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> pictures = Parse.Text("--pictures", "DIR", "Folder that receives a picture of the functions of every family, as SVG.");
        Option<bool> json = Parse.Json();
        var command = new Command("families", "List the families of functions for --basis.") { pictures, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(pictures) is { } folder)
                Draw(folder);
            if (parsed.GetValue(json))
                JsonResult.Write(terminal.Out, Members);
            else
                Text(terminal);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Draw(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (KanFamily family in KanFamilies.All)
            OutputFile.Write(Path.Combine(folder, family.Name + ".svg"), FamilyPictures.Functions(family.Options(), family.Name).Draw().ToSvg());
    }

    private static void Text(Terminal terminal)
    {
        int width = KanFamilies.All.Max(family => family.Name.Length);
        foreach (KanFamily family in KanFamilies.All)
        {
            string size = family.SizeMeaning.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" [{family.SizeMeaning}: {family.DefaultSize}]");
            terminal.Out.WriteLine($"{family.Name.PadRight(width)}  {family.Summary}{size}");
        }
    }

    private static void Members(Utf8JsonWriter json)
    {
        json.WriteString("command", "families");
        json.WriteStartArray("families");
        foreach (KanFamily family in KanFamilies.All)
        {
            json.WriteStartObject();
            json.WriteString("name", family.Name);
            json.WriteString("summary", family.Summary);
            if (family.SizeMeaning.Length > 0)
            {
                json.WriteString("size", family.SizeMeaning);
                json.WriteNumber("default_size", family.DefaultSize);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
