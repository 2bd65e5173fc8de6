using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;

namespace KanSharp.Tests.Parity;

/// <summary>Kinds curve2coeff and init: least-squares fits, rank deficient and underdetermined ones included.</summary>
internal static class EfficientKanFits
{
    public static void CheckCurveFit(VectorCase vector)
    {
        Tensor<double> grid = vector.Tensor("buffers", "grid");
        Tensor<double> x = vector.Tensor("inputs", "x");
        Tensor<double> y = vector.Tensor("inputs", "y");
        Tensor<double> expected = EfficientKanModel.ToCoefficients(vector.Tensor("expect", "coeff"));
        int degree = (int)vector.Number("spline_order", 3);
        int outputs = y.Shape[2];
        for (int input = 0; input < grid.Shape[0]; input++)
        {
            double[] points = [.. Enumerable.Range(0, x.Shape[0]).Select(row => x[row, input])];
            double[] values = [.. Enumerable.Range(0, x.Shape[0]).SelectMany(row => Enumerable.Range(0, outputs).Select(o => y[row, input, o]))];
            double[] coefficients = SplineFit.LeastNorm(grid.Row(input), degree, points, values, outputs);
            var reference = new Tensor<double>(new Shape(expected.Shape[1], outputs), expected.Span.Slice(input * coefficients.Length, coefficients.Length).ToArray());
            Compare.Close<double>($"coefficients of input {input}", reference, coefficients, 1e-9);
        }
    }

    public static void CheckInitialization(VectorCase vector)
    {
        var basis = new BSplineOptions { Intervals = (int)vector.Number("grid_size", 5), Degree = (int)vector.Number("spline_order", 3) };
        Tensor<double> noise = vector.Tensor("inputs", "noise");
        Tensor<double> fitted = KanLinearInitializer.FitNoise<double>(basis, noise.Shape[1], noise.Shape[2], noise.Span);
        bool scaled = vector.Config.TryGetProperty("enable_standalone_scale_spline", out JsonElement flag) && flag.GetBoolean();
        if (!scaled)
        {
            foreach (ref double value in fitted.Span)
                value *= vector.Number("scale_spline", 1);
        }

        Compare.Close<double>("spline_weight", EfficientKanModel.ToCoefficients(vector.Tensor("expect", "spline_weight")), fitted.Span, 1e-9);
        int inputs = (int)vector.Number("in_features", 1);
        var published = new KanInitialization { EfficientKanScales = true };
        foreach (JsonElement bound in vector.Expect.GetProperty("kaiming_uniform_bounds").EnumerateArray())
            Compare.Close("bound", bound.GetProperty("bound").GetDouble(), published.Bound(bound.GetProperty("scale").GetDouble(), inputs), 1e-12);
        Assert.True(vector.Expect.GetProperty("base_weight_absmax").GetDouble() <= published.Bound(1, inputs));
    }
}
