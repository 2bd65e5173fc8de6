using System.Text.Json;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Output;
using KanSharp.Training;

namespace KanSharp.Cli.Edits;

/// <summary>The error on the rows of a table before and after a model was changed.</summary>
internal sealed record ErrorChange(TabularEvaluation Before, TabularEvaluation After)
{
    public void Text(Terminal terminal)
    {
        IReadOnlyList<(string Name, string Value)> before = Measures.Texts(Before), after = Measures.Texts(After);
        ResultTable.Write(terminal, ["error", "before", "after"], [.. before.Select((measure, i) => (string[])[measure.Name, measure.Value, after[i].Value])]);
    }

    public void Members(Utf8JsonWriter json)
    {
        json.WriteStartObject("before");
        Measures.Write(json, Before);
        json.WriteEndObject();
        json.WriteStartObject("after");
        Measures.Write(json, After);
        json.WriteEndObject();
    }
}
