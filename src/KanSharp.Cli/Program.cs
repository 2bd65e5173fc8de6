using System.Text;

namespace KanSharp.Cli;

/// <summary>The entry point of the tool.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Terminal terminal = Terminal.OfProcess();
        using var interruption = new Interruption(terminal, Tool.CanStop(args));
        return Tool.Run(args, terminal, interruption.Token);
    }
}
