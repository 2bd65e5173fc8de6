using System.CommandLine;
using System.CommandLine.Help;
using KanSharp.Cli.Commands;
using KanSharp.Data;
using KanSharp.Interchange;

namespace KanSharp.Cli;

/// <summary>Parses a command line, runs the command and turns what goes wrong into one line and an exit code.</summary>
internal static class Tool
{
    private const string Summary = "Trains, tests, inspects and draws Kolmogorov-Arnold networks (KANs) on tables of numbers and texts and on images, finds formulas, and solves differential equations.";

    /// <summary>Commands that are quick and do not look at a cancellation.</summary>
    private static readonly string[] Brief = ["families", "inspect", "plot", "formula", "export", "import"];

    /// <summary>Whether a command line can be asked to stop; others are to be ended.</summary>
    public static bool CanStop(IReadOnlyList<string> args) => args.Count > 0 && !Brief.Contains(args[0]);

    /// <summary>Runs a command line; never throws for what a user can do wrong.</summary>
    public static int Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellation)
    {
        ParseResult parsed = Root(terminal, cancellation).Parse(args.Count == 0 ? ["--help"] : args);
        if (UsageErrors.Find(parsed) is { } wrong)
        {
            terminal.Note($"error: {wrong}");
            terminal.Note($"'{UsageErrors.Path(parsed.CommandResult)} --help' explains the usage.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception error)
        {
            return Explain(error, terminal);
        }
    }

    private static Command Root(Terminal terminal, CancellationToken cancellation)
    {
        // Not a RootCommand: that takes its name from the running process, which is not always "kan"
        var help = new HelpAction { MaxWidth = terminal.Width };
        var root = new Command("kan", Summary)
        {
            new HelpOption { Action = help, Recursive = true },
            new VersionOption(),
            DemoCommand.Create(terminal, cancellation),
            FitCommand.Create(terminal, cancellation),
            TrainCommand.Create(terminal, cancellation),
            TuneCommand.Create(terminal, cancellation),
            FamiliesCommand.Create(terminal),
            PredictCommand.Create(terminal, cancellation),
            EvaluateCommand.Create(terminal, cancellation),
            InspectCommand.Create(terminal),
            PlotCommand.Create(terminal),
            ResumeCommand.Create(terminal, cancellation),
            RefineCommand.Create(terminal, cancellation),
            PruneCommand.Create(terminal, cancellation),
            SymbolicCommand.Create(terminal, cancellation),
            FormulaCommand.Create(terminal),
            ExportCommand.Create(terminal),
            DiscoverCommand.Create(terminal, cancellation),
            SolveCommand.Create(terminal, cancellation),
            DataCommand.Create(terminal, cancellation),
            ImportCommand.Create(terminal),
        };
        return root;
    }

    private static int Explain(Exception error, Terminal terminal)
    {
        switch (error)
        {
            case UserErrorException user:
                terminal.Note($"error: {user.Message}");
                return user.ExitCode;
            case OperationCanceledException:
                terminal.Note("Cancelled.");
                return ExitCode.Cancelled;
            case DataFormatException or ModelFileException or IOException or UnauthorizedAccessException:
                terminal.Note($"error: {error.Message}");
                return ExitCode.Failure;
            case ArgumentException argument:
                terminal.Note($"error: {WithoutParameter(argument)}");
                return ExitCode.Usage;
            case NotSupportedException unsupported:
                terminal.Note($"error: {unsupported.Message}");
                return ExitCode.Failure;
            case OutOfMemoryException:
                terminal.Note("error: there is not enough memory; take fewer rows, a smaller --width or a smaller --batch");
                return ExitCode.Failure;
            default:
                terminal.Note($"error: this should not have happened; please report it with the command and the lines below\n{error}");
                return ExitCode.Failure;
        }
    }

    /// <summary>The message as it was written, without the name of a parameter and the value that .NET adds.</summary>
    internal static string WithoutParameter(Exception error)
    {
        string message = error.Message.ReplaceLineEndings("\n").Split('\n')[0];
        string suffix = $" (Parameter '{(error as ArgumentException)?.ParamName}')";
        return message.EndsWith(suffix, StringComparison.Ordinal) ? message[..^suffix.Length] : message;
    }
}
