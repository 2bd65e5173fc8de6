using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>A model as a C99 header.</summary>
internal static class HeaderSource
{
    public static string Write(LoweredModel model, SourceOptions options)
    {
        string prefix = HeaderStyle.Snake(options.Name), upper = prefix.ToUpperInvariant();
        var style = new HeaderStyle(options.Single ?? model.IsSingle, prefix);
        var context = new CodeContext(style);
        var program = new CodeProgram(context, model);
        var text = new SourceText();
        string real = style.Real, row = $"const {real} *x, {real} *y", scratch = $"{upper}_SCRATCH";
        Head(text, model, prefix, "math.h", "stdint.h");
        text.Line($"#define {upper}_INPUTS {SourceNumbers.Whole(model.Inputs)}");
        text.Line($"#define {upper}_OUTPUTS {SourceNumbers.Whole(model.Outputs)}");
        text.Line($"#define {scratch} {SourceNumbers.Whole(program.Scratch)} /* numbers of scratch that a prediction needs */");
        text.Line();
        Names(text, model, prefix);
        text.Lines(context.Tables + context.Helpers.ToString() + context.Steps);
        bool needs = program.Scratch > 0;
        text.Line($"/* {(model.IsClassifier ? "Probabilities of the classes of one row" : "Results of one row")}{(needs ? ", with room for numbers given by the caller" : "")}. */");
        text.Open($"static inline void {prefix}_predict{(needs ? "_with" : "")}({row}{(needs ? $", {real} *scratch" : "")})");
        foreach (string line in program.Body)
            text.Line(line);
        text.Close();
        text.Line();
        if (needs && program.FitsStack)
        {
            text.Open($"static inline void {prefix}_predict({row})");
            text.Line($"{real} scratch[{scratch}];");
            text.Line($"{prefix}_predict_with(x, y, scratch);");
            text.Close();
            text.Line();
        }

        if (model.IsClassifier)
            Classify(text, prefix, real);
        text.Line("#endif");
        return text.ToString();
    }

    /// <summary>Title, guard and includes.</summary>
    internal static void Head(SourceText text, LoweredModel model, string prefix, params IEnumerable<string> includes)
    {
        string guard = prefix.ToUpperInvariant() + "_H";
        text.Line($"/* {SourceNumbers.Comment(SourceNotes.Title(model))} No heap, no state: any number of threads may predict at once. */");
        text.Line($"#ifndef {guard}");
        text.Line($"#define {guard}");
        text.Line();
        foreach (string include in includes)
            text.Line($"#include <{include}>");
        text.Line();
    }

    /// <summary>Names of columns and results, and labels.</summary>
    internal static void Names(SourceText text, LoweredModel model, string prefix)
    {
        Names(text, $"{prefix}_input_names", model.InputNames);
        Names(text, model.IsClassifier ? $"{prefix}_classes" : $"{prefix}_output_names", model.OutputNames);
    }

    private static void Names(SourceText text, string name, IReadOnlyList<string> names)
    {
        text.Line($"static const char *const {name}[{SourceNumbers.Whole(names.Count)}] =");
        text.Line("{");
        text.In();
        foreach (string line in SourceNumbers.Wrap(names.Select(SourceNumbers.Quoted)))
            text.Line(line);
        text.Out();
        text.Line("};");
        text.Line();
    }

    private static void Classify(SourceText text, string prefix, string real)
    {
        string upper = prefix.ToUpperInvariant();
        text.Line("/* Number of the largest of the probabilities. */");
        text.Open($"static inline int {prefix}_largest(const {real} *y)");
        text.Line("int best = 0;");
        text.Line($"for (int n = 1; n < {upper}_OUTPUTS; n++)");
        text.Line("    best = y[n] > y[best] ? n : best;");
        text.Line("return best;");
        text.Close();
        text.Line();
    }
}
