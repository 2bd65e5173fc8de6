using System.IO.Compression;
using System.Security.Cryptography;

namespace KanSharp.Data.Images;

/// <summary>The folder that downloaded data sets are kept in: FOLDER/NAME/FILE, each file checked against its SHA-256.</summary>
public static class DataCache
{
    /// <summary>Name of the environment variable that names the folder.</summary>
    public const string Variable = "KANSHARP_DATA";

    /// <summary>What the environment variable <see cref="Variable"/> names; otherwise kansharp/data in the user's folder for application data.</summary>
    public static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            return Path.GetFullPath(folder);
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "kansharp", "data");
    }

    /// <summary>Where a file belongs.</summary>
    public static string PathOf(KnownDataset set, KnownFile file, string folder)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(file);
        return Path.Combine(folder, set.Name, file.Name);
    }

    /// <summary>The path of a file below a folder, packed or not, in the data set's own folder or beside it; null if it is not there. Not verified.</summary>
    public static string? Find(KnownDataset set, KnownFile file, string folder)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(file);
        string[] places = [Path.Combine(folder, set.Name), Path.Combine(folder, set.Name.Replace('-', '_')), folder];
        return file.Name.EndsWith("-ubyte.gz", StringComparison.Ordinal)
            ? places.Select(place => IdxFolder.TryFind(place, file.Name[..^3])).FirstOrDefault(path => path is not null)
            : places.Select(place => Path.Combine(place, file.Name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Null if a file is what it should be; otherwise what is wrong with it.</summary>
    /// <param name="file">What is expected.</param>
    /// <param name="path">The file, packed or not.</param>
    /// <exception cref="IOException">The file can not be read.</exception>
    public static string? Verify(KnownFile file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        string found;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan))
        {
            found = Hash(stream);
            if (found == file.Sha256 || found == file.ContentSha256)
                return null;
        }

        try
        {
            using Stream content = InputFile.Open(path);
            if (file.ContentSha256 is not null && content is GZipStream && Hash(content) == file.ContentSha256)
                return null;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return $"the compressed data is damaged or cut off ({e.Message})";
        }

        return $"its SHA-256 is {found}; {file.Sha256} was expected for {file.Name}" +
            (file.ContentSha256 is null ? "" : $", or {file.ContentSha256} for its content");
    }

    /// <summary>Copies the files of a data set from another folder after checking them.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="from">Folder with the files, packed or not.</param>
    /// <param name="folder">The folder of all data sets.</param>
    /// <returns>Paths of the files in <paramref name="folder"/>.</returns>
    /// <exception cref="FileNotFoundException">A file is missing in <paramref name="from"/>.</exception>
    /// <exception cref="DataFormatException">A file is another one than expected.</exception>
    /// <exception cref="IOException">A file can not be read or written.</exception>
    public static IReadOnlyList<string> Import(KnownDataset set, string from, string folder)
    {
        ArgumentNullException.ThrowIfNull(set);
        string[] sources = [.. set.Files.Select(file => Find(set, file, from) ?? throw new FileNotFoundException(
            $"'{from}' has no file {file.Name}{(file.ContentSha256 is null ? "" : " (packed or not)")}; '{set.Name}' needs {string.Join(", ", set.Files.Select(one => one.Name))}.", file.Name))];
        for (int i = 0; i < sources.Length; i++)
        {
            if (Verify(set.Files[i], sources[i]) is { } problem)
                throw new DataFormatException(problem, sources[i]);
        }

        var paths = new string[sources.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            // a file that is not packed keeps the name it has without .gz
            string name = sources[i].EndsWith(".gz", StringComparison.Ordinal) || set.Files[i].ContentSha256 is null ? set.Files[i].Name : set.Files[i].Name[..^3];
            string target = paths[i] = Path.Combine(folder, set.Name, name), source = sources[i];
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            if (Path.GetFullPath(source) == Path.GetFullPath(target))
                continue;
            AtomicFile.Write(target, stream =>
            {
                using var input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read);
                input.CopyTo(stream);
            });
        }

        return paths;
    }

    private static string Hash(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));
}
