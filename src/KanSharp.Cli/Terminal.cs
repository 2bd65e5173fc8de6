namespace KanSharp.Cli;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error)
{
    private const int WidthOfFiles = 100;

    /// <summary>Whether a person watches <see cref="Error"/>, so that a line may be redrawn.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether results may be coloured.</summary>
    public bool OutColor { get; init; }

    /// <summary>Whether notes may be coloured.</summary>
    public bool ErrorColor { get; init; }

    /// <summary>Characters a line.</summary>
    public int Width { get; init; } = WidthOfFiles;

    /// <summary>The console of the process. Colours only in terminals, and not where NO_COLOR is set (no-color.org).</summary>
    public static Terminal OfProcess()
    {
        bool colors = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        bool dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool interactive = !Console.IsErrorRedirected && !dumb;
        return new Terminal(Console.Out, Console.Error)
        {
            IsInteractive = interactive,
            OutColor = colors && !Console.IsOutputRedirected && !dumb,
            ErrorColor = colors && interactive,
            Width = Console.IsOutputRedirected ? WidthOfFiles : WindowWidth(),
        };
    }

    /// <summary>Says something beside the result.</summary>
    public void Note(string text) => Error.WriteLine(text);

    private static int WindowWidth()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 40, 240);
        }
        catch (IOException)
        {
            return WidthOfFiles;
        }
    }
}
