namespace KanSharp.Tests.Cli;

/// <summary>Compares what a command wrote with an approved file.</summary>
internal static class CliApproved
{
    public static void Check(string file, string text)
    {
        string path = Path.Combine(Workplace.Root, "tests", "KanSharp.Tests", "Cli", "Approved", file);
        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved == text)
            return;
        string output = Path.Combine(AppContext.BaseDirectory, "received", file);
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllText(output, text);
        string[] before = approved.Split('\n'), after = text.Split('\n');
        IEnumerable<string> changes = before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)).Take(30);
        Assert.Fail($"Cli/Approved/{file} is not what was written:\n{string.Join('\n', changes)}\nLook at {output} and copy it where it is right.");
    }
}
