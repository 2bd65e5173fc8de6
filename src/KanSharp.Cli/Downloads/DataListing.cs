using System.Text.Json;
using KanSharp.Cli.Output;
using KanSharp.Data.Images;

namespace KanSharp.Cli.Downloads;

/// <summary>kan data list: the data sets, and which of their files are there.</summary>
internal static class DataListing
{
    public static void Write(string? to, bool json, Terminal terminal)
    {
        string folder = to ?? DataCache.DefaultFolder();
        if (json)
        {
            JsonResult.Write(terminal.Out, writer => Members(writer, folder));
            return;
        }

        ResultTable.Write(terminal, ["name", "size", "files there"], [.. KnownImages.All.Select(set =>
            (string[])[set.Name, DataWork.Megabytes(set.Size), $"{set.Files.Count(file => DataCache.Find(set, file, folder) is not null)} of {set.Files.Count}"])]);
        foreach (KnownDataset set in KnownImages.All)
            terminal.Out.WriteLine($"{set.Name}: {set.Summary}");
        terminal.Out.WriteLine($"They are kept in {folder}; {DataCache.Variable} or --to names another folder.");
    }

    private static void Members(Utf8JsonWriter json, string folder)
    {
        json.WriteString("folder", folder);
        json.WriteStartArray("sets");
        foreach (KnownDataset set in KnownImages.All)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("summary", set.Summary);
            json.WriteNumber("bytes", set.Size);
            json.WriteBoolean("present", set.Files.All(file => DataCache.Find(set, file, folder) is not null));
            json.WriteStartArray("files");
            foreach (KnownFile file in set.Files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteNumber("bytes", file.Size);
                json.WriteString("path", DataCache.Find(set, file, folder));
                json.WriteString("sha256", file.Sha256);
                json.Texts("addresses", file.Addresses.Select(address => address.ToString()));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
