using System.Globalization;
using KanSharp.Cli.Output;
using KanSharp.Data.Images;

namespace KanSharp.Cli.Downloads;

/// <summary>What kan data does: brings files of known data sets into the folder of data sets, and says what is there.</summary>
internal static class DataWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Fetches a data set, from a folder or from the network.</summary>
    public static int Get(KnownDataset set, string? from, string? to, bool json, HttpMessageHandler handler, Terminal terminal, CancellationToken cancellation)
    {
        string folder = to ?? DataCache.DefaultFolder();
        var files = new List<(string Path, string How)>();
        if (from is not null)
            files.AddRange(DataCache.Import(set, from, folder).Select(path => (path, "copied")));
        foreach (KnownFile file in from is null ? set.Files : [])
        {
            if (DataCache.Find(set, file, folder) is { } present && DataCache.Verify(file, present) is null)
            {
                files.Add((present, "present"));
                continue;
            }

            string target = DataCache.PathOf(set, file, folder);
            Download(set, file, target, handler, terminal, cancellation);
            files.Add((target, "downloaded"));
        }

        if (json)
            Json(set, folder, files, terminal);
        else
            Text(set, folder, files, terminal);
        return ExitCode.Success;
    }

    /// <summary>Size of a file or a set: 11.6 MB.</summary>
    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB";

    private static void Download(KnownDataset set, KnownFile file, string target, HttpMessageHandler handler, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            var download = new FileDownload(handler);
            if (terminal.IsInteractive)
            {
                StatusDisplay.Run(terminal, show =>
                {
                    download.GetAsync(file, target, bytes => show(Math.Min(1, (double)bytes / file.Size), $"{file.Name} {Megabytes(bytes)}"), cancellation).GetAwaiter().GetResult();
                    return 0;
                });
                return;
            }

            terminal.Note($"downloading {file.Name} ({Megabytes(file.Size)})");
            var watch = System.Diagnostics.Stopwatch.StartNew();
            TimeSpan next = Interval;
            download.GetAsync(file, target, Line, cancellation).GetAwaiter().GetResult();

            void Line(long bytes)
            {
                if (watch.Elapsed < next)
                    return;
                next = watch.Elapsed + Interval;
                terminal.Note($"{file.Name}: {Megabytes(bytes)} of {Megabytes(file.Size)}");
            }
        }
        catch (DownloadException e)
        {
            throw new UserErrorException(
                $"{e.Message}\nWithout a connection: fetch the files of '{set.Name}' ({string.Join(", ", set.Files.Select(one => one.Name))}) elsewhere and run 'kan data get {set.Name} --from FOLDER', or put {file.Name} there yourself: {target}");
        }
    }

    private static void Text(KnownDataset set, string folder, List<(string Path, string How)> files, Terminal terminal)
    {
        foreach ((string path, string how) in files)
            terminal.Out.WriteLine($"{Path.GetFileName(path)}: {how}");
        terminal.Out.WriteLine($"{set.Name} is in {Path.Combine(folder, set.Name)}.");
    }

    private static void Json(KnownDataset set, string folder, List<(string Path, string How)> files, Terminal terminal) => JsonResult.Write(terminal.Out, json =>
    {
        json.WriteString("name", set.Name);
        json.WriteString("folder", folder);
        json.WriteStartArray("files");
        foreach ((string path, string how) in files)
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("state", how);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
