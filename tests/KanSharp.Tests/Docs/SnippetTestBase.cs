namespace KanSharp.Tests.Docs;

/// <summary>Runs each snippet in a folder of its own that holds the shipped data sets, and keeps what it prints.</summary>
[Collection(SerialDocuments.Name)]
public abstract class SnippetTestBase : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;
    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _printed = new();

    protected SnippetTestBase()
    {
        Environment.CurrentDirectory = _folder.Path;
        Console.SetOut(_printed);
    }

    /// <summary>What the snippet has printed so far.</summary>
    protected string Printed => _printed.ToString();

    public void Dispose()
    {
        Console.SetOut(_console);
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
