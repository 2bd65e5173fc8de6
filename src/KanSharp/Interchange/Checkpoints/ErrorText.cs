namespace KanSharp.Interchange.Checkpoints;

/// <summary>Messages of the library as a reader of files says them.</summary>
internal static class ErrorText
{
    /// <summary>The message as it was written, without the name of a parameter and the value that .NET adds, which mean nothing to whoever has a file.</summary>
    public static string WithoutParameter(Exception error)
    {
        // the first of them, as a message that was passed on may have several
        int added = error is ArgumentException { ParamName: { Length: > 0 } name } ? error.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) : -1;
        return added < 0 ? error.Message : error.Message[..added];
    }
}
