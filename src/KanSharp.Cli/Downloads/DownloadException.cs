using KanSharp.Data.Images;

namespace KanSharp.Cli.Downloads;

/// <summary>A file that no address gave; says why each did not.</summary>
internal sealed class DownloadException(KnownFile file, IReadOnlyList<string> problems)
    : Exception($"{file.Name} could not be downloaded:\n{string.Join('\n', problems.Select(problem => "  " + problem))}")
{
    public KnownFile File { get; } = file;

    public IReadOnlyList<string> Problems { get; } = problems;
}
