using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Tests.Training;
using KanSharp.Training;

namespace KanSharp.Tests.Parity;

/// <summary>
/// Kind lbfgs: pykan's optimiser on analytic objectives. Its trajectory is chaotic, so the allowed error grows from step to step; where an objective
/// has come down by many orders of magnitude only the absolute value counts.
/// </summary>
internal static class PykanLbfgs
{
    public static void Check(VectorCase vector)
    {
        Tensor<double> start = vector.Tensor("inputs", "x0");
        var bag = new ParameterBag<double>(start.Span.ToArray());
        LbfgsOptimizer<double> optimizer = Options(vector).Bind(bag);
        Func<double> objective = vector.Text("objective", "") switch
        {
            "rosenbrock" => () => Objectives.Rosenbrock(bag),
            "quadratic" => () => Quadratic(bag),
            "logcosh" => () => LogCosh(bag),
            string other => throw new InvalidDataException($"objective '{other}'"),
        };
        double tolerance = 1e-11;
        double first = 0;
        foreach (JsonElement step in vector.Expect.GetProperty("steps").EnumerateArray())
        {
            double loss = optimizer.Step(objective);
            double expected = step.GetProperty("loss_at_start").GetDouble();
            first = first == 0 ? expected : first;
            Assert.Equal(expected, loss, tolerance * (expected + 1e-3 * first));
            Compare.Close<double>("x", VectorCase.Tensor(step.GetProperty("x")), bag[0].Value.Span, Math.Max(1e-10, tolerance));
            tolerance = Math.Min(1e-5, 30 * tolerance);
        }
    }

    /// <summary>Settings of pykan's optimiser from a configuration; what is not there is as in pykan's <c>fit</c>.</summary>
    public static Lbfgs Options(VectorCase vector) => new()
    {
        LearningRate = vector.Number("lr", 1),
        MaxIterations = (int)vector.Number("max_iter", 20),
        History = (int)vector.Number("history_size", 10),
        GradientTolerance = vector.Number("tolerance_grad", 1e-32),
        ChangeTolerance = vector.Number("tolerance_change", 1e-32),
        CurvatureTolerance = vector.Number("tolerance_ys", 1e-32),
        Search = vector.Config.TryGetProperty("line_search_fn", out JsonElement search) && search.ValueKind == JsonValueKind.Null ? StepSearch.None : StepSearch.StrongWolfe,
    };

    /// <summary>½ Σ i² (x_i − 1)², i from 1.</summary>
    private static double Quadratic(ParameterBag<double> bag)
    {
        double loss = 0;
        for (int i = 0; i < bag[0].Shape.Count; i++)
        {
            double scale = (i + 1.0) * (i + 1), d = bag[0].Value[i] - 1;
            loss += 0.5 * scale * d * d;
            bag[0].Gradient[i] += scale * d;
        }

        return loss;
    }

    /// <summary>ln cosh(3x₀ + x₁ − 1) + 0.1(x₀ − x₁)² + 0.01 Σ x⁴.</summary>
    private static double LogCosh(ParameterBag<double> bag)
    {
        Span<double> x = bag[0].Value.Span;
        double u = 3 * x[0] + x[1] - 1, difference = x[0] - x[1], loss = Math.Log(Math.Cosh(u)) + 0.1 * difference * difference;
        bag[0].Gradient[0] += 3 * Math.Tanh(u) + 0.2 * difference;
        bag[0].Gradient[1] += Math.Tanh(u) - 0.2 * difference;
        for (int i = 0; i < x.Length; i++)
        {
            loss += 0.01 * Math.Pow(x[i], 4);
            bag[0].Gradient[i] += 0.04 * Math.Pow(x[i], 3);
        }

        return loss;
    }
}
