using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Layers;

public class ActivationRecorderTests
{
    [Fact]
    public void RecordsEveryLayerOfTheLastPass()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1]);
        var recorder = new ActivationRecorder<double>();
        var tape = new Tape<double> { Observer = recorder };
        for (int pass = 0; pass < 2; pass++)
        {
            tape.Reset();
            Var<double> y = network.Forward(tape.Constant([0.1, 0.2, 0.3, 0.4], new Shape(2, 2)));
            Assert.Equal([new Shape(2, 2), new Shape(2, 3)], recorder.Inputs.Select(x => x.Shape));
            Assert.Equal(y.Values.ToArray(), recorder.Outputs[1].Values.ToArray());
        }
    }

    [Fact]
    public void AResetIsSeenWhateverIsRecordedBeforeTheLayers()
    {
        KanNetwork<double> network = KanNetwork<double>.Create([2, 3, 1]);
        var recorder = new ActivationRecorder<double>();
        var tape = new Tape<double> { Observer = recorder };
        network.Forward(tape.Constant([0.1, 0.2], new Shape(1, 2)));
        tape.Reset();
        Var<double> x = tape.Constant([0.3, 0.4, 0.5, 0.6], new Shape(2, 2));
        for (int step = 0; step < 100; step++)
            x = x * 0.99;
        network.Forward(x);
        Assert.Equal([new Shape(2, 2), new Shape(2, 3)], recorder.Inputs.Select(input => input.Shape));
        var other = new Tape<double> { Observer = recorder };
        network.Forward(other.Constant([0.1, 0.2], new Shape(1, 2)));
        Assert.Equal([new Shape(1, 3), new Shape(1, 1)], recorder.Outputs.Select(output => output.Shape));
    }

    [Fact]
    public void PenaltyOnHiddenActivationsMakesThemSmaller()
    {
        var x = new Tensor<double>(new Shape(200, 2));
        new SplitRandom(2).FillUniform(x.Span, -1, 1);
        var y = new Tensor<double>(new Shape(200, 1));
        for (int n = 0; n < 200; n++)
            y[n, 0] = x[n, 0] * x[n, 1];
        double Hidden(double weight)
        {
            KanNetwork<double> network = KanNetwork<double>.Create([2, 4, 1]);
            var recorder = new ActivationRecorder<double>();
            Trainer.Fit(
                network,
                new TrainingData<double>(x, y),
                new FitOptions { Epochs = 40, Optimizer = new AdamW { LearningRate = 0.02 } },
                hooks: new FitHooks<double> { Observer = recorder, Penalty = (_, _) => recorder.Outputs[0].Abs().Mean() * weight });
            var tape = new Tape<double> { Observer = recorder };
            network.Forward(tape.Constant(x));
            return recorder.Outputs[0].Values.ToArray().Average(Math.Abs);
        }

        Assert.True(Hidden(1) < 0.5 * Hidden(0));
    }
}
