using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Benchmarks;

/// <summary>A network with everything that a training step on one batch needs: tape, gradients, AdamW and made-up targets.</summary>
internal sealed class TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KanNetwork<T> _network;
    private readonly Tensor<T> _x;
    private readonly FirstOrderOptimizer<T> _optimizer;
    private readonly Loss _loss;
    private readonly Tape<T> _tape;
    private readonly Executor _executor;
    private readonly T[] _y;
    private readonly int[] _labels = [];
    private readonly Tensor<T>? _target;

    public TrainingStep(KanNetwork<T> network, Tensor<T> x, string loss, Executor executor)
    {
        _network = network;
        _x = x;
        _executor = executor;
        _y = new T[x.Shape[0] * network.Widths[^1]];
        _optimizer = new AdamW().Bind(network, executor);
        _tape = new Tape<T>(executor) { Training = true };
        int samples = x.Shape[0], outputs = network.Widths[^1];
        if (loss == "ce")
        {
            _loss = new CrossEntropy();
            _labels = Samples.Labels(samples, outputs, 2);
        }
        else
        {
            _loss = new MeanSquaredError();
            _target = Samples.Uniform<T>(new Shape(samples, outputs), 2);
        }
    }

    public TrainingStep(KanNetwork<T> network, int batch, string loss, Executor executor)
        : this(network, Samples.Uniform<T>(new Shape(batch, network.Widths[0]), 1), loss, executor)
    {
    }

    /// <summary>Forward, loss, backward and the optimiser's update.</summary>
    public void Run()
    {
        ForwardBackward();
        _optimizer.Step();
    }

    /// <summary>Forward, loss and backward: the gradients of all parameters.</summary>
    public void ForwardBackward()
    {
        _tape.Reset();
        _tape.RecordsGradients = true;
        _optimizer.ClearGradients();
        Var<T> y = _network.Forward(_tape.Constant(_x));
        _tape.Backward(_target is null ? _loss.Of(y, _labels) : _loss.Of(y, _tape.Constant(_target)));
    }

    /// <summary>The network's outputs by way of the tape, nothing recorded for gradients.</summary>
    public void Forward()
    {
        _tape.Reset();
        _tape.RecordsGradients = false;
        _network.Forward(_tape.Constant(_x));
    }

    /// <summary>The network's outputs without the tape.</summary>
    public void Predict() => _network.Predict(_x.Span, _y, _x.Shape[0], _executor);
}
