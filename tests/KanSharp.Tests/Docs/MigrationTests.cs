using System.Text.RegularExpressions;

namespace KanSharp.Tests.Docs;

/// <summary>Every name of KanSharp that docs/migration.md gives exists.</summary>
public sealed class MigrationTests
{
    private const string Document = "docs/migration.md";
    private const int LeastNames = 60;

    [Fact]
    public void Every_name_on_the_right_side_is_public()
    {
        HashSet<string> known = [.. Regex.Matches(File.ReadAllText(Path.Combine(Workplace.Root, "tests/KanSharp.Tests/Architecture/PublicApi.approved.txt")), @"[A-Za-z_]\w*").Select(match => match.Value)];
        var wrong = new List<string>();
        int names = 0;
        foreach (string line in File.ReadLines(Path.Combine(Workplace.Root, Document)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            string right = line.Split('|')[2];
            foreach (Match code in Regex.Matches(right, "`([^`]+)`"))
            {
                // commands are tested where they are described
                if (code.Groups[1].Value.StartsWith("kan ", StringComparison.Ordinal))
                    continue;
                string text = Regex.Replace(code.Groups[1].Value, "\"[^\"]*\"|<[a-z, ]*>", "");
                foreach (string name in Regex.Matches(text, @"\b[A-Z]\w*").Select(match => match.Value).Where(name => name != "T"))
                {
                    names++;
                    if (!known.Contains(name))
                        wrong.Add($"{name} in: {line}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(names >= LeastNames, $"{names} names were found; the page or this reader changed");
    }
}
