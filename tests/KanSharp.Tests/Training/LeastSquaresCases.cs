using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;
using KanSharp.Training;
using KanSharp.Training.LeastSquares;
using MathNet.Numerics.LinearAlgebra;
using Vector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace KanSharp.Tests.Training;

/// <summary>Small least-squares problems, and their equations as dense matrices.</summary>
internal static class LeastSquaresCases
{
    public static KanNetwork<T> Network<T>(int[] widths, ulong seed = 1, int intervals = 4, int degree = 3, KanLinearOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        KanNetwork<T>.Create(widths, (options ?? new KanLinearOptions { Bias = true }) with { Basis = new BSplineOptions { Intervals = intervals, Degree = degree } }, seed);

    /// <summary>A network whose hidden values spread over their grids, so that its equations are well conditioned.</summary>
    public static KanNetwork<double> Lively(int[] widths, ulong seed = 1)
    {
        KanNetwork<double> network = Network<double>(widths, seed);
        var random = new SplitRandom(seed + 40);
        foreach ((string path, Parameter<double> parameter) in network.Parameters())
        {
            foreach (ref double value in parameter.Value.Span)
                value = path.EndsWith("edge_scale", StringComparison.Ordinal) ? 0.7 + 0.6 * random.NextDouble() : 1.6 * random.NextDouble() - 0.8;
        }

        return network;
    }

    /// <summary>Smooth functions of two inputs, one per target, different in size.</summary>
    public static TrainingData<T> Samples<T>(int count, int targets, ulong seed = 5, T[]? weights = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new SplitRandom(seed);
        var inputs = new Tensor<T>(new Shape(count, 2));
        var values = new Tensor<T>(new Shape(count, targets));
        for (int row = 0; row < count; row++)
        {
            double x = random.NextDouble() * 2 - 1, y = random.NextDouble() * 2 - 1;
            (inputs[row, 0], inputs[row, 1]) = (T.CreateTruncating(x), T.CreateTruncating(y));
            for (int target = 0; target < targets; target++)
                values[row, target] = T.CreateTruncating((1 + target) * Math.Exp(Math.Sin(Math.PI * x) + (target + 1) * y * y) + target);
        }

        return new TrainingData<T>(inputs, values, weights);
    }

    public static LeastSquaresSolver<T> Solver<T>(Module<T> module, TrainingData<T> data, LevenbergMarquardt options, out ResidualProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        problem = new ResidualProblem<T>(module, data, Executor.Default, () => { });
        return new LeastSquaresSolver<T>(problem, module, options, null, Executor.Default);
    }

    /// <summary>All parameters and states of a network.</summary>
    public static double[] Values(KanNetwork<double> network) =>
        [.. network.Parameters().SelectMany(entry => entry.Parameter.Value.Span.ToArray()), .. network.States().SelectMany(entry => entry.State.Value.Span.ToArray())];

    public static double[] Unknowns<T>(ResidualProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var unknowns = new double[problem.Layout.Unknowns];
        problem.Layout.Read(unknowns);
        return unknowns;
    }

    /// <summary>J and r with the weights of the samples in them: the squares of r add up to the mean squared error.</summary>
    public static (Matrix<double> Jacobian, Vector Residuals) DenseEquations(Module<double> module, TrainingData<double> data)
    {
        double[,] rows = DenseJacobian.FromRuns(module.Forward, data.Inputs, Executor.Default, out _);
        double[] outputs = module.Predict(data.Inputs).Span.ToArray();
        int targets = outputs.Length / data.Count;
        double total = data.Weights.IsEmpty ? data.Count : data.Weights.ToArray().Sum();
        var residuals = new double[outputs.Length];
        for (int row = 0; row < outputs.Length; row++)
        {
            double factor = Math.Sqrt((data.Weights.IsEmpty ? 1 : data.Weights[row / targets]) / total / targets);
            residuals[row] = factor * (outputs[row] - data.Targets!.Span[row]);
            for (int column = 0; column < rows.GetLength(1); column++)
                rows[row, column] *= factor;
        }

        return (Matrix<double>.Build.DenseOfArray(rows), Vector.Build.DenseOfArray(residuals));
    }

    /// <summary>min |r + J·d|², with the pseudo-inverse.</summary>
    public static double Optimum(Matrix<double> jacobian, Vector residuals)
    {
        Vector rest = residuals - jacobian * (jacobian.PseudoInverse() * residuals);
        return rest.DotProduct(rest);
    }
}
