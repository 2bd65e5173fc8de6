using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Layers;

namespace KanSharp.Cli.Commands;

/// <summary>kan families: lists the families of functions that kan fit --basis takes.</summary>
internal static class FamiliesCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<bool> json = Parse.Json();
        var command = new Command("families", "List the families of functions for --basis.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                JsonResult.Write(terminal.Out, Members);
            else
                Text(terminal);
            return ExitCode.Success;
        });
        return command;
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
