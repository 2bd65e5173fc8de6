using KanSharp.Cli.Output;

namespace KanSharp.Cli.Edits;

/// <summary>The file that a changed model goes to.</summary>
internal static class EditedFile
{
    /// <summary>The file that was asked for, or one in the present folder: runs/iris becomes iris.pruned.safetensors.</summary>
    public static string Choose(string model, string? asked, string ending)
    {
        if (asked is null)
            return OutputFile.Named(Path.TrimEndingDirectorySeparator(model), ending + ".safetensors");
        OutputFile.CheckFolder(asked, "--out");
        return asked;
    }
}
