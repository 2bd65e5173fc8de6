using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>Generated C# compiled by the compiler of the SDK that runs the tests, warnings as errors, and loaded.</summary>
internal sealed class SharpProgram : IDisposable
{
    private readonly AssemblyLoadContext _context = new("generated", isCollectible: true);
    private readonly Assembly _assembly;

    public SharpProgram(ScratchFolder folder, IEnumerable<string> sources)
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory(), root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        string compiler = Directory.EnumerateFiles(Path.Combine(root, "sdk"), "csc.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        List<string> arguments = ["-noconfig", "-nologo", "-target:library", "-optimize+", "-warnaserror+", "-warn:9", "-nullable:enable", "-deterministic+", $"-out:\"{Path.Combine(folder.Path, "generated.dll")}\""];
        foreach (string library in Directory.EnumerateFiles(runtime, "System*.dll").Where(IsManaged))
            arguments.Add($"-r:\"{library}\"");
        int number = 0;
        foreach (string source in sources)
        {
            string file = Path.Combine(folder.Path, $"Source{number++}.cs");
            File.WriteAllText(file, source);
            arguments.Add($"\"{file}\"");
        }

        string response = Path.Combine(folder.Path, "generated.rsp");
        File.WriteAllLines(response, arguments);
        (int code, string output) = CommandLineProcess.Run(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), [compiler, "@" + response], folder.Path);
        Assert.True(code == 0, output);
        using var image = new MemoryStream(File.ReadAllBytes(Path.Combine(folder.Path, "generated.dll")));
        _assembly = _context.LoadFromStream(image);
    }

    public delegate void Row<T>(ReadOnlySpan<T> x, Span<T> y);

    public delegate void Rows<T>(ReadOnlySpan<T> x, Span<T> y, Span<T> scratch);

    /// <summary>The method of a generated class.</summary>
    public TDelegate Method<TDelegate>(string type, string name)
        where TDelegate : Delegate
    {
        Type[] parameters = [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        return _assembly.GetType(type, throwOnError: true)!.GetMethod(name, parameters)!.CreateDelegate<TDelegate>();
    }

    /// <summary>The value of a static property or constant.</summary>
    public object? Value(string type, string name)
    {
        Type found = _assembly.GetType(type, throwOnError: true)!;
        return found.GetProperty(name) is { } property ? property.GetValue(null) : found.GetField(name)!.GetValue(null);
    }

    public void Dispose() => _context.Unload();

    private static bool IsManaged(string path)
    {
        try
        {
            _ = AssemblyName.GetAssemblyName(path);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
