namespace KanSharp.Equations;

/// <summary>Something about a problem that a user should know before it is solved.</summary>
/// <param name="IsError">True if the problem is not well posed; false for a warning.</param>
/// <param name="Message">What, where, and what may help.</param>
public sealed record ProblemIssue(bool IsError, string Message)
{
    /// <summary>The message with its kind.</summary>
    public override string ToString() => $"{(IsError ? "error" : "warning")}: {Message}";
}
