using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;

namespace KanSharp.Tests.Parity;

/// <summary>Kind bspline: pykan's basis on uniform, non-uniform and degenerate knots, and curves made from it.</summary>
internal static class PykanBasis
{
    public static void Check(VectorCase vector)
    {
        JsonElement inputs = vector.Root.GetProperty("inputs");
        Tensor<double> x = VectorCase.Tensor(inputs.GetProperty("x"));
        Tensor<double> grid = VectorCase.Tensor(inputs.GetProperty("grid"));
        // Where pykan loses a term at coincident knots, the textbook values are given beside its own.
        bool convention = vector.Has("expect", "B_batch_convention");
        Tensor<double> expected = vector.Tensor("expect", convention ? "B_batch_convention" : "B_batch");
        int degree = (int)vector.Number("k", 3);
        int count = expected.Shape[2];
        var actual = new double[expected.Shape.Count];
        for (int input = 0; input < grid.Shape[0]; input++)
        {
            var basis = new BSpline<double>(grid.Row(input), degree, OutsideGrid.Zero);
            for (int row = 0; row < x.Shape[0]; row++)
                basis.Evaluate(x[row, input], actual.AsSpan((row * grid.Shape[0] + input) * count, count));
        }

        Compare.Close<double>("basis", expected, actual, 1e-12);
        if (!convention)
            CheckCurves(vector, x, grid, VectorCase.Tensor(inputs.GetProperty("coef")), degree);
    }

    private static void CheckCurves(VectorCase vector, Tensor<double> x, Tensor<double> grid, Tensor<double> coefficients, int degree)
    {
        (int inputs, int outputs, int count) = (coefficients.Shape[0], coefficients.Shape[1], coefficients.Shape[2]);
        var curves = new double[x.Shape[0] * inputs * outputs];
        for (int input = 0; input < inputs; input++)
        {
            LocalBasisTable<double> table = BSplineTable.Build<double>(grid.Row(input), 1, degree, OutsideGrid.Zero);
            double[] points = [.. Enumerable.Range(0, x.Shape[0]).Select(row => x[row, input])];
            double[] columns = [.. Enumerable.Range(0, count).SelectMany(n => Enumerable.Range(0, outputs).Select(o => coefficients[input, o, n]))];
            double[] y = SplineFit.Evaluate(table, points, columns, outputs);
            for (int row = 0; row < points.Length; row++)
                y.AsSpan(row * outputs, outputs).CopyTo(curves.AsSpan((row * inputs + input) * outputs));
        }

        Compare.Close<double>("curves", vector.Tensor("expect", "coef2curve"), curves, 1e-12);
    }
}
