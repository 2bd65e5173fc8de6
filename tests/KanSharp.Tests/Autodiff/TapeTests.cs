using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public class TapeTests
{
    [Fact]
    public void GradientsOfParametersAddUpAndThoseOfInputsDoNot()
    {
        var weight = new Parameter<double>(Tensor<double>.From(2.0, 3.0));
        var tape = new Tape<double>();
        Var<double> x = tape.Input(Tensor<double>.From(5.0, 7.0));
        Var<double> loss = (x * weight).Sum();
        tape.Backward(loss);
        tape.Backward(loss);
        Assert.Equal([10, 14], weight.Gradient.ToArray());
        Assert.Equal([2, 3], x.Gradient.ToArray());
        weight.ClearGradient();
        Assert.Equal([0, 0], weight.Gradient.ToArray());
    }

    [Fact]
    public void AClearedGradientIsZeroWhateverComesNext()
    {
        var weight = new Parameter<double>(Tensor<double>.From(2.0, 3.0));
        var tape = new Tape<double>();
        Var<double> loss = (tape.Constant(Tensor<double>.From(5.0, 7.0)) * weight).Sum();
        weight.ClearGradient(); // there is none yet
        tape.Backward(loss);
        Assert.Equal([5, 7], weight.Gradient.ToArray());
        weight.ClearGradient();
        tape.Backward(loss);
        tape.Backward(loss);
        Assert.Equal([10, 14], weight.Gradient.ToArray());
        weight.ClearGradient();
        weight.Gradient[1] = 1; // written by hand, so a pass adds to it
        tape.Backward(loss);
        Assert.Equal([5, 8], weight.Gradient.ToArray());
        weight.ClearGradient();
        weight.Trainable = false;
        tape.Reset();
        tape.Backward((tape.Input(Tensor<double>.From(5.0, 7.0)) * weight).Sum());
        Assert.Equal([0, 0], weight.Gradient.ToArray());
    }

    [Fact]
    public void TwoOutputsOfOneRecording()
    {
        var tape = new Tape<double>();
        Var<double> x = tape.Input(Tensor<double>.From(2.0));
        Var<double> square = x.Square();
        Var<double> cube = square * x;
        tape.Backward(cube);
        Assert.Equal(12, x.Gradient[0]);
        tape.Backward(square);
        Assert.Equal(4, x.Gradient[0]);
        Assert.True(cube.Gradient.IsEmpty);
    }

    [Fact]
    public void AVectorJacobianProduct()
    {
        var tape = new Tape<double>();
        Var<double> x = tape.Input(Tensor<double>.From(2.0, 3.0));
        tape.Backward(x.Square(), [10, 100]);
        Assert.Equal([40, 600], x.Gradient.ToArray());
        Assert.Throws<ArgumentException>(() => tape.Backward(x.Square(), [1]));
    }

    [Fact]
    public void WithoutRecordingNothingFlows()
    {
        var weight = new Parameter<double>(Tensor<double>.From(2.0));
        var tape = new Tape<double> { RecordsGradients = false };
        Var<double> y = tape.Input(Tensor<double>.From(3.0)) * weight;
        tape.Backward(y);
        Assert.Equal(6, y.Item);
        Assert.Equal([0], weight.Gradient.ToArray());
    }

    [Fact]
    public void StepsOfChangingShapeReuseNodes()
    {
        var tape = new Tape<double>();
        for (int step = 0; step < 6; step++)
        {
            tape.Reset();
            int rows = step % 3;
            Var<double> x = tape.Input(Check.Sample<double>(new Shape(rows, 4)));
            Var<double> y = step % 2 == 0 ? x.Square() : x.Softmax();
            tape.Backward(y.Sum());
            Assert.Equal(rows * 4, x.Gradient.Length);
            for (int i = 0; i < x.Gradient.Length; i++)
                Assert.Equal(step % 2 == 0 ? 2 * x.Values[i] : 0, x.Gradient[i], 1e-12);
        }
    }
}
