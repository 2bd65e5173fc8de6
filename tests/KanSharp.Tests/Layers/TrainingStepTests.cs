using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

public sealed class TrainingStepFloatTests : TrainingStepTests<float>;

public sealed class TrainingStepDoubleTests : TrainingStepTests<double>;

/// <summary>Whole steps: no allocation once warm, and the same bits for any number of threads.</summary>
public abstract class TrainingStepTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AWarmStepAllocatesNothing(int threads)
    {
        using var executor = new Executor(threads);
        var run = new Run(executor, rows: 300);
        // Until buffers, nodes and worker threads exist.
        for (int step = 0; step < 10; step++)
            run.Step();
        long bytes = run.Tape.BufferBytes;
        Assert.Equal(0, SteadyState.AllocatedBytes(() => run.Step()));
        Assert.Equal(bytes, run.Tape.BufferBytes);
    }

    [Fact]
    public void EveryOperationAllocatesNothing()
    {
        using var executor = new Executor(2);
        var tape = new Tape<T>(executor) { Training = true };
        Tensor<T> input = Check.Sample<T>(new Shape(300, 66), 1, 0.5, 1.5);
        var scale = new Parameter<T>(Check.Sample<T>(new Shape(66), 2, 0.5, 1.5));
        var norm = new BatchNorm<T>(66);
        int[] rows = [3, 1, 299, 3];
        for (int step = 0; step < 5; step++)
            All(tape, input, scale, norm, rows);
        Assert.Equal(0, SteadyState.AllocatedBytes(() => All(tape, input, scale, norm, rows)));
    }

    [Fact]
    public void TheSameBitsForAnyNumberOfThreads()
    {
        byte[]? expected = null;
        foreach (int threads in (int[])[1, 2, 8])
        {
            using var executor = new Executor(threads);
            var run = new Run(executor, rows: 600);
            run.Step();
            run.Step();
            byte[] bits = MemoryMarshal.AsBytes<T>(run.Everything()).ToArray();
            expected ??= bits;
            Assert.Equal(expected, bits);
        }
    }

    [Fact]
    public void EveryRegisterWidthAgreesWithTheScalarReference()
    {
        Tensor<T> input = Check.Sample<T>(new Shape(300, 66), 1, 0.5, 1.5);
        var scale = new Parameter<T>(Check.Sample<T>(new Shape(66), 2, 0.5, 1.5));
        double[]? expected = null;
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(2, width);
            var tape = new Tape<T>(executor) { Training = true };
            var norm = new BatchNorm<T>(66);
            scale.ClearGradient();
            T loss = All(tape, input, scale, norm, [3, 1, 299, 3]);
            double[] values = Check.Doubles<T>([loss, .. scale.Gradient, .. norm.RunningMean.Value.Span, .. norm.RunningVariance.Value.Span, .. norm.Weight!.Gradient]);
            expected ??= values;
            Check.Close<double>(expected, values, typeof(T) == typeof(float) ? 2e-4 : 1e-11);
        }
    }

    [Fact]
    public void GradientsAtEveryRegisterWidth()
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            using var executor = new Executor(1, width);
            var options = new GradientCheckOptions { Executor = executor, Training = true, Seed = 3 };
            var model = new Sequential<T>(
                Linear<T>.Create(3, 19, new SplitRandom(1)), new ActivationLayer<T>(Activation.SiLU), new LayerNorm<T>(19), new BatchNorm<T>(19), new Linear<T>(Check.Sample<T>(new Shape(5, 19))));
            Check.Passed(GradientCheck.Run(x => model.Forward(x).LogSoftmax(), Check.Sample<T>(new Shape(4, 3)), model.Parameters(), options));
            Check.Passed(GradientCheck.Run(
                (Var<T> x) => x.Softmax() * x.Sin() + x.Square().Log() + Var<T>.Maximum(x, x.Cos()) / x.Exp() - x.Tanh() * x.Sum(0), Check.Sample<T>(new Shape(2, 19)), null, options));
        }
    }

    private static T All(Tape<T> tape, Tensor<T> input, Parameter<T> scale, BatchNorm<T> norm, int[] rows)
    {
        tape.Reset();
        Var<T> x = tape.Input(input);
        Var<T> y = (x * scale + scale / x - T.One) * (T.One / x) + Var<T>.Maximum(x, tape.Use(scale)).Sqrt();
        y += Var<T>.Where(x, y, x.Sin() + x.Cos()) + x.Log().Clamp(-T.One, T.One) + x.Pow(T.CreateTruncating(1.5)) + x.Abs();
        Var<T> z = norm.Forward(y).Dropout(0.2).Softmax();
        Var<T> w = Var<T>.Concat(1, z.Slice(1, 0, 10), z.Slice(1, 10, 56)).Gather(rows).MatMul(x, transposeRight: true).Transpose();
        Jet<T> jet = Jet<T>.Seed(x, 3);
        jet = (jet * jet).Apply(Activation.SiLU) + jet;
        Var<T> loss = w.Mean() + z.Sum(0).Max() + y.Variance() + y.Mean(-1).Square().Sum() + jet.Derivative.Reshape(new Shape(300 * 66)).Mean() + x.Detach().Sum();
        tape.Backward(loss);
        tape.Commit();
        return loss.Item;
    }

    private sealed class Run
    {
        private readonly Module<T> _model = new Sequential<T>(
            Linear<T>.Create(20, 70, new SplitRandom(1)),
            new ActivationLayer<T>(Activation.SiLU),
            new LayerNorm<T>(70),
            new BatchNorm<T>(70),
            new Dropout<T>(0.1),
            Linear<T>.Create(70, 5, new SplitRandom(2)));

        private readonly Parameter<T>[] _parameters;
        private readonly StateTensor<T>[] _states;
        private readonly Tensor<T> _input;
        private readonly Tensor<T> _target;
        private T _loss;

        public Run(Executor executor, int rows)
        {
            Tape = new Tape<T>(executor) { Training = true };
            Tape.Seed(3);
            _parameters = [.. _model.Parameters().Select(entry => entry.Parameter)];
            _states = [.. _model.States().Select(entry => entry.State)];
            _input = Check.Sample<T>(new Shape(rows, 20));
            _target = Check.Sample<T>(new Shape(rows, 5), 2, 0, 1);
        }

        public Tape<T> Tape { get; }

        public void Step()
        {
            Tape.Reset();
            foreach (Parameter<T> parameter in _parameters)
                parameter.ClearGradient();
            Var<T> loss = -(_model.Forward(Tape.Constant(_input)).LogSoftmax() * Tape.Constant(_target)).Sum(-1).Mean();
            _loss = loss.Item;
            Tape.Backward(loss);
            Tape.Commit();
            foreach (Parameter<T> parameter in _parameters)
                VectorMath.MultiplyAdd(T.CreateTruncating(-0.1), parameter.Gradient, parameter.Value.Span, Tape.Executor.Width);
        }

        public T[] Everything() =>
            [_loss, .. _parameters.SelectMany(parameter => (T[])[.. parameter.Value.Span, .. parameter.Gradient]), .. _states.SelectMany(state => state.Value.Span.ToArray())];
    }
}
