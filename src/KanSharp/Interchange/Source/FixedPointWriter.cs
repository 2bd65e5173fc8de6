using System.Globalization;
using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>A model as a C header of integers: one table of 16-bit numbers for every edge, linear between its entries, and one loop for all layers.</summary>
internal static class FixedPointWriter
{
    public static FixedPointSource Write(LoweredModel model, FixedPointOptions options)
    {
        options.Validate();
        if (options.Ranges.Count != model.Inputs)
            throw new ArgumentException($"There are {options.Ranges.Count} ranges; the model has {model.Inputs} inputs ({string.Join(", ", model.InputNames.Take(8))}).", nameof(options));
        List<FixedPointLayer> layers = FixedPointLayer.Of(model);
        double largest = options.Ranges.Max(range => Math.Max(Math.Abs(range.Low), Math.Abs(range.High)));
        int fraction = options.InputFraction ?? Math.Clamp(29 - (int)Math.Floor(Math.Log2(largest)), -30, 30);
        if (Math.ScaleB(largest, fraction) >= 1L << 30)
            throw new ArgumentException($"InputFraction is {fraction}; inputs up to {largest.ToString(CultureInfo.InvariantCulture)} have room for {29 - (int)Math.Floor(Math.Log2(largest))}.", nameof(options));
        FixedPointInput[] inputs = [.. layers[0].Columns!.Select(column => FixedPointInput.Of(column, options.Ranges[column], fraction, options.TableBits))];
        var tables = new FixedPointTables[layers.Count];
        IReadOnlyList<FixedPointRange> ranges = [.. inputs.Select(input => input.Range)];
        for (int layer = 0; layer < tables.Length; layer++)
        {
            tables[layer] = new FixedPointTables(layers[layer], options.TableBits, ranges, layer == tables.Length - 1);
            ranges = tables[layer].Ranges;
        }

        int bytes = (inputs.Length * 16) + tables.Sum(table => (2 * (table.Values.Count + table.Edges.Count)) + (4 * table.Offsets.Length));
        int output = -tables[^1].Shift;
        double[] bounds = [.. ranges.Select(range => range.Error)];
        return new FixedPointSource(Text(model, options, fraction, inputs, layers, tables, bytes, bounds), bounds, bytes, fraction, output);
    }

    private static string Text(
        LoweredModel model, FixedPointOptions options, int fraction, FixedPointInput[] inputs, List<FixedPointLayer> layers, FixedPointTables[] tables, int bytes, double[] bounds)
    {
        string prefix = HeaderStyle.Snake(options.Name), upper = prefix.ToUpperInvariant();
        var style = new HeaderStyle(false, prefix);
        var text = new SourceText();
        HeaderSource.Head(text, model, prefix, "stdint.h");
        text.Line($"/* Integers alone: inputs are x * 2^{fraction}, {(model.IsClassifier ? "results logits" : "results y")} * 2^{-tables[^1].Shift}. Inputs beyond these ranges count as their ends:");
        for (int column = 0; column < model.Inputs; column++)
            text.Line(string.Create(CultureInfo.InvariantCulture, $"   {SourceNumbers.Comment(model.InputNames[column])}: {options.Ranges[column].Low} to {options.Ranges[column].High}"));
        text.Line(string.Create(CultureInfo.InvariantCulture, $"   Tables take {bytes} bytes. For inputs in the ranges results are within {bounds.Max():G3} of the model's. Right shifts of negative numbers must keep the sign. */"));
        if (model.IsClassifier)
            text.Line(Logits(model, upper));
        text.Line($"#define {upper}_INPUTS {model.Inputs}");
        text.Line($"#define {upper}_OUTPUTS {layers[^1].Outputs}");
        text.Line($"#define {upper}_TO_FIXED(x) {prefix}_to_fixed(x)");
        text.Line($"#define {upper}_FROM_FIXED(y) ((double)(y) * {SourceNumbers.Literal(Math.ScaleB(1, tables[^1].Shift), false)})");
        text.Line();
        HeaderSource.Names(text, model, prefix);
        Convert(text, prefix, fraction);
        style.Table(text, "int32_t", "InputLow", [.. inputs.Select(input => SourceNumbers.Whole(input.Low))]);
        style.Table(text, "int32_t", "InputHigh", [.. inputs.Select(input => SourceNumbers.Whole(input.High))]);
        style.Table(text, "int32_t", "InputFactor", [.. inputs.Select(input => SourceNumbers.Whole(input.Factor))]);
        style.Table(text, "int16_t", "InputShift", [.. inputs.Select(input => SourceNumbers.Whole(input.Shift))]);
        style.Table(text, "int16_t", "InputColumn", [.. inputs.Select(input => SourceNumbers.Whole(input.Column))]);
        for (int layer = 0; layer < tables.Length; layer++)
        {
            string number = SourceNumbers.Whole(layer);
            style.Table(text, "int32_t", "Offsets" + number, [.. tables[layer].Offsets.Select(SourceNumbers.Whole)]);
            if (tables[layer].Edges.Count == 0)
                continue;
            style.Table(text, "int16_t", "Edges" + number, [.. tables[layer].Edges.SelectMany(edge => (string[])[SourceNumbers.Whole(edge.Input), SourceNumbers.Whole(edge.Output)])]);
            style.Table(text, "int16_t", "Values" + number, [.. tables[layer].Values.Select(value => SourceNumbers.Whole(value))]);
        }

        Functions(text, style, options.TableBits);
        Predict(text, style, layers, tables);
        if (model.IsClassifier)
            Classify(text, prefix, layers[^1].Outputs);
        text.Line("#endif");
        return text.ToString();
    }

    /// <summary>What the results of a classifier mean.</summary>
    private static string Logits(LoweredModel model, string upper) => model.Steps[^1] is ProbabilityStep { IsBinary: true }
        ? $"/* The result is one logit: y[0] > 0 is class 1, {SourceNumbers.Comment(model.OutputNames[1])}, else class 0, {SourceNumbers.Comment(model.OutputNames[0])}. The probability of class 1 is 1 / (1 + exp(-{upper}_FROM_FIXED(y[0]))). */"
        : $"/* Results are the logits of the classes: the largest is the class. Probabilities are exp({upper}_FROM_FIXED(y[n])) over the sum of all. */";

    private static void Convert(SourceText text, string prefix, int fraction) => text.Lines($$"""
        /* x as an input, rounded; beyond 32 bits it is the nearest end, and not a number is 0. */
        static inline int32_t {{prefix}}_to_fixed(double x)
        {
            double v = x * {{SourceNumbers.Literal(Math.ScaleB(1, fraction), false)}};
            if (v >= 2147483647.0)
                return INT32_MAX;
            if (v > -2147483648.0)
                return (int32_t)(v + (v < 0 ? -0.5 : 0.5));
            return v < 0 ? INT32_MIN : 0;
        }

        """);

    private static void Classify(SourceText text, string prefix, int outputs)
    {
        text.Line($"/* Number of the class that results stand for, an index of {prefix}_classes. */");
        text.Open($"static inline int {prefix}_class(const int32_t *y)");
        if (outputs == 1)
        {
            text.Line("return y[0] > 0;");
        }
        else
        {
            text.Line("int best = 0;");
            text.Line($"for (int n = 1; n < {outputs}; n++)");
            text.Line("    best = y[n] > y[best] ? n : best;");
            text.Line("return best;");
        }

        text.Close();
        text.Line();
    }

    private static void Functions(SourceText text, HeaderStyle style, int bits)
    {
        text.Lines($$"""
            /* Position of an input in its range, in cells of 32768. */
            static inline int32_t {{style.Id("Position")}}(int32_t x, int i)
            {
                int32_t low = {{style.Id("InputLow")}}[i], high = {{style.Id("InputHigh")}}[i], shift = {{style.Id("InputShift")}}[i];
                uint32_t d = (uint32_t)(x < low ? low : x > high ? high : x) - (uint32_t)low, factor = (uint32_t){{style.Id("InputFactor")}}[i];
                uint32_t t = (d >> 15) * factor + (((d & 32767u) * factor) >> 15);
                return (int32_t)(shift >= 0 ? t >> shift : t << -shift);
            }

            /* Adds the values of a layer's edges at the positions of its inputs. */
            static inline void {{style.Id("Add")}}(const int32_t *t, int32_t *sum, const int16_t *edges, const int16_t *values, int count)
            {
                for (int e = 0; e < count; e++)
                {
                    int32_t at = t[edges[2 * e]], cell = at >> 15;
                    const int16_t *v = values + (int32_t)e * {{(1 << bits) + 1}};
                    cell = cell < {{(1 << bits) - 1}} ? cell : {{(1 << bits) - 1}};
                    sum[edges[2 * e + 1]] += v[cell] + ((((int32_t)v[cell + 1] - v[cell]) * (at - cell * 32768) + 16384) >> 15);
                }
            }

            """);
    }

    private static void Predict(SourceText text, HeaderStyle style, List<FixedPointLayer> layers, FixedPointTables[] tables)
    {
        int widest = layers.Max(layer => Math.Max(layer.Inputs, layer.Outputs));
        text.Open($"static inline void {style.Id("Predict")}(const int32_t *x, int32_t *y)");
        text.Line($"int32_t t[{widest}]{(layers.Count > 1 ? $", sum[{widest}]" : "")};");
        text.Line($"for (int i = 0; i < {layers[0].Inputs}; i++)");
        text.Line($"    t[i] = {style.Id("Position")}(x[{style.Id("InputColumn")}[i]], i);");
        for (int layer = 0; layer < layers.Count; layer++)
        {
            FixedPointTables table = tables[layer];
            bool last = layer == layers.Count - 1;
            string number = SourceNumbers.Whole(layer), sum = last ? "y" : "sum";
            text.Line($"for (int o = 0; o < {layers[layer].Outputs}; o++)");
            text.Line($"    {sum}[o] = {style.Id("Offsets" + number)}[o];");
            if (table.Edges.Count > 0)
                text.Line($"{style.Id("Add")}(t, {sum}, {style.Id("Edges" + number)}, {style.Id("Values" + number)}, {table.Edges.Count});");
            if (last)
                break;
            text.Open($"for (int o = 0; o < {layers[layer].Outputs}; o++)");
            text.Line($"int32_t s = sum[o] < 0 ? 0 : sum[o]{(table.Shift > 0 ? $" * {1 << table.Shift}" : table.Shift < 0 ? $" >> {-table.Shift}" : "")};");
            text.Line($"t[o] = s > {table.Top} ? {table.Top} : s;");
            text.Close();
        }

        text.Close();
        text.Line();
    }
}
