namespace KanSharp.Tests.Docs;

/// <summary>The built command line, callable as <c>kan</c>.</summary>
internal static class KanTool
{
    /// <summary>Writes a script named <c>kan</c> that starts the tool of the configuration under test; writes nothing where it is not built.</summary>
    public static void Install(string folder)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string output = Path.Combine(Workplace.Root, "artifacts", "bin", "KanSharp.Cli", configuration);
        if (!Directory.Exists(output))
            return;
        string? settings = Directory.EnumerateFiles(output, "*.runtimeconfig.json").Order(StringComparer.Ordinal).FirstOrDefault();
        if (settings is null)
            return;
        string script = Path.Combine(folder, "kan");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{settings.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal)}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
