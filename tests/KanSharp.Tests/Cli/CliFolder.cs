using System.Globalization;
using System.Text;
using KanSharp.Cli;

namespace KanSharp.Tests.Cli;

/// <summary>An empty folder in which commands run within this process; deleted at the end.</summary>
internal sealed class CliFolder : IDisposable
{
    public CliFolder() => Path = Directory.CreateTempSubdirectory("kansharp-cli-").FullName;

    public string Path { get; }

    /// <summary>A file of the folder; it need not exist.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A data set that comes with the tool.</summary>
    public static string Shipped(string name) => System.IO.Path.Combine(Workplace.Root, "src", "KanSharp.Cli", "Data", name);

    /// <summary>Runs a command line with its streams caught.</summary>
    public static CliResult Run(params string[] args) => Run(CancellationToken.None, args);

    /// <summary>Runs a command line that can be cancelled.</summary>
    public static CliResult Run(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int code = Tool.Run(args, new Terminal(output, error), cancellation);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that is cancelled as soon as the file has a line, that is, after an epoch.</summary>
    public static CliResult RunUntilLine(string file, params string[] args)
    {
        using var source = new CancellationTokenSource();
        using var done = new ManualResetEventSlim();
        var watcher = new Thread(() =>
        {
            while (!done.IsSet && !HasLine(file))
                done.Wait(2);
            source.Cancel();
        });
        watcher.Start();
        try
        {
            return Run(source.Token, args);
        }
        finally
        {
            done.Set();
            watcher.Join();
        }
    }

    public static bool HasLine(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Contains('\n');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Writes a text file.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text.ReplaceLineEndings("\n"));
        return this[name];
    }

    /// <summary>A table y = a² − b with a text column, the class "high, very" or "low", and no missing cells.</summary>
    public string Table(string name = "table.csv", int rows = 120)
    {
        var text = new StringBuilder("a,b,kind,y,class\n");
        for (int row = 0; row < rows; row++)
        {
            double a = Math.Sin(row * 1.7), b = Math.Cos(row * 0.9), y = 100 + 10 * (a * a - b);
            text.Append(CultureInfo.InvariantCulture, $"{a:R},{b:R},{(row % 3 == 0 ? "left" : "right")},{y:R},{(y > 104 ? "\"high, very\"" : "low")}\n");
        }

        return Write(name, text.ToString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
