using KanSharp.Interchange.Lowering;
using KanSharp.Numerics;
using KanSharp.Symbolics.Evaluation;

namespace KanSharp.Interchange.Onnx;

/// <summary>A layer's sums over edges as nodes.</summary>
internal static class OnnxEdges
{
    /// <summary>[N, I] to [N, O].</summary>
    public static OnnxValue Of(EdgeStep step, OnnxValue x) => Of(step, x, Mapped(step, x));

    /// <summary>What the functions see of the inputs.</summary>
    public static OnnxValue Mapped(EdgeStep step, OnnxValue x) => step.Mapping.Aggregate(x, (value, map) => OnnxSteps.Of(map, value));

    /// <summary>[N, I] to [N, O].</summary>
    /// <param name="step">The edges.</param>
    /// <param name="x">The inputs as they come.</param>
    /// <param name="mapped">What the functions see of them.</param>
    public static OnnxValue Of(EdgeStep step, OnnxValue x, OnnxValue mapped)
    {
        OnnxGraph graph = x.Graph;
        List<OnnxValue> parts = [];
        if (step.Basis is WaveletFunctions wavelets)
        {
            parts.Add(OnnxWavelets.Sum(wavelets, step.Coefficients, step.Outputs, mapped));
        }
        else if (step.Basis is { } basis)
        {
            int functions = step.Inputs * basis.Count;
            parts.Add(OnnxBases.Of(basis, mapped).Reshape(-1, functions).MatMul(graph.Constant(step.Coefficients, functions, step.Outputs)));
        }

        if (step.BaseActivation is { } activation && activation != Activation.Zero)
            parts.Add(OnnxActivations.Of(activation, step.BaseOnRawInput ? x : mapped).MatMul(graph.Constant(step.BaseWeight, step.Inputs, step.Outputs)));
        double[] bias = (double[])step.Bias.Clone();
        if (Symbolic(step, x, bias) is { } symbolic)
            parts.Add(symbolic);
        if (parts.Count == 0)
            parts.Add(x.Columns([0]).Zeros());
        OnnxValue sum = parts.Aggregate((total, part) => total + part);
        return Array.TrueForAll(bias, number => number == 0) && parts.Count > 0 && (step.Basis ?? (object?)step.BaseActivation) is not null
            ? sum
            : sum + graph.Constant(bias, step.Outputs);
    }

    /// <summary>The symbolic edges: those of one form as columns side by side, then their sums by output. What is constant goes to the bias.</summary>
    private static OnnxValue? Symbolic(EdgeStep step, OnnxValue x, double[] bias)
    {
        List<LoweredEdge> order = [];
        List<OnnxValue> columns = [];
        foreach (IGrouping<string, LoweredEdge> form in step.Symbolic.GroupBy(edge => OnnxExpressions.Form(edge.Function)))
        {
            LoweredEdge[] edges = [.. form];
            if (OnnxExpressions.IsConstant(edges[0].Function))
            {
                foreach (LoweredEdge edge in edges)
                    bias[edge.Output] += ScalarEvaluation.OfConstant(edge.Function);
                continue;
            }

            OnnxValue? inputs = null;
            var writer = new OnnxExpressions(x.Graph, _ => inputs ??= Gather(x, step.Inputs, [.. edges.Select(edge => edge.Input)]));
            columns.Add(writer.Write([.. edges.Select(edge => edge.Function)]));
            order.AddRange(edges);
        }

        return order.Count == 0 ? null : ByOutput(OnnxValue.Concat(1, [.. columns]), [.. order.Select(edge => edge.Output)], step.Outputs);
    }

    /// <summary>Sums of columns. Not a matrix product, in which a value that is not finite would reach the other outputs, too.</summary>
    private static OnnxValue ByOutput(OnnxValue columns, int[] outputs, int count)
    {
        OnnxGraph graph = columns.Graph;
        List<long>[] members = [.. Enumerable.Range(0, count).Select(_ => new List<long>())];
        for (int column = 0; column < outputs.Length; column++)
            members[outputs[column]].Add(column);
        int most = members.Max(list => list.Count);
        if (most == 1 && outputs.Length == count)
            return Gather(columns, count, [.. members.Select(list => (int)list[0])]);
        if (members.Any(list => list.Count < most))
        {
            // a column of zeros for the places that are free
            columns = graph.Node("Pad", columns, graph.Integers(0, 0, 0, 1));
            foreach (List<long> list in members)
                list.AddRange(Enumerable.Repeat((long)outputs.Length, most - list.Count));
        }

        OnnxValue places = graph.Integers([.. members.SelectMany(list => list)], count, most);
        return graph.Node("Gather", [OnnxGraph.Attribute("axis", 1L)], columns, places).Sum(2);
    }

    private static OnnxValue Gather(OnnxValue x, int width, int[] columns) =>
        columns.Length == width && columns.SequenceEqual(Enumerable.Range(0, width)) ? x : x.Columns(columns);
}
