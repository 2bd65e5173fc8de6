using System.Net;
using System.Net.Http.Headers;

namespace KanSharp.Tests.Cli;

/// <summary>Answers requests from memory, ranges included; no network is used.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>What was asked for, with the start of the range.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Bytes after which a connection breaks, one entry for each of the first requests; negative for never.</summary>
    public Queue<int> Breaks { get; } = new();

    /// <summary>Whether ranges are answered with the whole file.</summary>
    public bool IgnoresRanges { get; init; }

    /// <summary>Called after each piece that was sent.</summary>
    public Action<long>? Sent { get; set; }

    public void Add(string address, byte[] content) => _files[address] = content;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string address = request.RequestUri!.ToString();
        long from = request.Headers.Range?.Ranges.Single().From ?? 0;
        Requests.Add($"{address} {from}");
        if (address.Contains("unreachable", StringComparison.Ordinal))
            throw new HttpRequestException("no route to host");
        if (!_files.TryGetValue(address, out byte[]? content))
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        if (from > content.Length)
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable));
        if (IgnoresRanges)
            from = 0;
        int breakAfter = Breaks.Count > 0 ? Breaks.Dequeue() : -1;
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = new StreamContent(new Body(content[(int)from..], breakAfter, Sent)) };
        response.Content.Headers.ContentLength = content.Length - from;
        if (from > 0)
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, content.Length - 1, content.Length);
        return Task.FromResult(response);
    }

    /// <summary>Gives at most 100 bytes a time, and breaks where it should.</summary>
    private sealed class Body(byte[] content, int breakAfter, Action<long>? sent) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (breakAfter >= 0 && Position >= breakAfter)
                throw breakAfter % 2 == 0 ? new HttpIOException(HttpRequestError.ResponseEnded, "the connection ended") : new IOException("Unable to read data from the transport connection");
            int read = Read(buffer.Span[..Math.Min(buffer.Length, 100)]);
            sent?.Invoke(Position);
            return ValueTask.FromResult(read);
        }
    }
}
