using KanSharp.Interchange.Lowering;
using KanSharp.Symbolics;

namespace KanSharp.Interchange.Onnx;

/// <summary>The steps of a model as nodes.</summary>
internal static class OnnxSteps
{
    /// <summary>[N, inputs of the step] to [N, its outputs].</summary>
    public static OnnxValue Of(LoweredStep step, OnnxValue x) => step switch
    {
        SelectStep select => x.Columns(select.Columns),
        AffineStep affine => Affine(affine, x),
        RowNormStep norm => RowNorm(norm, x),
        ActivationStep activation => OnnxActivations.Of(activation.Function, x),
        EdgeStep edges => OnnxEdges.Of(edges, x),
        NodeStep nodes => Nodes(nodes, x),
        DenseStep dense => Shifted(x.MatMul(x.Graph.Constant(Transposed(dense), dense.Inputs, dense.Outputs)), dense.Bias),
        ProbabilityStep probability => Probabilities(probability, x),
        FormulaStep formulas => Formulas(formulas, x),
        _ => throw new NotSupportedException($"{step.GetType().Name} can not be exported to ONNX."),
    };

    private static OnnxValue Affine(AffineStep step, OnnxValue x) =>
        Shifted(Scaled(Shifted(x, Array.ConvertAll(step.Center, center => -center)), step.Factor), step.Shift);

    private static OnnxValue RowNorm(RowNormStep step, OnnxValue x)
    {
        OnnxValue centred = x - x.RowMean();
        OnnxValue deviation = (centred.Square().RowMean() + step.Epsilon).Sqrt();
        return Shifted(Scaled(centred / deviation, step.Weight), step.Bias);
    }

    private static OnnxValue Nodes(NodeStep step, OnnxValue x)
    {
        OnnxValue u = Shifted(Scaled(x, step.SubnodeScale), step.SubnodeBias);
        if (step.Arities.Count > 0)
            u = WithProducts(step, u);
        return Shifted(Scaled(u, step.NodeScale), step.NodeBias);
    }

    /// <summary>The sums and the products, products with equally many factors at once.</summary>
    private static OnnxValue WithProducts(NodeStep step, OnnxValue u)
    {
        List<OnnxValue> parts = step.Sums > 0 ? [u.Slice(1, 0, step.Sums)] : [];
        int[] first = new int[step.Arities.Count];
        for (int product = 0, at = step.Sums; product < first.Length; at += step.Arities[product++])
            first[product] = at;
        List<int> order = [];
        foreach (IGrouping<int, int> same in Enumerable.Range(0, first.Length).GroupBy(product => step.Arities[product]))
        {
            OnnxValue result = u.Columns(same.Select(product => first[product]));
            for (int factor = 1; factor < same.Key; factor++)
                result *= u.Columns(same.Select(product => first[product] + factor));
            parts.Add(result);
            order.AddRange(same);
        }

        OnnxValue joined = OnnxValue.Concat(1, [.. parts]);
        if (order.SequenceEqual(Enumerable.Range(0, order.Count)))
            return joined;
        return joined.Columns([.. Enumerable.Range(0, step.Sums), .. Enumerable.Range(0, order.Count).Select(product => step.Sums + order.IndexOf(product))]);
    }

    private static OnnxValue Probabilities(ProbabilityStep step, OnnxValue x) => step.IsBinary
        ? OnnxValue.Concat(1, (-x).Sigmoid(), x.Sigmoid())
        : x.Graph.Node("Softmax", [OnnxGraph.Attribute("axis", 1L)], x);

    private static OnnxValue Formulas(FormulaStep step, OnnxValue x)
    {
        Dictionary<string, OnnxValue> columns = new(StringComparer.Ordinal);
        var writer = new OnnxExpressions(x.Graph, Column);
        return OnnxValue.Concat(1, [.. step.Results.Select(Result)]);

        OnnxValue Column(string name)
        {
            if (!columns.TryGetValue(name, out OnnxValue column))
                columns.Add(name, column = x.Columns([Array.IndexOf([.. step.Variables], name)]));
            return column;
        }

        OnnxValue Result(Expression formula) =>
            OnnxExpressions.IsConstant(formula) ? x.Columns([0]).Zeros() + writer.Write(formula) : writer.Write(formula);
    }

    private static OnnxValue Scaled(OnnxValue x, double[] factors) =>
        Array.TrueForAll(factors, factor => factor == 1) ? x : x * x.Graph.Constant(factors, 1, factors.Length);

    private static OnnxValue Shifted(OnnxValue x, double[] shifts) =>
        Array.TrueForAll(shifts, shift => shift == 0) ? x : x + x.Graph.Constant(shifts, shifts.Length);

    private static double[] Transposed(DenseStep dense)
    {
        var transposed = new double[dense.Weight.Length];
        for (int output = 0; output < dense.Outputs; output++)
        {
            for (int input = 0; input < dense.Inputs; input++)
                transposed[(input * dense.Outputs) + output] = dense.Weight[(output * dense.Inputs) + input];
        }

        return transposed;
    }
}
