using System.Reflection;

namespace KanSharp.Tests.Docs.Api;

/// <summary>docs/api is made from the documentation comments of the library and is up to date.</summary>
public sealed class ApiReferenceTests
{
    private static readonly Assembly Library = typeof(KanSharp.Autodiff.Tensor<>).Assembly;

    [Fact]
    public void Reference_is_the_one_of_the_library()
    {
        (Dictionary<string, string> pages, _) = Generate();
        string folder = Path.Combine(Workplace.Root, "docs", "api");
        string[] wrong =
        [
            .. pages.Where(page => !File.Exists(Path.Combine(folder, page.Key)) || File.ReadAllText(Path.Combine(folder, page.Key)).ReplaceLineEndings("\n") != page.Value).Select(page => page.Key),
            .. (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.md") : []).Select(path => Path.GetFileName(path)).Where(name => !pages.ContainsKey(name)).Select(name => name + " (no longer made)"),
        ];
        if (wrong.Length == 0)
            return;
        string received = Path.Combine(AppContext.BaseDirectory, "received", "api");
        if (Directory.Exists(received))
            Directory.Delete(received, recursive: true);
        Directory.CreateDirectory(received);
        foreach ((string name, string text) in pages)
            File.WriteAllText(Path.Combine(received, name), text);
        string from = Path.GetRelativePath(Workplace.Root, received);
        Assert.Fail($"docs/api is not what the documentation comments say: {string.Join(", ", wrong)}.\nRenew it from the repository's root:\n  rm -rf docs/api && cp -r {from} docs/api");
    }

    [Fact]
    public void Every_public_member_has_a_summary()
    {
        (_, List<string> undocumented) = Generate();
        Assert.True(undocumented.Count == 0, string.Join('\n', undocumented));
    }

    [Fact]
    public void Links_lead_to_a_place_on_a_page()
    {
        (Dictionary<string, string> pages, _) = Generate();
        foreach ((string name, string text) in pages)
        {
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(text, @"\]\((?<page>[\w.]*\.md)?(#(?<place>[\w-]+))?\)"))
            {
                string page = link.Groups["page"].Value is { Length: > 0 } other ? other : name;
                Assert.True(pages.ContainsKey(page), $"{name}: {link.Value} leads to no page.");
                if (link.Groups["place"].Value is { Length: > 0 } place)
                    Assert.True(pages[page].Contains($"<a id=\"{place}\"></a>", StringComparison.Ordinal), $"{name}: {link.Value} leads to no place.");
            }
        }
    }

    private static (Dictionary<string, string> Pages, List<string> Undocumented) Generate()
    {
        var comments = new DocComments(Path.ChangeExtension(Library.Location, ".xml"));
        var pages = new ApiPages(Library, comments);
        Dictionary<string, string> files = pages.Namespaces.ToDictionary(ApiLinks.Page, pages.Page);
        IEnumerable<string> rows = pages.Namespaces.Select(name => $"- [{name}]({ApiLinks.Page(name)})");
        files["README.md"] = $"# API reference\n\nEvery public type and member of the library, made from the documentation comments; do not edit. [The task pages](../README.md) are the place to begin.\n\n{string.Join('\n', rows)}\n";
        return (files, pages.Undocumented);
    }
}
