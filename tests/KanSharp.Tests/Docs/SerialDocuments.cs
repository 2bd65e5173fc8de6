namespace KanSharp.Tests.Docs;

/// <summary>Tests that change the current folder or the console's output: they run alone, after the parallel ones.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SerialDocuments
{
    public const string Name = "Documents";
}
