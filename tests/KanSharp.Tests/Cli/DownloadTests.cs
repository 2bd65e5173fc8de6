using System.IO.Compression;
using System.Security.Cryptography;
using KanSharp.Cli.Downloads;
using KanSharp.Data.Images;
using KanSharp.Tests.Data.Images;

namespace KanSharp.Tests.Cli;

/// <summary>Downloads against a server in memory: resumption, verification, other addresses, no connection, cancellation.</summary>
public sealed class DownloadTests
{
    private const string First = "http://first.example/data.gz", Second = "http://second.example/data.gz";
    private static readonly byte[] Content = PngTests.Noise(3000, seed: 1);
    private static readonly byte[] Packed = Pack(Content, CompressionLevel.Fastest);
    private static readonly KnownFile File1 = Known(First, Second);

    [Fact]
    public async Task A_file_is_downloaded_checked_and_renamed()
    {
        using var folder = new CliFolder();
        using var server = Server(First);
        long last = 0;
        await new FileDownload(server).GetAsync(File1, folder["set/data.gz"], bytes => last = bytes, default);
        Assert.Equal(Packed, File.ReadAllBytes(folder["set/data.gz"]));
        Assert.Equal(Packed.Length, last);
        Assert.False(File.Exists(folder["set/data.gz.part"]));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        using var folder = new CliFolder();
        using var server = Server(First);
        server.Breaks.Enqueue(1000);
        server.Breaks.Enqueue(500);
        await new FileDownload(server).GetAsync(File1, folder["data.gz"], null, default);
        Assert.Equal([$"{First} 0", $"{First} 1000", $"{First} 1500"], server.Requests);
        Assert.Equal(Packed, File.ReadAllBytes(folder["data.gz"]));
    }

    [Fact]
    public async Task A_part_that_is_there_is_gone_on_with_and_a_server_without_ranges_starts_anew()
    {
        using var folder = new CliFolder();
        foreach (bool ignores in (bool[])[false, true])
        {
            using var server = new FakeServer { IgnoresRanges = ignores };
            server.Add(First, Packed);
            File.WriteAllBytes(folder["data.gz.part"], Packed[..700]);
            await new FileDownload(server).GetAsync(File1, folder["data.gz"], null, default);
            Assert.Equal([$"{First} 700"], server.Requests);
            Assert.Equal(Packed, File.ReadAllBytes(folder["data.gz"]));
        }
    }

    [Fact]
    public async Task A_wrong_part_is_thrown_away_and_loaded_again()
    {
        using var folder = new CliFolder();
        using var server = Server(First);
        File.WriteAllBytes(folder["data.gz.part"], new byte[700]);
        await new FileDownload(server).GetAsync(File1, folder["data.gz"], null, default);
        Assert.Equal([$"{First} 700", $"{First} 0"], server.Requests);
        File.WriteAllBytes(folder["data.gz.part"], new byte[Packed.Length + 900]);
        await new FileDownload(server).GetAsync(File1, folder["data.gz"], null, default);
        Assert.Equal(Packed, File.ReadAllBytes(folder["data.gz"]));
    }

    [Fact]
    public async Task The_next_address_is_tried_and_another_packing_accepted()
    {
        using var folder = new CliFolder();
        using var server = new FakeServer();
        server.Add(First, [.. Packed.Reverse()]);
        server.Add(Second, Pack(Content, CompressionLevel.NoCompression));
        await new FileDownload(server).GetAsync(File1, folder["data.gz"], null, default);
        Assert.Equal([$"{First} 0", $"{Second} 0"], server.Requests);
        Assert.Null(DataCache.Verify(File1, folder["data.gz"]));
    }

    [Fact]
    public async Task Without_a_connection_every_address_is_named_with_its_problem()
    {
        using var folder = new CliFolder();
        using var server = new FakeServer();
        server.Add(Second, [1, 2, 3]);
        DownloadException e = await Assert.ThrowsAsync<DownloadException>(() =>
            new FileDownload(server).GetAsync(Known("http://unreachable.example/data.gz", First, Second), folder["data.gz"], null, default));
        Assert.Contains("no route to host", e.Problems[0]);
        Assert.Contains("404", e.Problems[1]);
        Assert.Contains("SHA-256", e.Problems[2]);
        Assert.False(File.Exists(folder["data.gz"]));
    }

    [Fact]
    public async Task Cancelling_keeps_the_part()
    {
        using var folder = new CliFolder();
        using var server = Server(First);
        using var source = new CancellationTokenSource();
        server.Sent = bytes =>
        {
            if (bytes >= 800)
                source.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new FileDownload(server).GetAsync(File1, folder["data.gz"], null, source.Token));
        long kept = new FileInfo(folder["data.gz.part"]).Length;
        Assert.InRange(kept, 700, 800);
        server.Sent = null;
        await new FileDownload(server).GetAsync(File1, folder["data.gz"], null, default);
        Assert.Equal($"{First} {kept}", server.Requests[^1]);
        Assert.Equal(Packed, File.ReadAllBytes(folder["data.gz"]));
    }

    internal static byte[] Pack(byte[] content, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static FakeServer Server(string address)
    {
        var server = new FakeServer();
        server.Add(address, Packed);
        return server;
    }

    private static KnownFile Known(params string[] addresses) => new(
        "data.gz", Packed.Length, Convert.ToHexStringLower(SHA256.HashData(Packed)), Convert.ToHexStringLower(SHA256.HashData(Content)), [.. addresses.Select(address => new Uri(address))]);
}
