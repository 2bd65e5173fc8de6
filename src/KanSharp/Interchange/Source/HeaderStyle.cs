using System.Text;

namespace KanSharp.Interchange.Source;

/// <summary>C99: pointers, static tables, names that begin with a prefix.</summary>
internal sealed class HeaderStyle(bool single, string prefix) : CodeStyle(single)
{
    public override bool IsSharp => false;

    public override string Id(string name) => $"{prefix}_{Snake(name)}";

    public override string Math(string function) => Single ? function + "f" : function;

    public override string DoubleMath(string function) => function;

    public override string Source(string name) => $"const {Real} *{name}";

    public override string Target(string name) => $"{Real} *{name}";

    public override string Function(string returns, string name, params IEnumerable<string> parameters) =>
        $"static inline {returns} {Id(name)}({string.Join(", ", parameters)})";

    public override string Buffer(string name, int size) => $"{Real} {name}[{SourceNumbers.Whole(size)}];";

    public override string Part(string name, int start, int size) => $"{Real} *{name} = scratch{(start == 0 ? "" : " + " + SourceNumbers.Whole(start))};";

    public override void Table(SourceText text, string name, IReadOnlyList<double> values) => Table(text, Real, name, [.. values.Select(Number)]);

    public override void Table(SourceText text, string name, IReadOnlyList<int> values) =>
        Table(text, values.All(value => value is >= short.MinValue and <= short.MaxValue) ? "int16_t" : "int32_t", name, [.. values.Select(SourceNumbers.Whole)]);

    /// <summary>BaseWeights0 → base_weights0, SiLU → silu.</summary>
    public static string Snake(string name)
    {
        name = name.Replace("SiLU", "Silu", StringComparison.Ordinal).Replace("GELU", "Gelu", StringComparison.Ordinal).Replace("ReLU", "Relu", StringComparison.Ordinal);
        var snake = new StringBuilder();
        for (int index = 0; index < name.Length; index++)
        {
            if (char.IsAsciiLetterUpper(name[index]) && index > 0 && !char.IsAsciiLetterUpper(name[index - 1]) && name[index - 1] != '_')
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[index]));
        }

        return snake.ToString();
    }

    /// <summary>A table of a type of C.</summary>
    internal void Table(SourceText text, string type, string name, IReadOnlyList<string> items)
    {
        text.Line($"static const {type} {Id(name)}[{SourceNumbers.Whole(items.Count)}] =");
        text.Line("{");
        text.In();
        foreach (string line in SourceNumbers.Wrap(items))
            text.Line(line);
        text.Out();
        text.Line("};");
        text.Line();
    }
}
