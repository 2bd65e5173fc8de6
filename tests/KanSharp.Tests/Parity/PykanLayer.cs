using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Tests.Parity;

/// <summary>Kind pykan_layer_init: knots, coefficients, mask and weights of a new layer from recorded uniform draws.</summary>
internal static class PykanLayer
{
    public static void CheckInitialization(VectorCase vector)
    {
        int inputs = (int)vector.Number("in_dim", 1);
        int outputs = (int)vector.Number("out_dim", 1);
        var basis = new BSplineOptions { Intervals = (int)vector.Number("num", 5), Degree = (int)vector.Number("k", 3) };
        var scheme = KanInitialization.Pykan with
        {
            NoiseScale = vector.Number("noise_scale", 0.5),
            BaseMean = vector.Number("scale_base_mu", 0),
            BaseScale = vector.Number("scale_base_sigma", 1),
            SplineScale = vector.Number("scale_sp", 1),
            Sparse = vector.Config.TryGetProperty("sparse_init", out JsonElement sparse) && sparse.GetBoolean(),
        };
        var options = new KanLinearOptions { Basis = basis, Initialization = scheme, Mask = true };
        KanLinear<double> layer = KanLinear<double>.Create(inputs, outputs, options, new KanSharp.Numerics.SplitRandom(0));
        Compare.Close<double>("grid", vector.Tensor("expect", "grid"), layer.Knots.Value.Span, 1e-14);
        Compare.Close<double>("mask", vector.Tensor("expect", "mask"), layer.Mask!.Value.Span, 0);

        // pykan folds the mask into the scale; here the mask is a factor of the whole edge.
        double[] scale = [.. layer.EdgeScale!.Value.Span];
        for (int edge = 0; edge < scale.Length; edge++)
            scale[edge] *= layer.Mask.Value.Span[edge];
        Compare.Close<double>("scale_sp", vector.Tensor("expect", "scale_sp"), scale, 1e-14);

        Tensor<double> draws = vector.Tensor("inputs", "rand_coef");
        double[] noise = [.. draws.Span.ToArray().Select(draw => (draw - 0.5) * scheme.NoiseScale / basis.Intervals)];
        Tensor<double> fitted = KanLinearInitializer.FitNoise<double>(basis, inputs, outputs, noise);
        Tensor<double> coefficients = vector.Tensor("expect", "coef");
        var reordered = new double[coefficients.Shape.Count];
        for (int i = 0; i < inputs; i++)
        {
            for (int o = 0; o < outputs; o++)
            {
                for (int n = 0; n < basis.Count; n++)
                    reordered[(i * outputs + o) * basis.Count + n] = fitted[i, n, o];
            }
        }

        Compare.Close<double>("coef", coefficients, reordered, 1e-9);
        double mean = scheme.BaseMean / Math.Sqrt(inputs);
        double[] weights = [.. vector.Tensor("inputs", "rand_base").Span.ToArray().Select(draw => mean + scheme.Bound(scheme.BaseScale, inputs) * (2 * draw - 1))];
        Compare.Close<double>("scale_base", vector.Tensor("expect", "scale_base"), weights, 1e-14);
        foreach (double weight in layer.BaseWeight!.Value.Span)
            Assert.InRange(Math.Abs(weight - mean), 0, scheme.Bound(scheme.BaseScale, inputs));
    }
}
