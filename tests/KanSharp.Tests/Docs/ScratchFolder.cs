using System.IO.Compression;

namespace KanSharp.Tests.Docs;

/// <summary>An empty folder with the data sets that ship with the project in it (each <c>.csv</c>, unpacked); deleted at the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        Path = Directory.CreateTempSubdirectory("kansharp-docs-").FullName;
        foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(Workplace.Root, "src", "KanSharp.Cli", "Data"), "*.csv*"))
        {
            using Stream source = File.OpenRead(file);
            bool packed = file.EndsWith(".gz", StringComparison.Ordinal);
            using Stream plain = packed ? new GZipStream(source, CompressionMode.Decompress) : source;
            string name = System.IO.Path.GetFileName(packed ? file[..^3] : file);
            using FileStream target = File.Create(System.IO.Path.Combine(Path, name));
            plain.CopyTo(target);
        }
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
