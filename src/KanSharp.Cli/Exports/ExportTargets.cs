namespace KanSharp.Cli.Exports;

/// <summary>What kan export writes.</summary>
internal static class ExportTargets
{
    /// <summary>All targets, one line each; where two have one extension, it stands for the first.</summary>
    public static IReadOnlyList<ExportTarget> All { get; } =
    [
        new("onnx", ".onnx", "ONNX (opset 17) for ONNX Runtime and others", OnnxTarget.Write) { TakesImages = true },
    ];

    /// <summary>The target of a name, or else of a file's extension.</summary>
    public static ExportTarget Find(string? name, string? file)
    {
        if (name is not null)
            return All.First(target => target.Name == name);
        return (file is null ? null : All.FirstOrDefault(target => file.EndsWith(target.Extension, StringComparison.OrdinalIgnoreCase)))
            ?? throw UserErrorException.Usage($"--to is missing: one of {string.Join(", ", All.Select(target => target.Name))}");
    }
}
