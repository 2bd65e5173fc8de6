namespace KanSharp.Cli;

/// <summary>Something the user can mend; the message is all that is shown.</summary>
internal sealed class UserErrorException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>An error of the command line.</summary>
    public static UserErrorException Usage(string message) => new(message, Cli.ExitCode.Usage);
}
