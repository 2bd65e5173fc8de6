using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;
using KanSharp.Training.LeastSquares;
using MathNet.Numerics.LinearAlgebra;
using static KanSharp.Tests.Training.LeastSquaresCases;

namespace KanSharp.Tests.Training;

/// <summary>Steps of Levenberg-Marquardt against solutions of dense equations.</summary>
public class LeastSquaresStepTests
{
    private static readonly LevenbergMarquardt Plain = new() { Damping = 1, Smoothness = 0, Method = StepMethod.Cholesky };

    public static TheoryData<int, double, double, bool> Steps => new()
    {
        { 1, 0, 0, false },
        { 3, 0, 0, true },
        { 2, 0.01, 0, false },
        { 1, 0, 0.3, false },
        { 3, 0.02, 2, true },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_is_the_solution_of_the_damped_equations(int targets, double ridge, double smoothness, bool weighted)
    {
        KanNetwork<double> network = Lively([2, 3, targets]);
        TrainingData<double> data = Samples<double>(120, targets, weights: weighted ? [.. Enumerable.Range(0, 120).Select(row => (double)(row % 4))] : null);
        LevenbergMarquardt options = Plain with { Ridge = ridge, Smoothness = smoothness };
        LeastSquaresSolver<double> solver = Solver(network, data, options, out ResidualProblem<double> problem);
        double[] before = Unknowns(problem);
        (Matrix<double> jacobian, Vector<double> residuals) = DenseEquations(network, data);

        Assert.True(solver.Move(1));
        // rejections multiply the damping by 2, 4, 8, …
        double damping = options.Damping * Math.Pow(2, solver.Rejected * (solver.Rejected + 1) / 2.0);
        (double[] expected, double penalty) = DenseStep(network, problem.Layout, jacobian, residuals, before, options with { Damping = damping });
        double[] after = Unknowns(problem);
        double size = expected.Max(Math.Abs);
        for (int index = 0; index < before.Length; index++)
            Assert.Equal(expected[index], after[index] - before[index], 1e-9 * size);
        (_, Vector<double> left) = DenseEquations(network, data);
        Assert.Equal(left.DotProduct(left), solver.Loss, 1e-12 * solver.Loss);
        Assert.True(solver.Loss + solver.Penalty < residuals.DotProduct(residuals) + penalty);

        // the decrease that the quadratic model promises
        Vector<double> step = Vector<double>.Build.DenseOfArray(expected);
        Vector<double> linear = residuals + jacobian * step;
        double promised = residuals.DotProduct(residuals) + penalty - linear.DotProduct(linear) - Penalty(network, problem.Layout, jacobian, after, options);
        double actual = residuals.DotProduct(residuals) + penalty - solver.Loss - solver.Penalty;
        Assert.Equal(actual / promised, solver.GainRatio, 1e-7);
    }

    [Fact]
    public void A_shortened_step_is_judged_by_what_it_promises()
    {
        KanNetwork<double> network = Lively([2, 3, 1]);
        TrainingData<double> data = Samples<double>(120, 1);
        LeastSquaresSolver<double> solver = Solver(network, data, Plain, out ResidualProblem<double> problem);
        double[] before = Unknowns(problem);
        (Matrix<double> jacobian, Vector<double> residuals) = DenseEquations(network, data);
        (double[] full, _) = DenseStep(network, problem.Layout, jacobian, residuals, before, Plain);
        Assert.True(solver.Move(1e-3));
        double[] after = Unknowns(problem);
        Assert.All(Enumerable.Range(0, before.Length), index => Assert.Equal(1e-3 * full[index], after[index] - before[index], 1e-11));
        Assert.Equal(1, solver.GainRatio, 1e-2);
        Assert.True(solver.Damping < Plain.Damping);
        Assert.False(solver.Move(0));
        Assert.Equal(SolverStatus.Continues, solver.Status);
        Assert.Equal(after, Unknowns(problem));
    }

    [Fact]
    public void A_weight_is_a_repetition()
    {
        TrainingData<double> once = Samples<double>(60, 2, weights: [.. Enumerable.Range(0, 60).Select(row => (double)(row % 3))]);
        int[] chosen = [.. Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        var inputs = new Tensor<double>(new Shape(chosen.Length, 2));
        var targets = new Tensor<double>(new Shape(chosen.Length, 2));
        for (int row = 0; row < chosen.Length; row++)
        {
            once.Inputs.Row(chosen[row]).CopyTo(inputs.Row(row));
            once.Targets!.Row(chosen[row]).CopyTo(targets.Row(row));
        }

        double[] Moved(TrainingData<double> data)
        {
            LeastSquaresSolver<double> solver = Solver(Lively([2, 3, 2]), data, Plain, out ResidualProblem<double> problem);
            for (int step = 0; step < 3; step++)
                Assert.True(solver.Move(1));
            return Unknowns(problem);
        }

        double[] expected = Moved(new TrainingData<double>(inputs, targets)), actual = Moved(once);
        Assert.All(Enumerable.Range(0, expected.Length), index => Assert.Equal(expected[index], actual[index], 1e-8));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1e-3)]
    public void Conjugate_gradients_take_the_same_step(int targets, double smoothness)
    {
        double[] Moved(LevenbergMarquardt options, bool usesCholesky)
        {
            LeastSquaresSolver<double> solver = Solver(Lively([2, 4, targets]), Samples<double>(300, targets), options, out ResidualProblem<double> problem);
            Assert.Equal(usesCholesky, solver.UsesCholesky);
            double[] before = Unknowns(problem);
            Assert.True(solver.Move(1));
            return [.. Unknowns(problem).Zip(before, (after, start) => after - start)];
        }

        LevenbergMarquardt options = Plain with { Damping = 1e-2, Smoothness = smoothness, Ridge = 1e-4 };
        double[] direct = Moved(options, true);
        double[] iterated = Moved(options with { Method = StepMethod.ConjugateGradient }, false);
        double size = Math.Sqrt(direct.Sum(value => value * value));
        Assert.InRange(Math.Sqrt(direct.Zip(iterated, (left, right) => (left - right) * (left - right)).Sum()) / size, 0, 1e-4);
        Assert.Equal(iterated, Moved(options with { Method = StepMethod.ConjugateGradient, RowMemory = 0 }, false));
        Assert.Equal(iterated, Moved(options with { Method = StepMethod.ConjugateGradient, RowMemory = 20_000 }, false));
    }

    [Theory]
    [InlineData(1, StepMethod.Cholesky)]
    [InlineData(2, StepMethod.Cholesky)]
    [InlineData(2, StepMethod.ConjugateGradient)]
    public void Variable_projection_ends_at_the_optimum_of_the_last_layer(int targets, StepMethod method)
    {
        KanNetwork<double> network = Lively([2, 2, targets]);
        TrainingData<double> data = Samples<double>(150, targets);
        LeastSquaresSolver<double> solver = Solver(network, data, Plain with { VariableProjection = true, Method = method }, out ResidualProblem<double> problem);
        int first = problem.Layout.Runs[problem.Layout.LastRun].Region;
        Assert.Equal(network.Layers[1].Parameters().Sum(entry => entry.Parameter.Shape.Count) - network.Layers[1].EdgeScale!.Shape.Count, problem.Layout.Unknowns - first);
        double Best()
        {
            (Matrix<double> jacobian, Vector<double> residuals) = DenseEquations(network, data);
            return Optimum(jacobian.SubMatrix(0, jacobian.RowCount, first, jacobian.ColumnCount - first), residuals);
        }

        double start = Best();
        for (int step = 0; step < 4; step++)
        {
            Assert.True(solver.Move(1));
            double best = Best();
            Assert.InRange(solver.Loss, best * (1 - 1e-9), best * (1 + 1e-5));
            // no more than the last layer alone can reach where the step began
            Assert.True(best < start);
            start = best;
        }
    }

    [Theory]
    [InlineData(StepMethod.Cholesky, false, 1e-6)]
    [InlineData(StepMethod.Cholesky, true, 1e-4)]
    [InlineData(StepMethod.ConjugateGradient, false, 1e-2)]
    public void One_layer_is_solved_in_one_step(StepMethod method, bool projection, double tolerance)
    {
        KanNetwork<double> network = Network<double>([2, 2], options: new KanLinearOptions());
        TrainingData<double> data = Samples<double>(200, 2);
        (Matrix<double> jacobian, Vector<double> residuals) = DenseEquations(network, data);
        LevenbergMarquardt options = Plain with { Damping = 1e-11, Method = method, VariableProjection = projection };
        LeastSquaresSolver<double> solver = Solver(network, data, options, out _);
        Assert.True(solver.Move(1));
        double best = Optimum(jacobian, residuals);
        Assert.InRange(solver.Loss, best * (1 - 1e-9), best * (1 + tolerance));
        Assert.Equal(1, solver.GainRatio, tolerance);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_a_way_out()
    {
        var layer = Linear<double>.Create(2, 20_000, new KanSharp.Numerics.SplitRandom(1));
        var data = new TrainingData<double>(new Tensor<double>(new Shape(2, 2)), new Tensor<double>(new Shape(2, 20_000)));
        var error = Assert.Throws<ArgumentException>(() => Solver(layer, data, Plain, out _));
        Assert.Contains("60000 unknowns", error.Message);
        Assert.Contains("ConjugateGradient", error.Message);
        error = Assert.Throws<ArgumentException>(() => Solver(layer, data, new LevenbergMarquardt { VariableProjection = true }, out _));
        Assert.Contains("VariableProjection", error.Message);
    }

    /// <summary>p of (JᵀJ + Q + λD)·p = −(Jᵀr + Q·c) with D the diagonal of JᵀJ plus a millionth of its mean over the block; and c·Q·c.</summary>
    private static (double[] Step, double Penalty) DenseStep(
        KanNetwork<double> network, JacobianLayout<double> layout, Matrix<double> jacobian, Vector<double> residuals, double[] unknowns, LevenbergMarquardt options)
    {
        Matrix<double> matrix = jacobian.TransposeThisAndMultiply(jacobian);
        Vector<double> diagonal = matrix.Diagonal();
        Matrix<double> penalty = PenaltyMatrix(network, layout, diagonal, options);
        Vector<double> c = Vector<double>.Build.DenseOfArray(unknowns);
        Vector<double> gradient = jacobian.TransposeThisAndMultiply(residuals) + penalty * c;
        Matrix<double> damped = matrix + penalty;
        foreach (JacobianLayout<double>.Segment segment in layout.Segments)
        {
            double mean = diagonal.SubVector(segment.Offset, segment.Length).Average();
            for (int index = segment.Offset; index < segment.Offset + segment.Length; index++)
                damped[index, index] += options.Damping * (diagonal[index] + 1e-6 * mean);
        }

        return ((-damped.LU().Solve(gradient)).ToArray(), c.DotProduct(penalty * c));
    }

    private static double Penalty(
        KanNetwork<double> network, JacobianLayout<double> layout, Matrix<double> jacobian, double[] unknowns, LevenbergMarquardt options)
    {
        Vector<double> c = Vector<double>.Build.DenseOfArray(unknowns);
        return c.DotProduct(PenaltyMatrix(network, layout, jacobian.TransposeThisAndMultiply(jacobian).Diagonal(), options) * c);
    }

    /// <summary>Ridge, and squared (k+1)-th differences of the coefficients of every edge (the knots are uniform).</summary>
    private static Matrix<double> PenaltyMatrix(KanNetwork<double> network, JacobianLayout<double> layout, Vector<double> diagonal, LevenbergMarquardt options)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseDiagonal(diagonal.Count, options.Ridge);
        foreach (JacobianLayout<double>.Segment segment in layout.Segments)
        {
            if (network.Layers.FirstOrDefault(layer => layer.Coefficients == segment.Parameter) is not { } layer)
                continue;
            int functions = layer.Coefficients.Shape[1];
            double[] difference = [1.0];
            for (int order = 0; order <= layer.Options.Spline.Degree; order++)
                difference = [.. Enumerable.Range(0, difference.Length + 1).Select(index => (index > 0 ? difference[index - 1] : 0) - (index < difference.Length ? difference[index] : 0))];
            for (int output = 0; output < layer.Outputs; output++)
            {
                int Place(int function) => segment.Offset + function * layer.Outputs + output;
                double weight = options.Smoothness * Enumerable.Range(0, functions).Average(function => diagonal[Place(function)]);
                for (int first = 0; first + difference.Length <= functions; first++)
                {
                    for (int i = 0; i < difference.Length; i++)
                    {
                        for (int j = 0; j < difference.Length; j++)
                            matrix[Place(first + i), Place(first + j)] += weight * difference[i] * difference[j];
                    }
                }
            }
        }

        return matrix;
    }
}
