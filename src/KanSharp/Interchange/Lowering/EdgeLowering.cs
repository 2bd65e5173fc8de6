using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Symbolics;

namespace KanSharp.Interchange.Lowering;

/// <summary>The edges of one layer of a network: numeric and symbolic ones.</summary>
internal static class EdgeLowering
{
    /// <summary>The edges of a stage; what its nodes do is a step of its own.</summary>
    /// <exception cref="NotSupportedException">An edge has a protected function, which has no formula.</exception>
    public static EdgeStep Of<T>(KanStage<T> stage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Of(stage.Numeric, stage.Symbolic is null ? [] : Symbolic(stage.Symbolic));

    /// <summary>The edges of a layer alone.</summary>
    public static EdgeStep Of<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Of(layer, []);

    private static EdgeStep Of<T>(KanLinear<T> layer, LoweredEdge[] symbolic)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inputs = layer.Inputs, outputs = layer.Outputs;
        double[] bias = layer.Bias is null ? new double[outputs] : BasisLowering.Numbers(layer.Bias.Value);
        if (layer.IsOff)
            return new EdgeStep(inputs, outputs) { Bias = bias, Symbolic = symbolic };
        double[] mask = Weights(layer.Mask?.Value, inputs * outputs);
        double[] coefficients = BasisLowering.Numbers(layer.Coefficients.Value);
        double[] scale = Weights(layer.EdgeScale?.Value, inputs * outputs), window = Window(layer);
        int count = coefficients.Length / (inputs * outputs);
        for (int index = 0; index < coefficients.Length; index++)
        {
            int input = index / (count * outputs), edge = (input * outputs) + (index % outputs);
            // a masked edge is 0 whatever its numbers are
            coefficients[index] = mask[edge] == 0 ? 0 : coefficients[index] * scale[edge] * mask[edge] * window[input];
        }

        double[] baseWeight = layer.BaseWeight is null ? [] : BasisLowering.Numbers(layer.BaseWeight.Value);
        for (int edge = 0; edge < baseWeight.Length; edge++)
            baseWeight[edge] = mask[edge] == 0 ? 0 : baseWeight[edge] * mask[edge];
        return new EdgeStep(inputs, outputs)
        {
            Mapping = Mapping(layer),
            Basis = BasisLowering.Of(layer),
            Coefficients = coefficients,
            BaseActivation = layer.BaseWeight is null ? null : layer.Options.BaseActivation,
            BaseWeight = layer.Options.BaseActivation is null ? [] : baseWeight,
            BaseOnRawInput = layer.Options.BaseOnRawInput,
            Bias = bias,
            Symbolic = symbolic,
        };
    }

    private static List<LoweredStep> Mapping<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<LoweredStep> steps = [];
        int inputs = layer.Inputs;
        switch (layer.Normalization)
        {
            case LayerNorm<T> norm:
                steps.Add(new RowNormStep(norm.Epsilon, Weights(norm.Weight?.Value, inputs), norm.Bias is null ? new double[inputs] : BasisLowering.Numbers(norm.Bias.Value)));
                break;
            case BatchNorm<T> norm:
                double[] factor = Weights(norm.Weight?.Value, inputs), variance = BasisLowering.Numbers(norm.RunningVariance.Value);
                for (int input = 0; input < inputs; input++)
                    factor[input] /= Math.Sqrt(variance[input] + norm.Epsilon);
                steps.Add(new AffineStep(BasisLowering.Numbers(norm.RunningMean.Value), factor, norm.Bias is null ? new double[inputs] : BasisLowering.Numbers(norm.Bias.Value)));
                break;
            case RangeNorm<T> norm:
                steps.Add(new AffineStep(BasisLowering.Numbers(norm.Center.Value), BasisLowering.Numbers(norm.Scale.Value), new double[inputs]));
                break;
        }

        if (layer.Mapping?.SquashFunction is { } squash)
            steps.Add(new ActivationStep(inputs, squash));
        return steps;
    }

    private static LoweredEdge[] Symbolic<T>(SymbolicEdges<T> edges)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lowered = new LoweredEdge[edges.Edges.Count];
        Expression x = Expression.Variable(LoweredEdge.Variable);
        for (int index = 0; index < lowered.Length; index++)
        {
            SymbolicEdge edge = edges.Edges[index];
            if (edge.Function.Threshold is not null)
                throw new NotSupportedException($"Edge ({edge.Input}, {edge.Output}) has the function '{edge.Function.Name}' in a form that avoids singularities, which has no formula; give it the plain function first.");
            Tensor<T> affine = edges.Affine.Value;
            (double a, double b, double c, double d) = (Number(affine[index, 0]), Number(affine[index, 1]), Number(affine[index, 2]), Number(affine[index, 3]));
            double exponent = edge.Function.HasExponent ? Number(edges.Exponents!.Value[index]) : double.NaN;
            lowered[index] = new LoweredEdge(edge.Input, edge.Output, (c * edge.Function.Apply((a * x) + b, exponent)) + d);
        }

        return lowered;

        static double Number(T value) => double.CreateTruncating(value);
    }

    /// <summary>The window of published Shannon wavelets over the inputs, ones without.</summary>
    private static double[] Window<T>(KanLinear<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Weights(layer.Options.Basis is WaveletOptions { HasWindow: true } ? layer.Functions.Tensors[2] : null, layer.Inputs);

    private static double[] Weights<T>(Tensor<T>? tensor, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tensor is not null)
            return BasisLowering.Numbers(tensor);
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
