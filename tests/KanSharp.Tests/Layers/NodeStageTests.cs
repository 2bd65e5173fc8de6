using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

public class NodeStageTests
{
    [Fact]
    public void Products_take_consecutive_subnodes()
    {
        var stage = new NodeStage<double>(1, [2, 1, 3]);
        Assert.Equal((7, 4), (stage.Subnodes, stage.Nodes));
        Assert.Equal([0, 1, 1, 2, 3, 3, 3], Enumerable.Range(0, 7).Select(stage.NodeOf));
        Assert.Equal((4, 3), stage.SubnodesOf(3));
        double[] x = [2, 3, 5, 7, 11, 13, 17];
        Assert.Equal([2, 15, 7, 11 * 13 * 17], stage.Predict(new Tensor<double>(new Shape(1, 7), x)).Span.ToArray());
        stage.SubnodeScale.Value[5] = 2;
        stage.SubnodeBias.Value[6] = 1;
        stage.NodeScale.Value[3] = -1;
        stage.NodeBias.Value[0] = 0.5;
        Assert.Equal([2.5, 15, 7, -11 * 26 * 18], stage.Predict(new Tensor<double>(new Shape(1, 7), x)).Span.ToArray());
    }

    [Fact]
    public void Gradients_are_exact_also_where_factors_are_zero()
    {
        Run<double>();
        Run<float>();

        static void Run<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            NodeStage<T> stage = Lively<T>();
            Tensor<T> x = Check.Sample<T>(new Shape(4, 8), 3);
            foreach (int column in (int[])[1, 3, 4])
                x[0, column] = -stage.SubnodeBias.Value[column] / stage.SubnodeScale.Value[column];
            Check.Passed(GradientCheck.Run(stage.Forward, x, stage.Parameters()));
            Check.Passed(GradientCheck.RunJet<T>(stage.Forward, x, stage.Parameters()));
        }
    }

    [Fact]
    public void Rows_of_the_Jacobian_are_the_derivatives_of_rows()
    {
        NodeStage<double> stage = Lively<double>();
        Tensor<double> x = Check.Sample<double>(new Shape(7, 8), 3);
        foreach (Func<Var<double>, Var<double>> forward in (Func<Var<double>, Var<double>>[])[stage.Forward, v => stage.Forward(Jet<double>.Seed(v, 4)).Derivative])
        {
            double[,] rows = DenseJacobian.FromRuns(forward, x, Executor.Default, out JacobianLayout<double> layout);
            Assert.Empty(layout.Refused);
            Assert.Equal(2 * (8 + 4), layout.Unknowns);
            DenseJacobian.Near(DenseJacobian.FromDifferences(forward, x, layout), rows, 2e-8);
        }

        stage.SetTrainable(false);
        DenseJacobian.FromRuns(stage.Forward, x, Executor.Default, out JacobianLayout<double> none);
        Assert.Equal(0, none.Unknowns);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        double[] one = Step(1);
        Assert.Equal(one, Step(2));
        Assert.Equal(one, Step(3));

        static double[] Step(int threads)
        {
            using var executor = new Executor(threads);
            NodeStage<double> stage = Lively<double>();
            var tape = new Tape<double>(executor);
            Var<double> x = tape.Input(Check.Sample<double>(new Shape(5000, 8), 3));
            Var<double> y = stage.Forward(x);
            tape.Backward(y.Square().Mean());
            Assert.Equal(y.Values.ToArray(), stage.Predict(new Tensor<double>(x.Shape, x.Values.ToArray()), executor).Span.ToArray());
            return [.. y.Values, .. x.Gradient, .. stage.Parameters().SelectMany(entry => entry.Parameter.Gradient.ToArray())];
        }
    }

    [Fact]
    public void Frozen_scales_of_one_are_the_identity()
    {
        Assert.True(new NodeStage<double>(3).IsIdentity);
        Assert.False(new NodeStage<double>(3, trainable: true).IsIdentity);
        Assert.False(new NodeStage<double>(3, [1]).IsIdentity);
        var scaled = new NodeStage<double>(3);
        scaled.NodeScale.Value[1] = 2;
        Assert.False(scaled.IsIdentity);
    }

    [Fact]
    public void Misuse_is_named()
    {
        Assert.Contains("A product node has 0 factors", Assert.Throws<ArgumentException>(() => new NodeStage<double>(1, [0])).Message, StringComparison.Ordinal);
        Assert.Contains("without nodes", Assert.Throws<ArgumentException>(() => new NodeStage<double>(0)).Message, StringComparison.Ordinal);
        Assert.Contains("Sub-nodes are 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => new NodeStage<double>(1, [2]).NodeOf(3)).Message, StringComparison.Ordinal);
    }

    /// <summary>1 sum and products of 2, 1 and 4 sub-nodes, everything trained and no scale of 1.</summary>
    private static NodeStage<T> Lively<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stage = new NodeStage<T>(1, [2, 1, 4], trainable: true);
        foreach ((string path, Parameter<T> parameter) in stage.Parameters())
            Check.Sample<T>(parameter.Shape, path.Length, 0.5, 1.5).Span.CopyTo(parameter.Value.Span);
        return stage;
    }
}
