using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Symbolics;
using GridFit = KanSharp.Interpretation.PykanSymbolic;

namespace KanSharp.Tests.Parity;

/// <summary>
/// Kinds fit_params and suggest_symbolic: R², error and ranking. Not (a, b): equal functions and functions without a scale tie, and rounding decides. Names that pykan
/// has twice (x^0.5) count once here.
/// </summary>
internal static class PykanSymbolicFits
{
    // Where a or b does nothing, rounding decides which of them is best, and that where the grid is narrowed.
    private const double Tolerance = 1e-9, TieTolerance = 1e-3;
    private static readonly string[] Determined = ["0", "x", "sin", "cos", "tan", "tanh", "arcsin", "arccos", "arctan", "arctanh", "gaussian"];

    public static void CheckFitParams(VectorCase vector)
    {
        foreach (JsonElement curve in vector.Expect.EnumerateArray())
            CheckCurve(curve, int.MaxValue);
    }

    /// <summary>The best functions of every edge.</summary>
    public static void CheckSuggestions(VectorCase vector)
    {
        foreach (JsonElement edge in vector.Expect.GetProperty("edges").EnumerateArray())
        {
            string[] ranking = [.. edge.GetProperty("ranking").EnumerateArray().Select(name => name.GetString()!)];
            List<PykanFit> fits = CheckCurve(edge, 6, ranking);
            PykanFit best = fits.MinBy(fit => fit.Score)!;
            Assert.Equal(edge.GetProperty("best").GetProperty("r2").GetDouble(), best.R2, 1e-7);
            Assert.Equal(FunctionCatalog.Standard[edge.GetProperty("best").GetProperty("function").GetString()!].Family, best.Function.Family);
            string[] own = [.. fits.OrderBy(fit => fit.Score).Select(fit => fit.Function.Name)];
            string[] expected = [.. ranking.Where(own.Contains)];
            Assert.Equal(expected[..3].Order(StringComparer.Ordinal), own[..3].Order(StringComparer.Ordinal));
        }
    }

    /// <summary>
    /// The functions that auto_symbolic chose, fitted to the edges of the numeric network: the same outputs. And its constants in a network of ours: the formula that
    /// is written out gives the values of its formula.
    /// </summary>
    public static void CheckAutomatic(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector), fitted = network, fixedTo = network;
        Tensor<double> x = vector.Tensor("inputs", "x");
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            Tensor<double> affine = VectorCase.Tensor(vector.Expect.GetProperty("affine")[layer]);
            for (int input = 0; input < network.Layers[layer].Inputs; input++)
            {
                CatalogFunction function = FunctionCatalog.Standard[vector.Expect.GetProperty("funs_name")[layer][0][input].GetString()!];
                EdgeCurve curve = EdgeCurves.AtSamples(network, new EdgeAddress(layer, input, 0), x);
                PykanFit fit = GridFit.FitParams([.. curve.X], [.. curve.Y], function);
                fitted = fitted.WithSymbolicEdge(layer, input, 0, function, fit.A, fit.B, fit.C, fit.D);
                fixedTo = fixedTo.WithSymbolicEdge(layer, input, 0, function, affine[0, input, 0], affine[0, input, 1], affine[0, input, 2], affine[0, input, 3]);
            }
        }

        Compare.Close<double>("numeric", vector.Tensor("outputs", "y_numeric"), network.Predict(x).Span, 1e-9);
        Compare.Close<double>("symbolic", vector.Tensor("outputs", "y_symbolic"), fixedTo.Predict(x).Span, 1e-9);
        Compare.Close<double>("fitted", vector.Tensor("outputs", "y_symbolic"), fitted.Predict(x).Span, 1e-6);
        double[] formula = FormulaExtraction.Extract(fixedTo)[0].Compile(["x1", "x2"]).Evaluate(x.Span);
        Compare.Close<double>("formula", vector.Tensor("outputs", "y_formula"), formula, 1e-9);
    }

    private static List<PykanFit> CheckCurve(JsonElement curve, int most, string[]? ranking = null)
    {
        double[] x = VectorCase.Tensor(curve.GetProperty("x")).Span.ToArray(), y = VectorCase.Tensor(curve.GetProperty("y")).Span.ToArray();
        var fits = new List<PykanFit>();
        foreach (JsonElement expected in curve.GetProperty("fits").EnumerateArray())
        {
            string name = expected.GetProperty("function").GetString()!;
            if (ranking is not null && Array.IndexOf(ranking, name) is var place && (place < 0 || place >= most))
                continue;
            CatalogFunction function = FunctionCatalog.Standard[name];
            Assert.Equal(expected.GetProperty("complexity").GetInt32(), function.Complexity);
            PykanFit fit = GridFit.FitParams(x, y, function);
            double r2 = expected.GetProperty("r2").GetDouble();
            double tolerance = Determined.Contains(name) ? Tolerance : TieTolerance, rmse = expected.GetProperty("fit_rmse").GetDouble();
            Assert.True(Math.Abs(r2 - fit.R2) <= tolerance, $"{name}: R2 {fit.R2:R}, expected {r2:R}");
            Assert.True(Math.Abs(rmse * rmse - fit.Rmse * fit.Rmse) <= 1e3 * tolerance, $"{name}: RMSE {fit.Rmse:R}, expected {rmse:R}");
            if (expected.TryGetProperty("total_loss", out JsonElement total))
                Assert.Equal(total.GetDouble(), fit.Score, 100 * tolerance);
            fits.Add(fit);
        }

        return fits;
    }
}
