namespace KanSharp.Interchange.Source;

/// <summary>C#: spans, and tables as data of the assembly.</summary>
internal sealed class SharpStyle(bool single) : CodeStyle(single)
{
    public override bool IsSharp => true;

    public override string Id(string name) => name;

    public override string Math(string function) => Single ? "MathF." + Member(function) : DoubleMath(function);

    public override string DoubleMath(string function) => "Math." + Member(function);

    public override string Source(string name) => $"ReadOnlySpan<{Real}> {name}";

    public override string Target(string name) => $"Span<{Real}> {name}";

    public override string Function(string returns, string name, params IEnumerable<string> parameters) =>
        $"private static {returns} {name}({string.Join(", ", parameters)})";

    public override string Buffer(string name, int size) => $"Span<{Real}> {name} = stackalloc {Real}[{SourceNumbers.Whole(size)}];";

    public override string Part(string name, int start, int size) => $"Span<{Real}> {name} = scratch.Slice({SourceNumbers.Whole(start)}, {SourceNumbers.Whole(size)});";

    public override void Table(SourceText text, string name, IReadOnlyList<double> values) => Table(text, Real, name, values.Select(Number));

    public override void Table(SourceText text, string name, IReadOnlyList<int> values) => Table(text, "int", name, values.Select(SourceNumbers.Whole));

    private static string Member(string function) => function == "fabs" ? "Abs" : char.ToUpperInvariant(function[0]) + function[1..];

    private static void Table(SourceText text, string type, string name, IEnumerable<string> items)
    {
        text.Line($"private static ReadOnlySpan<{type}> {name} =>");
        text.Line("[");
        text.In();
        foreach (string line in SourceNumbers.Wrap(items))
            text.Line(line);
        text.Out();
        text.Line("];");
        text.Line();
    }
}
