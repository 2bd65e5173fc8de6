using System.Text;
using System.Xml;

namespace KanSharp.Plotting;

/// <summary>
/// Rewrites MathML for an HTML page: only presentation elements and harmless attributes pass, texts are escaped again, so that no name inside a
/// formula can bring a script or a reference into the page.
/// </summary>
internal static class MathMarkup
{
    private const int MostDepth = 400;

    private static readonly string[] Elements =
    [
        "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msup", "msub", "msubsup", "munder", "mover",
        "munderover", "mstyle", "mpadded", "mphantom", "mtable", "mtr", "mtd", "mfenced", "menclose", "merror", "mmultiscripts", "mprescripts",
    ];

    private static readonly string[] Attributes =
    [
        "display", "displaystyle", "mathvariant", "stretchy", "fence", "form", "separator", "lspace", "rspace", "width", "height", "depth",
        "linethickness", "open", "close", "separators", "notation", "scriptlevel", "accent", "largeop", "movablelimits", "symmetric",
        "columnalign", "rowalign", "minsize", "maxsize",
    ];

    /// <summary>The formula as it may stand in a page.</summary>
    /// <param name="math">one <c>math</c> element</param>
    /// <param name="inline">whether it stands within a line, in full size all the same; else as it says itself</param>
    /// <exception cref="ArgumentException">It is not well-formed, or holds anything else than formula elements.</exception>
    public static string Clean(string math, bool inline = false)
    {
        ArgumentNullException.ThrowIfNull(math);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var reader = XmlReader.Create(new StringReader(math), settings);
            var text = new StringBuilder();
            Copy(reader, text, inline);
            return text.ToString();
        }
        catch (XmlException error)
        {
            throw new ArgumentException($"MathML: {error.Message} Expected one well-formed <math> element.", nameof(math), error);
        }
    }

    private static void Copy(XmlReader reader, StringBuilder text, bool inline)
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Open(reader, text, inline && reader.Depth == 0);
                    break;
                case XmlNodeType.EndElement:
                    text.Append("</").Append(reader.LocalName).Append('>');
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Append(SvgText.Escape(reader.Value));
                    break;
            }
        }
    }

    private static void Open(XmlReader reader, StringBuilder text, bool inline)
    {
        string name = reader.LocalName;
        bool root = reader.Depth == 0;
        if (!Elements.Contains(name) || root != (name == "math"))
            throw new ArgumentException($"MathML: <{name}> at depth {reader.Depth}; allowed are a <math> element at the top and presentation elements of formulas in it.");
        if (reader.Depth > MostDepth)
            throw new ArgumentException($"MathML: nested deeper than {MostDepth} elements.");
        text.Append('<').Append(name);
        if (root)
            text.Append(" xmlns=\"http://www.w3.org/1998/Math/MathML\"");
        if (inline)
            text.Append(" displaystyle=\"true\"");
        bool empty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (Attributes.Contains(reader.Name) && !(inline && (reader.Name is "display" or "displaystyle")))
                text.Append(' ').Append(reader.Name).Append("=\"").Append(SvgText.Escape(reader.Value)).Append('"');
        }

        // an HTML parser does not know <mspace/> of a formula from a start tag in every place, the long form is safe
        text.Append(empty ? $"></{name}>" : ">");
    }
}
