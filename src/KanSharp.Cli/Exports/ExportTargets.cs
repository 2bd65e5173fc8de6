using KanSharp.Interchange.Source;

namespace KanSharp.Cli.Exports;

/// <summary>What kan export writes.</summary>
internal static class ExportTargets
{
    /// <summary>All targets, one line each; where two have one extension, it stands for the first.</summary>
    public static IReadOnlyList<ExportTarget> All { get; } =
    [
        new("onnx", ".onnx", "ONNX (opset 17) for ONNX Runtime and others", OnnxTarget.Write) { TakesImages = true },
        new("csharp", ".cs", "one C# file without dependencies", TextTargets.Source(SourceLanguage.CSharp)),
        new("c", ".h", "one C99 header without malloc", TextTargets.Source(SourceLanguage.C)),
        new("fixed-point", ".h", "one C99 header of integers and tables (needs --data)", TextTargets.FixedPoint),
        new("python", ".py", "one Python module on NumPy", TextTargets.Source(SourceLanguage.Python)),
        new("sympy", ".py", "one Python module of SymPy expressions", TextTargets.Source(SourceLanguage.SymPy)),
        new("latex", ".tex", "equations in LaTeX", TextTargets.Source(SourceLanguage.Latex)),
        new("mathml", ".mml", "equations in MathML", TextTargets.Source(SourceLanguage.MathML)),
        new("efficient-kan", ".efficient-kan.safetensors", "tensors with the names of efficient-kan", TextTargets.Tensors(pykan: false)),
        new("pykan", ".pykan.safetensors", "tensors with the names of pykan, and its configuration", TextTargets.Tensors(pykan: true)),
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
