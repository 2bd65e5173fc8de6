using System.Text.Json;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>Checkpoints that PyTorch writes once for all tests, by make_checkpoints.py.</summary>
public sealed class PythonCheckpoints : IDisposable
{
    private const int CasesPerFamily = 100;

    private readonly Lazy<(string? Reason, PythonCase[] Cases)> _made;

    public PythonCheckpoints()
    {
        Folder = Directory.CreateTempSubdirectory("kansharp-torch-").FullName;
        _made = new(Make);
    }

    public string Folder { get; }

    /// <summary>The cases of a family; skips the test where there is no PyTorch.</summary>
    internal IReadOnlyList<PythonCase> Of(string family)
    {
        if (_made.Value.Reason is { } reason)
            Assert.Skip(reason);
        PythonCase[] cases = [.. _made.Value.Cases.Where(one => one.Family == family)];
        Assert.Equal(CasesPerFamily, cases.Length);
        return cases;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private (string? Reason, PythonCase[] Cases) Make()
    {
        if (CommandLineProcess.Run(PythonProgram.Name, ["-c", "import torch"], Folder).Code != 0)
            return ($"{PythonProgram.Name} has no torch: no checkpoints of PyTorch were imported (KANSHARP_PYTHON names a Python that has it).", []);
        string script = Path.Combine(Workplace.Root, "tests", "KanSharp.Tests", "Interchange", "Checkpoints", "make_checkpoints.py");
        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, [script, Folder, CasesPerFamily.ToString(System.Globalization.CultureInfo.InvariantCulture)], Folder);
        Assert.True(code == 0, output);
        return (null, [.. File.ReadLines(Path.Combine(Folder, "cases.jsonl")).Select(Read)]);
    }

    private PythonCase Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        return new PythonCase(
            root.GetProperty("family").GetString()!,
            Path.Combine(Folder, root.GetProperty("file").GetString()!),
            root.GetProperty("settings").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!),
            root.GetProperty("rows").GetInt32(),
            root.GetProperty("tolerance").GetDouble(),
            [.. root.GetProperty("x").EnumerateArray().Select(value => value.GetDouble())],
            [.. root.GetProperty("y").EnumerateArray().Select(value => value.GetDouble())]);
    }
}
