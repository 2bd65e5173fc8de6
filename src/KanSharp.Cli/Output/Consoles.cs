using System.Text;
using Spectre.Console;

namespace KanSharp.Cli.Output;

/// <summary>Spectre consoles over the writers of a <see cref="Terminal"/>.</summary>
internal static class Consoles
{
    public static IAnsiConsole For(TextWriter writer, bool color, int width, bool interactive = false) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = color || interactive ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new FixedOutput(writer, width, interactive),
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });

    private sealed class FixedOutput(TextWriter writer, int width, bool terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => terminal;

        public int Width => width;

        public int Height => 40;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
