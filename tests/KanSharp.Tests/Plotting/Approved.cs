using System.Text;

namespace KanSharp.Tests.Plotting;

/// <summary>Compares a text with its approved file, byte by byte.</summary>
internal static class Approved
{
    /// <summary>Fails where the text differs, and leaves what was received beside the test program.</summary>
    public static void Check(string file, string text)
    {
        string path = Path.Combine(Folder(), file);
        byte[] received = Encoding.UTF8.GetBytes(text);
        byte[] approved = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (received.AsSpan().SequenceEqual(approved))
            return;
        string output = Path.Combine(AppContext.BaseDirectory, "received", Path.GetFileNameWithoutExtension(file) + ".received" + Path.GetExtension(file));
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllBytes(output, received);
        int at = received.AsSpan().CommonPrefixLength(approved);
        string found = text.Length == 0 ? "" : Encoding.UTF8.GetString(received.AsSpan(Math.Max(0, at - 40), Math.Min(80, received.Length - Math.Max(0, at - 40))));
        Assert.Fail(approved.Length == 0
            ? $"{file} has no approved version. Look at {output} and copy it to Plotting/Approved/{file} where it is right."
            : $"{file} differs from its approved version at byte {at}, near: {found}. Look at {output} and copy it over Plotting/Approved/{file} where the change is wanted.");
    }

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KanSharp.slnx")))
                return Path.Combine(folder.FullName, "tests", "KanSharp.Tests", "Plotting", "Approved");
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds KanSharp.slnx; run the tests inside the repository.");
    }
}
