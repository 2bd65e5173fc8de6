using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// A module and its data as a least-squares problem: the residuals ρ_nr = √(w_n/(W·R))·(y_nr − t_nr), whose squares add up to the mean squared error, and
/// their derivatives with respect to the trainable parameters.
/// </summary>
internal sealed class ResidualProblem<T> : LeastSquaresProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Module<T> _module;
    private readonly TrainingData<T> _data;
    private readonly Executor _executor;
    private readonly Action _checkInterruption;
    private readonly Tape<T> _tape;
    private readonly JacobianRows _rows = new();
    private readonly double[] _factors;
    private readonly T[] _prediction;
    private readonly int _features;
    private double[] _residuals = [];
    private T[] _cotangent = [];

    /// <param name="module">The module.</param>
    /// <param name="data">Samples with target values.</param>
    /// <param name="executor">Threads and register width.</param>
    /// <param name="checkInterruption">Throws if the work should stop; called between passes.</param>
    /// <exception cref="NotSupportedException">The derivatives of rows can not be told for a trainable parameter; the message names it.</exception>
    public ResidualProblem(Module<T> module, TrainingData<T> data, Executor executor, Action checkInterruption)
    {
        _module = module;
        _data = data;
        _executor = executor;
        _checkInterruption = checkInterruption;
        _tape = new Tape<T>(_executor) { ForJacobian = true };
        _features = data.Inputs.Shape.Count / data.Count;
        Outputs = data.Targets!.Shape.Count / data.Count;
        _prediction = new T[data.Count * Outputs];
        _factors = Factors(data, Outputs);
        int samples = Math.Min(2, data.Count);
        Var<T> output = Forward(0, samples);
        if (output.Shape.Count != Outputs * samples)
            throw new ArgumentException($"The module has {output.Shape.Count / samples} outputs, the targets have {Outputs}.", nameof(data));
        Layout = new JacobianLayout<T>(_tape, samples);
        CheckKnown(module.Parameters(), Layout);
        RowsPerPass = RowsFor(Layout);
    }

    public override JacobianLayout<T> Layout { get; }

    public override long Rows => (long)_data.Count * Outputs;

    /// <summary>Number of targets R.</summary>
    public int Outputs { get; }

    /// <summary>Samples whose rows are held at a time.</summary>
    public int RowsPerPass { get; }

    /// <summary>Mean squared error at the present parameters; not finite where an output is not.</summary>
    public override double Loss()
    {
        if (_data.Inputs.Shape.Rank > 2)
            _module.Predict(_data.Inputs, _executor).Span.CopyTo(_prediction);
        else
            _module.Predict(_data.Inputs.Span, _prediction, _data.Count, _executor);
        ReadOnlySpan<T> targets = _data.Targets!.Span;
        double loss = 0;
        _checkInterruption();
        for (int row = 0; row < _data.Count; row++)
        {
            double sum = 0;
            for (int index = row * Outputs; index < (row + 1) * Outputs; index++)
            {
                double difference = double.CreateTruncating(_prediction[index]) - double.CreateTruncating(targets[index]);
                sum += difference * difference;
            }

            loss += _factors[row] * _factors[row] * sum;
        }

        return loss;
    }

    /// <summary>Where something is not finite, in words.</summary>
    public string DescribeNonFinite()
    {
        if (DescribeOutput() is { } output)
            return output;
        ReadOnlySpan<T> targets = _data.Targets!.Span;
        for (int index = 0; index < targets.Length; index++)
        {
            if (!T.IsFinite(targets[index]))
                return $"target {index % Outputs} of sample {index / Outputs} is not finite";
        }

        return "the loss or a derivative is not finite although all outputs and targets are";
    }

    /// <summary>Which input, parameter or output is not finite where an output is not; null if all are finite.</summary>
    public string? DescribeOutput()
    {
        for (int start = 0; start < _data.Count; start += RowsPerPass)
        {
            int count = Math.Min(RowsPerPass, _data.Count - start);
            Var<T> output = Forward(start, count);
            if (!AllFinite(output.Values))
                return NonFiniteSearch.Describe(_module, new BatchReader<T>(_data), [.. Enumerable.Range(start, count)], output);
        }

        return null;
    }

    public override double Linearize(Action<JacobianRows, double[]> receive) => Linearize(receive, lastNode: false);

    /// <summary>Only the unknowns of the last node; its value is the output, so nothing has to flow back.</summary>
    public override double LinearizeLast(Action<JacobianRows, double[]> receive) => Linearize(receive, lastNode: true);

    private double Linearize(Action<JacobianRows, double[]> receive, bool lastNode)
    {
        double loss = 0;
        ReadOnlySpan<T> targets = _data.Targets!.Span;
        for (int start = 0; start < _data.Count; start += RowsPerPass)
        {
            _checkInterruption();
            int count = Math.Min(RowsPerPass, _data.Count - start);
            Var<T> output = Forward(start, count);
            if (_residuals.Length < count)
                _residuals = new double[count];
            if (_cotangent.Length < count * Outputs)
                _cotangent = new T[count * Outputs];
            for (int target = 0; target < Outputs; target++)
            {
                Span<T> cotangent = _cotangent.AsSpan(0, count * Outputs);
                cotangent.Clear();
                for (int row = 0; row < count; row++)
                {
                    int index = row * Outputs + target;
                    double factor = _factors[start + row];
                    cotangent[index] = T.CreateTruncating(factor);
                    double residual = factor * (double.CreateTruncating(output.Values[index]) - double.CreateTruncating(targets[start * Outputs + index]));
                    _residuals[row] = residual;
                    loss += residual * residual;
                }

                _rows.Reserve(count, Layout.RowLength, Layout.Runs);
                if (lastNode)
                    AddLast(_tape.Own(output), cotangent);
                else
                    AddRows(_tape, output, cotangent, _rows);

                _rows.Complete();

                receive(_rows, _residuals);
            }
        }

        return loss;
    }

    private void AddLast(Node<T> node, ReadOnlySpan<T> cotangent)
    {
        node.ForgetGradient();
        cotangent.CopyTo(node.GradientSum());
        ((IRowwiseParameters<T>)node).AddRuns(_rows);
    }

    private Var<T> Forward(int start, int count)
    {
        _tape.Reset();
        Span<int> extents = stackalloc int[Shape.MaxRank];
        int rank = Math.Max(2, _data.Inputs.Shape.Rank);
        extents[1] = 1;
        _data.Inputs.Shape.CopyTo(extents);
        extents[0] = count;
        Var<T> x = _tape.Constant(_data.Inputs.Span.Slice(start * _features, count * _features), new Shape(extents[..rank]));
        return _module.Forward(x);
    }

    private static bool AllFinite(ReadOnlySpan<T> values)
    {
        foreach (T value in values)
        {
            if (!T.IsFinite(value))
                return false;
        }

        return true;
    }

    private static double[] Factors(TrainingData<T> data, int outputs)
    {
        var factors = new double[data.Count];
        double total = 0;
        for (int row = 0; row < factors.Length; row++)
            total += factors[row] = data.Weights.IsEmpty ? 1 : double.CreateTruncating(data.Weights[row]);
        for (int row = 0; row < factors.Length; row++)
            factors[row] = Math.Sqrt(factors[row] / total / outputs);
        return factors;
    }
}
