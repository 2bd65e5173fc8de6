using Spectre.Console;
using Spectre.Console.Rendering;

namespace KanSharp.Cli.Output;

/// <summary>A small table of results; every column but the first stands to the right.</summary>
internal static class ResultTable
{
    public static void Write(Terminal terminal, IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = false };
        for (int column = 0; column < headers.Count; column++)
            table.AddColumn(new TableColumn(new Text(headers[column], new Style(decoration: Decoration.Bold))) { Alignment = column == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (IReadOnlyList<string> row in rows)
            table.AddRow(row.Select(cell => (IRenderable)new Text(cell)));
        IAnsiConsole console = Consoles.For(terminal.Out, terminal.OutColor, terminal.Width);
        console.Write(table);
    }

    /// <summary>A text that is no longer than a column is wide: wrapped cells can hardly be read.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 2)] + " …";

    /// <summary>Names and values in two columns.</summary>
    public static void Pairs(Terminal terminal, IReadOnlyList<(string Name, string Value)> pairs)
    {
        int width = pairs.Max(pair => pair.Name.Length);
        foreach ((string name, string value) in pairs)
            terminal.Out.WriteLine($"{name.PadRight(width)}  {value.ReplaceLineEndings("\n").Replace("\n", "\n" + new string(' ', width + 2))}");
    }
}
