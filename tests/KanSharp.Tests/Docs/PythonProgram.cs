namespace KanSharp.Tests.Docs;

/// <summary>The Python that runs the documents' Python blocks: the one named by KANSHARP_PYTHON, else <c>python3</c>.</summary>
internal static class PythonProgram
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("KANSHARP_PYTHON") is { Length: > 0 } named ? named : "python3";

    /// <summary>Whether it is here and has NumPy.</summary>
    public static bool HasNumPy(string folder) => CommandLineProcess.Run(Name, ["-c", "import numpy"], folder).Code == 0;
}
