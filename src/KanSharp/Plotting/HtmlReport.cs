using System.Globalization;
using System.Text;

namespace KanSharp.Plotting;

/// <summary>
/// One HTML page without scripts and without references to anything outside: sections are added in order, all text is escaped, pictures stand
/// inside as SVG. The page follows the reader's light or dark setting; pictures keep their light background.
/// </summary>
public sealed class HtmlReport
{
    private readonly string _title;
    private readonly StringBuilder _body = new();

    /// <summary>Starts a page.</summary>
    /// <param name="title">title of the page and its first heading</param>
    public HtmlReport(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        _title = title;
    }

    /// <summary>Adds a heading.</summary>
    /// <param name="text">the heading</param>
    /// <param name="level">2 (default) to 4; 1 is the title of the page</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not 2, 3 or 4.</exception>
    public HtmlReport Heading(string text, int level = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 4);
        string tag = "h" + level.ToString(CultureInfo.InvariantCulture);
        return Add($"<{tag}>{SvgText.Escape(text)}</{tag}>\n");
    }

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">the paragraph</param>
    public HtmlReport Paragraph(string text) => Add($"<p>{SvgText.Escape(text)}</p>\n");

    /// <summary>Adds a block of text with its line breaks, in a fixed-width face: a command, a formula, a terminal picture.</summary>
    /// <param name="text">the block</param>
    public HtmlReport Code(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return Add($"<pre>{string.Join('\n', lines.Select(SvgText.Escape))}</pre>\n");
    }

    /// <summary>Adds a formula as it is printed in books.</summary>
    /// <param name="mathMl">one MathML element <c>math</c> of presentation elements</param>
    /// <exception cref="ArgumentException">It is not well-formed or holds other elements.</exception>
    public HtmlReport Formula(string mathMl) => Add($"<div class=\"wide\">{MathMarkup.Clean(mathMl)}</div>\n");

    /// <summary>Adds a table. Cells that are numbers stand to the right.</summary>
    /// <param name="headers">names of the columns</param>
    /// <param name="rows">rows of cells [rows][columns]</param>
    /// <exception cref="ArgumentException">A row has another number of cells than there are headers.</exception>
    public HtmlReport Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
        bool[] numeric = [.. headers.Select((_, i) => rows.Count > 0 && rows.All(row => i < row.Count && IsNumber(row[i])))];
        for (int i = 0; i < headers.Count; i++)
            text.Append("<th scope=\"col\"").Append(Right(numeric[i])).Append('>').Append(SvgText.Escape(headers[i])).Append("</th>");
        text.Append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < rows.Count; row++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"rows[{row}]");
            PlotGuard.SameLength(rows[row].Count, headers.Count, name, nameof(headers));
            text.Append("<tr>");
            for (int i = 0; i < headers.Count; i++)
                text.Append("<td").Append(Right(numeric[i])).Append('>').Append(SvgText.Escape(rows[row][i])).Append("</td>");
            text.Append("</tr>\n");
        }

        return Add(text.Append("</tbody>\n</table></div>\n").ToString());
    }

    /// <summary>Adds a list of names with values.</summary>
    /// <param name="pairs">name and value</param>
    public HtmlReport KeyValues(IReadOnlyList<(string Key, string Value)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var text = new StringBuilder("<dl>\n");
        foreach ((string key, string value) in pairs)
            text.Append("<dt>").Append(SvgText.Escape(key)).Append("</dt><dd>").Append(SvgText.Escape(value)).Append("</dd>\n");
        return Add(text.Append("</dl>\n").ToString());
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="scene">the picture</param>
    /// <param name="caption">sentence below it; empty (default) writes none</param>
    public HtmlReport Figure(Scene scene, string caption = "")
    {
        string below = string.IsNullOrEmpty(caption) ? "" : $"<figcaption>{SvgText.Escape(caption)}</figcaption>\n";
        return Add($"<figure>\n{SvgWriter.Write(scene)}{below}</figure>\n");
    }

    /// <summary>The whole page; also well-formed XML.</summary>
    public string Write()
    {
        string title = SvgText.Escape(_title);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n" +
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>" + title + "</title>\n<style>\n" +
            HtmlStyle.Css + "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" + _body + "</main>\n</body>\n</html>\n";
    }

    /// <summary>Adds markup that is already escaped.</summary>
    internal HtmlReport Raw(string html) => Add(html);

    private static string Right(bool numeric) => numeric ? " class=\"number\"" : "";

    private static bool IsNumber(string cell) =>
        cell.Length == 0 || cell is "–" or "—" || double.TryParse(cell.TrimEnd('%', ' ').Replace('−', '-'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);

    private HtmlReport Add(string html)
    {
        _body.Append(html);
        return this;
    }
}
