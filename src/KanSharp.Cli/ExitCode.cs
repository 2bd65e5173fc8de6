namespace KanSharp.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The work could not be done: a file, its content, the training.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by the user; a training run has kept its best model.</summary>
    public const int Cancelled = 130;
}
