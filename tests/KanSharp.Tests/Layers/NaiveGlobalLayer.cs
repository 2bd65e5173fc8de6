using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Tests.Bases;

namespace KanSharp.Tests.Layers;

/// <summary>The sum over edges as the formula says it, one edge and one function at a time, in double and from closed forms.</summary>
internal sealed class NaiveGlobalLayer(int rows, int inputs, int outputs, int count)
{
    public NaiveKanLayer.Sums Y { get; } = new(rows * outputs);

    public NaiveKanLayer.Sums X { get; } = new(rows * inputs);

    public NaiveKanLayer.Sums Multiplier { get; } = new(rows * inputs);

    public NaiveKanLayer.Sums Coefficients { get; } = new(inputs * count * outputs);

    public NaiveKanLayer.Sums Scale { get; } = new(inputs * outputs);

    public NaiveKanLayer.Sums Base { get; } = new(inputs * outputs);

    public static NaiveGlobalLayer Compute<T>(
        GlobalFamilies.Family family, GlobalLayer<T> layer, Tensor<T> x, Tensor<T>? multiplier, int order, ReadOnlySpan<T> cotangent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape.Rows, inputs = layer.Inputs, outputs = layer.Outputs, count = layer.Basis.Count;
        var result = new NaiveGlobalLayer(rows, inputs, outputs, count);
        for (int n = 0; n < rows; n++)
        {
            for (int o = 0; o < outputs && layer.Bias is not null && order == 0 && multiplier is null; o++)
                result.Y.Add((n * outputs) + o, double.CreateTruncating(layer.Bias.Value[o]));
            for (int i = 0; i < inputs; i++)
            {
                double point = double.CreateTruncating(x.Row(n)[i]);
                double m = multiplier is null ? 1 : double.CreateTruncating(multiplier.Row(n)[i]);
                double[][] functions = [.. Enumerable.Range(0, count).Select(j => family.At(j, point))];
                double[] branch = layer.Activation is null ? [] : [.. Enumerable.Range(0, 4).Select(d => layer.Activation.Evaluate(point, d))];
                for (int o = 0; o < outputs; o++)
                    result.Edge(layer, n, i, o, m, functions, branch, order, double.CreateTruncating(cotangent[(n * outputs) + o]));
            }
        }

        return result;
    }

    private void Edge<T>(GlobalLayer<T> layer, int n, int i, int o, double m, double[][] functions, double[] branch, int order, double g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int edge = (i * outputs) + o;
        double mask = layer.Mask is null ? 1 : double.CreateTruncating(layer.Mask.Span[edge]);
        double scale = layer.Scale is null ? 1 : double.CreateTruncating(layer.Scale.Value.Span[edge]);
        for (int j = 0; j < count; j++)
        {
            int index = (((i * count) + j) * outputs) + o;
            double c = double.CreateTruncating(layer.Coefficients.Value.Span[index]), weight = mask * scale * c;
            Y.Add((n * outputs) + o, m * functions[j][order] * weight);
            X.Add((n * inputs) + i, g * m * functions[j][order + 1] * weight);
            Multiplier.Add((n * inputs) + i, g * functions[j][order] * weight);
            Coefficients.Add(index, g * m * functions[j][order] * mask * scale);
            Scale.Add(edge, g * m * functions[j][order] * mask * c);
        }

        if (layer.Base is null)
            return;
        double baseWeight = mask * double.CreateTruncating(layer.Base.Value.Span[edge]);
        Y.Add((n * outputs) + o, m * branch[order] * baseWeight);
        X.Add((n * inputs) + i, g * m * branch[order + 1] * baseWeight);
        Multiplier.Add((n * inputs) + i, g * branch[order] * baseWeight);
        Base.Add(edge, g * m * branch[order] * mask);
    }
}
