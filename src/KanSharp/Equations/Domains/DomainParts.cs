using KanSharp.Symbolics;

namespace KanSharp.Equations.Domains;

/// <summary>The ranges of a domain's text in order, and its shape of the plane if there is one.</summary>
internal sealed class DomainParts
{
    private const string Expected = "expected are ranges such as x=0..1, or disc(0,0,1), lshape, polygon(0 0, 1 0, 0.5 1), or u,v in one of these";

    private readonly string _text;

    private DomainParts(string text) => _text = text;

    public List<(string Name, double Low, double High)> Ranges { get; } = [];

    public Domain? Shape { get; private set; }

    /// <summary>True if the shape stands before the ranges.</summary>
    public bool ShapeFirst { get; private set; }

    /// <summary>All variables.</summary>
    public List<string> Names => [.. Shape?.Variables ?? [], .. Ranges.Select(range => range.Name)];

    public static DomainParts Read(string text)
    {
        DomainParts parts = new(text);
        List<string> waiting = [];
        foreach (string piece in parts.SplitAtCommas(text))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0 && waiting.Count == 0)
                parts.ReadRange(piece[..equals].Trim(), piece[(equals + 1)..]);
            else if (IsShape(piece))
                parts.ReadShape(piece, waiting);
            else
                waiting.Add(piece);
        }

        if (waiting.Count > 0)
            throw parts.Error(string.IsNullOrWhiteSpace(text) ? $"there is no range; {Expected}" : $"'{waiting[0]}' is neither a range nor a shape; {Expected}");
        return parts;
    }

    public FormatException Error(string problem) => new($"Domain '{_text.Trim()}': {problem}.");

    private static bool IsShape(string piece)
    {
        string head = AfterIn(piece).Shape.Split('(')[0].Trim();
        return head is "disc" or "lshape" or "polygon";
    }

    /// <summary>The last name of "u,v in shape" and the shape; no name without "in".</summary>
    private static (string? Name, string Shape) AfterIn(string piece)
    {
        string[] words = piece.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && words[1] == "in" ? (words[0], words[2]) : (null, piece);
    }

    private void ReadRange(string name, string range)
    {
        int dots = range.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            throw Error($"'{name}={range.Trim()}' is no range; write {name}=0..1 with two dots between its ends");
        (double low, double high) = (Number(range[..dots], name), Number(range[(dots + 2)..], name));
        if (DomainChecks.RangeProblem(name, low, high) is string problem)
            throw Error(problem);
        Ranges.Add((name, low, high));
    }

    private void ReadShape(string piece, List<string> waiting)
    {
        (string? last, string shape) = AfterIn(piece);
        if (Shape is not null)
            throw Error("there are two shapes; one is allowed");
        if (last is not null)
            waiting.Add(last);
        if (waiting.Count is not 0 and not 2 || (last is null && waiting.Count > 0))
            throw Error($"the shape '{shape}' has two variables; write x,y in {shape}");
        (string x, string y) = waiting.Count == 2 ? (waiting[0], waiting[1]) : ("x", "y");
        if (DomainChecks.NamesProblem([x, y]) is string problem)
            throw Error(problem);
        waiting.Clear();
        ShapeFirst = Ranges.Count == 0;
        try
        {
            Shape = Create(shape.Trim(), x, y);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"Domain '{_text.Trim()}': {error.Message}", error);
        }
    }

    private Domain Create(string shape, string x, string y)
    {
        if (shape == "lshape")
            return Polygon.LShape(x, y);
        int open = shape.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !shape.EndsWith(')') || shape.StartsWith("lshape", StringComparison.Ordinal))
            throw Error($"'{shape}' is no shape; {Expected}");
        List<string> arguments = SplitAtCommas(shape[(open + 1)..^1]);
        if (shape.StartsWith("disc", StringComparison.Ordinal))
        {
            if (arguments.Count != 3)
                throw Error($"a disc has three numbers, disc(x,y,radius), not {arguments.Count}");
            double radius = Number(arguments[2], "disc");
            return radius > 0
                ? new Disc(Number(arguments[0], "disc"), Number(arguments[1], "disc"), radius, x, y)
                : throw Error($"the radius of a disc is above 0, not {DomainChecks.Text(radius)}");
        }

        PolygonOutline outline = new(arguments.Select(Corner));
        return outline.Problem() is string problem ? throw Error(problem) : new Polygon([.. arguments.Select(Corner)], x, y);
    }

    private (double X, double Y) Corner(string text)
    {
        string[] numbers = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 2
            ? (Number(numbers[0], "polygon"), Number(numbers[1], "polygon"))
            : throw Error($"'{text}' is no corner; corners are two numbers with a space between, separated by commas");
    }

    private double Number(string text, string place)
    {
        Expression number;
        try
        {
            number = Expression.Parse(text);
        }
        catch (ExpressionFormatException error)
        {
            throw new FormatException($"Domain '{_text.Trim()}': '{text.Trim()}' in {place} is no number ({error.Message}).", error);
        }

        if (number.Variables.Count > 0)
            throw Error($"'{text.Trim()}' in {place} is no number: it has the variable '{number.Variables[0]}'");
        double value = number.Evaluate();
        return double.IsFinite(value) ? value : throw Error($"'{text.Trim()}' in {place} is not finite");
    }

    /// <summary>The pieces between commas outside parentheses, trimmed.</summary>
    private List<string> SplitAtCommas(string text)
    {
        List<string> pieces = [];
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
                throw Error("a parenthesis closes that was not opened");
            if (text[i] == ',' && depth == 0)
            {
                pieces.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        if (depth > 0)
            throw Error("a parenthesis is not closed");
        pieces.Add(text[start..].Trim());
        return pieces;
    }
}
