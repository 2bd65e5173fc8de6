using System.IO.Compression;
using System.Runtime.InteropServices;

namespace KanSharp.Tests.Interchange.PyTorch;

/// <summary>Archives as torch.save writes them, put together by hand.</summary>
internal static class TorchZip
{
    /// <summary>An archive of a pickle and storages.</summary>
    public static byte[] Make(byte[] pickle, params (string Name, byte[] Bytes)[] others) => Make("archive", CompressionLevel.NoCompression, pickle, others);

    public static byte[] Make(string root, CompressionLevel level, byte[] pickle, params (string Name, byte[] Bytes)[] others)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in others.Prepend(("data.pkl", pickle)))
            {
                using Stream entry = zip.CreateEntry($"{root}/{name}", level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Bytes<TValue>(params TValue[] values)
        where TValue : unmanaged => MemoryMarshal.AsBytes<TValue>(values).ToArray();
}
