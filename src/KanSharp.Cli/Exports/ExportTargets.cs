using KanSharp.Interchange.Source;

namespace KanSharp.Cli.Exports;

/// <summary>What kan export writes.</summary>
internal static class ExportTargets
{
    /// <summary>All targets, one line each.</summary>
    public static IReadOnlyList<ExportTarget> All { get; } =
    [
        new("onnx", ".onnx", "ONNX (opset 17) for ONNX Runtime and others", OnnxTarget.Write) { TakesImages = true, TakesPrecision = true },
        new("csharp", ".cs", "one C# file without dependencies", TextTargets.Source(SourceLanguage.CSharp)) { TakesPrecision = true, TakesName = true },
        new("c", ".h", "one C99 header without malloc", TextTargets.Source(SourceLanguage.C)) { TakesPrecision = true, TakesName = true },
        new("fixed-point", ".fixed.h", "one C99 header of integers and tables (needs --data)", TextTargets.FixedPoint) { TakesName = true, TakesData = true, Numbers = "int32" },
        new("python", ".py", "one Python module on NumPy", TextTargets.Source(SourceLanguage.Python)) { TakesPrecision = true },
        new("sympy", ".sympy.py", "one Python module of SymPy expressions", TextTargets.Source(SourceLanguage.SymPy)) { Numbers = "" },
        new("latex", ".tex", "equations in LaTeX", TextTargets.Source(SourceLanguage.Latex)) { Numbers = "" },
        new("mathml", ".mml", "equations in MathML", TextTargets.Source(SourceLanguage.MathML)) { Numbers = "" },
        new("efficient-kan", ".efficient-kan.safetensors", "tensors with the names of efficient-kan", TextTargets.Tensors(pykan: false)),
        new("pykan", ".pykan.safetensors", "tensors with the names of pykan, and its configuration", TextTargets.Tensors(pykan: true)),
    ];

    /// <summary>The target of a name, or else of a file's extension, the longest that fits.</summary>
    public static ExportTarget Find(string? name, string? file)
    {
        if (name is not null)
            return All.First(target => target.Name == name);
        return (file is null ? null : All.Where(target => file.EndsWith(target.Extension, StringComparison.OrdinalIgnoreCase)).MaxBy(target => target.Extension.Length))
            ?? throw UserErrorException.Usage($"--to is missing: one of {string.Join(", ", All.Select(target => target.Name))}");
    }
}
