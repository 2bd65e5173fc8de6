using System.Net;
using System.Net.Http.Headers;
using KanSharp.Data.Images;

namespace KanSharp.Cli.Downloads;

/// <summary>
/// Downloads a file: into FILE.part, which an interrupted download leaves behind and the next one goes on with; checked, then renamed. Several addresses
/// are tried one after the other.
/// </summary>
internal sealed class FileDownload(HttpMessageHandler handler)
{
    private const int Attempts = 3;
    private const int BufferBytes = 1 << 16;

    // Another packing of the same content may be longer than the file that is known
    private const long Slack = 1 << 20;

    /// <summary>Time without a byte after which a connection is given up.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Downloads a file and verifies it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="target">Where it is put; the folder is created.</param>
    /// <param name="progress">Told the bytes there are; may be null.</param>
    /// <param name="cancellation">Stops; the part that has come stays.</param>
    /// <exception cref="DownloadException">No address gave the file.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task GetAsync(KnownFile file, string target, Action<long>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        string part = target + ".part";
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("kan", null));
        var problems = new List<string>();
        foreach (Uri address in file.Addresses)
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                long before = Length(part);
                string? problem = await TryAsync(client, file, address, part, progress, cancellation);
                if (problem is null)
                {
                    File.Move(part, target, overwrite: true);
                    return;
                }

                bool again = Length(part) > before || (before > 0 && Length(part) == 0);
                if (!again || attempt == Attempts - 1)
                {
                    problems.Add($"{address}: {problem}");
                    break;
                }
            }
        }

        throw new DownloadException(file, problems);
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>One request; null if the file is complete and right, otherwise what went wrong.</summary>
    private async Task<string?> TryAsync(HttpClient client, KnownFile file, Uri address, string part, Action<long>? progress, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            long present = Length(part);
            if (present >= file.Size && DataCache.Verify(file, part) is null)
                return null;
            stall.CancelAfter(Stall);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (present > 0)
                request.Headers.Range = new RangeHeaderValue(present, null);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                File.Delete(part);
                return "the part downloaded earlier is of no use";
            }

            if (!response.IsSuccessStatusCode)
                return $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}";
            bool resumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == present;
            await using (Stream input = await response.Content.ReadAsStreamAsync(stall.Token))
            await using (var output = new FileStream(part, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                var buffer = new byte[BufferBytes];
                while (true)
                {
                    stall.CancelAfter(Stall);
                    int read = await Receive(input, buffer, stall.Token);
                    if (read == 0)
                        break;
                    await output.WriteAsync(buffer.AsMemory(0, read), cancellation);
                    progress?.Invoke(output.Position);
                    if (output.Position > 2 * file.Size + Slack)
                        break;
                }
            }

            if (DataCache.Verify(file, part) is not { } wrong)
                return null;
            File.Delete(part);
            return wrong;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"nothing came for {Stall.TotalSeconds:0} seconds";
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            return e.InnerException?.Message ?? e.Message;
        }
    }

    /// <summary>Reads from the connection; one that breaks is an error of the network, not of the disk.</summary>
    private static async Task<int> Receive(Stream input, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await input.ReadAsync(buffer, cancellation);
        }
        catch (IOException error) when (error is not HttpIOException)
        {
            throw new HttpRequestException(error.Message, error);
        }
    }
}
