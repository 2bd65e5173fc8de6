using System.Text;
using KanSharp.Data;

namespace KanSharp.Cli.Output;

/// <summary>Files that the commands write.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file so that it is there as a whole or not at all.</summary>
    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Refuses a file that could not be written, before the work is done.</summary>
    public static void CheckFolder(string path, string option)
    {
        if (Directory.Exists(path))
            throw UserErrorException.Usage($"{option} {path} is a folder; the name of a file was expected");
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
            throw UserErrorException.Usage($"{option} {path}: the folder {folder} does not exist; create it first");
    }

    /// <summary>Refuses to write over a file that the command reads.</summary>
    /// <param name="output">The file to write.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="inputs">Files that are read; null ones are left out.</param>
    public static void NotAnInput(string output, string option, params ReadOnlySpan<string?> inputs)
    {
        foreach (string? input in inputs)
        {
            if (input is not null && string.Equals(Resolved(input), Resolved(output), SamePath))
                throw UserErrorException.Usage($"{option} {output} is {(input == output ? "the file that is read" : $"the same file as {input}, which is read")}; it would be overwritten: give another name");
        }
    }

    private static StringComparison SamePath => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    /// <summary>A name in the present folder after that of an input: tables/iris.csv.gz becomes iris + ending.</summary>
    public static string Named(string input, string ending)
    {
        string name = Path.GetFileName(input);
        foreach (string extension in (string[])[".gz", ".csv", ".tsv", ".txt", ".safetensors", ".kan"])
        {
            if (name.Length > extension.Length && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                name = name[..^extension.Length];
        }

        return name + ending;
    }
}
