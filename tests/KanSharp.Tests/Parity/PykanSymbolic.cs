using System.Globalization;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Parity;

/// <summary>pykan's symbolic edges: masks [out, in], constants [out, in, 4], names [out][in]; and its protected functions as expressions.</summary>
internal static class PykanSymbolic
{
    /// <summary>The symbolic edges of a layer; null if none is on.</summary>
    public static SymbolicEdges<double>? Edges(VectorCase vector, JsonElement parameters, int layer, KanLinear<double> numeric)
    {
        if (!parameters.TryGetProperty(Prefix(layer) + "mask", out JsonElement given))
            return null;
        Tensor<double> mask = VectorCase.Tensor(given);
        if (!mask.Span.ContainsAnyExcept(0.0))
            return null;
        Tensor<double> affine = VectorCase.Tensor(parameters.GetProperty(Prefix(layer) + "affine"));
        JsonElement names = vector.Expect.GetProperty("funs_name")[layer];
        FunctionCatalog functions = Functions(vector);
        var edges = new List<SymbolicEdge>();
        var constants = new List<double>();
        for (int o = 0; o < numeric.Outputs; o++)
        {
            for (int i = 0; i < numeric.Inputs; i++)
            {
                if (mask[o, i] == 0)
                    continue;
                Assert.Equal(1, mask[o, i]);
                string name = names[o][i].GetString()!;
                edges.Add(new SymbolicEdge(i, o, functions.Find("protected " + name) ?? functions[name]));
                constants.AddRange(Enumerable.Range(0, 4).Select(k => affine[o, i, k]));
            }
        }

        return new SymbolicEdges<double>(numeric.Inputs, numeric.Outputs, edges, new Tensor<double>(new Shape(edges.Count, 4), [.. constants]));
    }

    /// <summary>Compares constants or their gradients.</summary>
    public static void Compare(string what, SymbolicEdges<double>? edges, JsonElement expected, int layer, bool gradients, double tolerance)
    {
        if (edges is null || !expected.TryGetProperty(Prefix(layer) + "affine", out JsonElement given) || given.ValueKind == JsonValueKind.Null)
            return;
        Tensor<double> all = VectorCase.Tensor(given);
        var own = new Tensor<double>(edges.Affine.Shape);
        for (int edge = 0; edge < edges.Edges.Count; edge++)
        {
            for (int k = 0; k < 4; k++)
                own[edge, k] = all[edges.Edges[edge].Output, edges.Edges[edge].Input, k];
        }

        Parity.Compare.Close<double>($"{what} affine {layer}", own, gradients ? WhereKnown(own, edges.Affine.Gradient) : edges.Affine.Value.Span, tolerance);
    }

    /// <summary>The values, but NaN where the reference has NaN.</summary>
    public static double[] WhereKnown(Tensor<double> expected, ReadOnlySpan<double> actual)
    {
        double[] known = actual.ToArray();
        for (int index = 0; index < known.Length; index++)
            known[index] = double.IsNaN(expected.Span[index]) ? double.NaN : known[index];
        return known;
    }

    private static string Prefix(int layer) => $"symbolic_fun.{layer.ToString(CultureInfo.InvariantCulture)}.";

    /// <summary>The catalogue, with protected forms where the case avoids singularities (kan/utils.py, threshold y_th).</summary>
    private static FunctionCatalog Functions(VectorCase vector)
    {
        FunctionCatalog catalog = FunctionCatalog.Pykan;
        if (!vector.Config.TryGetProperty("singularity_avoiding", out JsonElement flag) || !flag.GetBoolean())
            return catalog;
        double y = vector.Number("y_th", 10), arctanh = 1 - (1 - Math.Tanh(y) + 1e-4), line = Math.PI / 2 - Math.Atan(y);
        catalog = FunctionCatalog.Standard;
        Add("1/x", Inside(1 / y, "{y}*x/{r}", "sgn(x)/{t}"));
        Add("1/x^2", Inside(Math.Pow(y, -1.0 / 2), "{y}", "1/{t}^2"));
        Add("1/x^3", Inside(Math.Pow(y, -1.0 / 3), "{y}*x/{r}", "sgn(x)/{t}^3"));
        Add("1/x^4", Inside(Math.Pow(y, -1.0 / 4), "{y}", "1/{t}^4"));
        Add("1/x^5", Inside(Math.Pow(y, -1.0 / 5), "{y}*x/{r}", "sgn(x)/{t}^5"));
        Add("sqrt", Inside(1 / (y * y), "{r}/{y}*x", "sgn(x)*sqrt({t})"));
        Add("1/sqrt(x)", Inside(1 / (y * y), "{y}", "1/sqrt({t})"));
        Add("log", Inside(Math.Exp(-y), "-{y}", "log({t})"));
        Add("exp", Text($"exp((x+{{b}}-abs(x-{{b}}))/2)", y).Replace("{b}", Number(Math.Log(y)), StringComparison.Ordinal));
        Add("arcsin", "arcsin((abs(x+1)-abs(x-1))/2)");
        Add("arccos", "arccos((abs(x+1)-abs(x-1))/2)");
        Add("arctanh", Text("sgn(x)*(step({r}-abs(x))*arctanh((abs(x)+{r}-abs(abs(x)-{r}))/2)+(1-step({r}-abs(x)))*{y})", y, arctanh));
        string clamped = "(abs(cos(x)*sgn(sin(x))+0.9)-abs(cos(x)*sgn(sin(x))-0.9))/2", near = "step({r}-abs(arcsin(" + clamped + ")))";
        Add("tan", Text($"{near}*{{y}}/{{r}}*arcsin({clamped})+(1-{near})*tan(x)", y, line));
        return catalog;

        void Add(string name, string expression) => catalog = catalog.With("protected " + name, expression, 1);

        // one thing for |x| < r, another in t = max(|x|, r) outside; r a little smaller, because the end belongs to the outside
        string Inside(double r, string inside, string outside)
        {
            const string Outer = "step(abs(x)-{r})", Largest = "((abs(x)+{r}+abs(abs(x)-{r}))/2)";
            string text = $"{Outer}*({outside.Replace("{t}", Largest, StringComparison.Ordinal)})+(1-{Outer})*({inside})";
            return Text(text, y, r * (1 - 1e-15));
        }
    }

    private static string Text(string text, double y, double r = 0) =>
        text.Replace("{y}", Number(y), StringComparison.Ordinal).Replace("{r}", Number(r), StringComparison.Ordinal);

    private static string Number(double value) => $"({value.ToString("R", CultureInfo.InvariantCulture)})";
}
