using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Tests.Parity;

/// <summary>
/// Kind pykan_fit: the reference's loop of grid updates and optimiser steps, whose optimiser forgets nothing when grids move. Errors are measured against
/// how far the reference itself strays when its start is changed by a rounding error (<c>train_rmse_perturbed_…</c>).
/// </summary>
internal static class PykanTraining
{
    public static void Check(VectorCase vector)
    {
        KanNetwork<double> network = PykanModel.Network(vector);
        if (vector.Number("batch", -1) > 0)
            Assert.Skip("the reference draws its batches from a generator of its own");
        var run = new Run(vector, network);
        double[] train = VectorCase.Numbers(vector.Expect.GetProperty("train_rmse"));
        double[] test = VectorCase.Numbers(vector.Expect.GetProperty("test_rmse"));
        double[] penalty = VectorCase.Numbers(vector.Expect.GetProperty("reg"));
        double[][] perturbed = [.. vector.Expect.EnumerateObject()
            .Where(entry => entry.Name.StartsWith("train_rmse_perturbed", StringComparison.Ordinal))
            .Select(entry => VectorCase.Numbers(entry.Value))];
        double spread = 0;
        for (int step = 0; step < train.Length; step++)
        {
            // what has once gone apart does not come together again
            foreach (double[] other in perturbed)
                spread = Math.Max(spread, Math.Abs(other[step] - train[step]) / train[step]);
            double tolerance = Math.Max(1e-10, 30 * spread);
            bool chaotic = spread > 1e-4;
            run.Step(step);
            Close($"train {step + 1}", train[step], run.TrainRmse);
            Close($"test {step + 1}", test[step], run.TestRmse);
            if (penalty[step] != 0 && !chaotic)
                Compare.Close($"reg {step + 1}", penalty[step], run.Penalty, 10 * tolerance);

            // after the trajectories have parted only the level can be compared
            void Close(string what, double expected, double actual)
            {
                if (chaotic)
                    Assert.InRange(actual, expected / 3, 3 * expected);
                else
                    Compare.Close(what, expected, actual, tolerance);
            }
        }

        if (spread <= 1e-4)
            PykanModel.CompareNetwork("final", network, vector.Expect.GetProperty("params_final"), gradients: false, Math.Max(1e-9, 1e4 * spread));
    }

    private sealed class Run
    {
        private readonly VectorCase _vector;
        private readonly KanNetwork<double> _network;
        private readonly Tensor<double> _x;
        private readonly Tensor<double> _target;
        private readonly GradientOptimizer<double> _optimizer;
        private readonly Tape<double> _tape = new();
        private readonly Regularizer<double> _regularizer;
        private readonly double _lambda;
        private readonly int _gridEvery;
        private readonly int _gridUntil;
        private double _loss;

        public Run(VectorCase vector, KanNetwork<double> network)
        {
            (_vector, _network) = (vector, network);
            _x = vector.Tensor("inputs", "x");
            _target = vector.Tensor("inputs", "target");
            bool quasiNewton = vector.Text("opt", "LBFGS") == "LBFGS";
            _optimizer = quasiNewton ? PykanLbfgs.Options(vector).Bind(network) : new Adam { LearningRate = vector.Number("lr", 1) }.Bind(network);
            _lambda = vector.Number("lamb", 0);
            _regularizer = new Regularizer<double>(new Regularization
            {
                Metric = PykanRegularization.Metric(vector.Text("reg_metric", "edge_forward_spline_n")),
                L1 = vector.Number("lamb_l1", 1),
                Entropy = vector.Number("lamb_entropy", 2),
                Coefficients = vector.Number("lamb_coef", 0),
                CoefficientDifferences = vector.Number("lamb_coefdiff", 0),
                PykanGradients = true,
            });
            _tape.Observer = _regularizer;
            bool updates = !vector.Config.TryGetProperty("update_grid", out JsonElement update) || update.GetBoolean();
            _gridUntil = updates ? (int)vector.Number("stop_grid_update_step", 50) : 0;
            _gridEvery = Math.Max(1, _gridUntil / (int)vector.Number("grid_update_num", 10));
        }

        public double TrainRmse => Math.Sqrt(_loss);

        public double TestRmse { get; private set; }

        public double Penalty { get; private set; }

        public void Step(int step)
        {
            if (step % _gridEvery == 0 && step < _gridUntil && step >= _vector.Number("start_grid_update_step", -1))
                GridUpdate.Apply(_network, _x, PykanGrids.Options(_vector, GridRefit.PykanSamples));
            _optimizer.Step(Evaluate);
            if (_optimizer is FullBatchOptimizer<double>)
                Record(); // pykan reports what it saw last, the accepted point
            _tape.Reset();
            Var<double> y = _network.Forward(_tape.Constant(_vector.Tensor("inputs", "test_x")));
            TestRmse = Math.Sqrt(new MeanSquaredError().Of(y, _tape.Constant(_vector.Tensor("inputs", "test_target"))).Item);
        }

        private double Evaluate()
        {
            Var<double> total = Record();
            _tape.Backward(total);
            return total.Item;
        }

        private Var<double> Record()
        {
            _tape.Reset();
            Var<double> y = _network.Forward(_tape.Constant(_x));
            Var<double> loss = new MeanSquaredError().Of(y, _tape.Constant(_target));
            Var<double> penalty = _regularizer.Penalty(y);
            (_loss, Penalty) = (loss.Item, penalty.Item);
            return _lambda > 0 ? loss + penalty * _lambda : loss;
        }
    }
}
