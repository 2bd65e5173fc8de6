using System.Text.Json;

namespace KanSharp.Tests.Parity;

/// <summary>Where the reference values are: the folder named by KANSHARP_VECTORS, or shared/vectors beside the repository.</summary>
public static class VectorFolder
{
    public static string? Path { get; } = Find();

    /// <summary>Names of all cases of the schema, sorted.</summary>
    public static IReadOnlyList<string> Cases { get; } = List();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("KANSHARP_VECTORS") is { Length: > 0 } named)
            return Directory.Exists(named) ? System.IO.Path.GetFullPath(named) : null;
        string? shared = Workplace.Shared("vectors");
        return Directory.Exists(shared) ? shared : null;
    }

    private static List<string> List()
    {
        var names = new List<string>();
        if (Path is null)
            return names;
        foreach (string file in Directory.EnumerateFiles(Path, "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.TryGetProperty("schema", out JsonElement schema) && schema.GetString() == "kan-parity/1")
                names.Add(System.IO.Path.GetFileNameWithoutExtension(file));
        }

        return names;
    }
}
