using System.Numerics;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>A working copy of a network that goes through records one after the other, or in small blocks.</summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class RowNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Records that are brought together before they are worked on, so that reading them in a random order overlaps.</summary>
    private const int Gathered = 64;

    private readonly RowLayer<T>[] _layers;
    private readonly AlignedBuffer<T> _memory = new();
    private readonly T*[] _outputs;
    private readonly T* _x;
    private readonly T* _y;
    private readonly T* _residuals;
    private readonly T[] _relaxation = new T[Gathered];
    private readonly T[] _targetUnits;
    private readonly double[] _constants;
    private readonly double[][] _units;
    private readonly RowBlock<T>? _block;
    private readonly int _size;
    private readonly SimdWidth _width;

    /// <param name="network">The network.</param>
    /// <param name="form">The kind of step.</param>
    /// <param name="block">Records of a block.</param>
    /// <param name="units">Units of the inputs of every layer.</param>
    /// <param name="executor">SIMD width.</param>
    public RowNetwork(KanNetwork<T> network, KaczmarzForm form, int block, double[][] units, Executor executor)
    {
        _width = executor.Width;
        Inputs = network.Layers[0].Inputs;
        Targets = network.Layers[^1].Outputs;
        bool system = form == KaczmarzForm.Block || (form == KaczmarzForm.Projection && Targets > 1);
        _size = form == KaczmarzForm.Block ? block : 1;
        int gradients = system ? Targets : 1;
        _layers = [.. network.Layers.Select(layer => RowLayers.Create(layer, _size, gradients, executor.Width))];
        _targetUnits = new T[Targets];
        _units = [.. units, new double[Targets]];
        int inStride = RowLayer<T>.Padded(Inputs), outStride = RowLayer<T>.Padded(Targets);
        T* memory = _memory.Take(Gathered * (inStride + outStride) + _size * outStride + _layers.Sum(layer => layer.OutputStride));
        _x = memory;
        _y = _x + Gathered * inStride;
        _residuals = _y + Gathered * outStride;
        _outputs = new T*[_layers.Length];
        T* next = _residuals + _size * outStride;
        for (int l = 0; l < _layers.Length; l++)
        {
            _outputs[l] = next;
            next += _layers[l].OutputStride;
        }

        _constants = new double[_layers.Length];
        double below = 1;
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            _constants[l] = below / _layers[l].Inputs;
            below *= _layers[l].Inputs;
        }

        _block = system ? new RowBlock<T>(_layers, _size, Targets, executor) : null;
    }

    public int Inputs { get; }

    public int Targets { get; }

    /// <summary>Reads the network's weights and knots.</summary>
    /// <param name="targetScale">Typical deviation of every target.</param>
    /// <param name="extends">Whether ranges are extended as records come; otherwise what lay outside is only noted.</param>
    public void Load(ReadOnlySpan<double> targetScale, bool extends)
    {
        for (int t = 0; t < Targets; t++)
        {
            _units[^1][t] = RowUnits.Near(targetScale[t]);
            _targetUnits[t] = T.CreateTruncating(_units[^1][t]);
        }

        for (int l = 0; l < _layers.Length; l++)
            _layers[l].Load(_units[l], _units[l + 1], extends);
    }

    /// <summary>Writes weights and extended ranges to the network.</summary>
    public void Store()
    {
        for (int l = 0; l < _layers.Length; l++)
            _layers[l].Store(_units[l]);
    }

    /// <summary>Takes the mean of the weights of several copies, and the ranges that they would have liked to have.</summary>
    public void Merge(ReadOnlySpan<RowNetwork<T>> copies, bool extends)
    {
        T share = T.One / T.CreateTruncating(copies.Length);
        for (int l = 0; l < _layers.Length; l++)
        {
            Span<T> mean = _layers[l].AllWeights;
            mean.Clear();
            foreach (RowNetwork<T> copy in copies)
            {
                VectorMath.Add<T>(mean, copy._layers[l].AllWeights, mean, _width);
                if (extends)
                    _layers[l].Locator.Extend(copy._layers[l].Locator);
            }

            VectorMath.Scale<T>(share, mean, mean, _width);
        }
    }

    /// <summary>Goes through records, a step for each or for each block.</summary>
    public RowPass Run(in RowRecords<T> records, in RowSettings settings)
    {
        double loss = 0, total = 0;
        int inStride = RowLayer<T>.Padded(Inputs), outStride = RowLayer<T>.Padded(Targets);
        int group = Gathered / _size * _size;
        for (int start = 0; start < records.Count; start += group)
        {
            int count = Math.Min(group, records.Count - start);
            for (int n = 0; n < count; n++)
                Gather(records, records.Record(start + n), _x + n * inStride, _y + n * outStride, out _relaxation[n]);
            for (int n = 0; n < count; n += _size)
            {
                int size = Math.Min(_size, count - n);
                for (int member = 0; member < size; member++)
                {
                    double weight = records.Weights is null ? 1 : double.CreateTruncating(_relaxation[n + member] * records.LargestWeight);
                    double error = Residual(_x + (n + member) * inStride, _y + (n + member) * outStride, member);
                    if (!double.IsFinite(error))
                        return new RowPass(loss, total, start + n + member);
                    loss += weight * error;
                    total += weight;
                }

                Step(settings, n, size);
            }
        }

        return new RowPass(loss, total, -1);
    }

    private void Gather(in RowRecords<T> records, int record, T* x, T* y, out T relaxation)
    {
        new Span<T>(records.Inputs + (nint)record * Inputs, Inputs).CopyTo(new Span<T>(x, Inputs));
        T* target = records.Targets + (nint)record * Targets;
        for (int t = 0; t < Targets; t++)
            y[t] = target[t] / _targetUnits[t];
        relaxation = records.Weights is null ? T.One : records.Weights[record] / records.LargestWeight;
    }

    /// <summary>Forward pass; returns the mean squared residual in the targets' own units and keeps the residual in the working units.</summary>
    private double Residual(T* x, T* y, int member)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            RowLayer<T> layer = _layers[l];
            layer.Locate(x, member);
            x = _outputs[l];
            layer.Sum(member, x);
        }

        T* residual = _residuals + member * RowLayer<T>.Padded(Targets);
        double sum = 0;
        for (int t = 0; t < Targets; t++)
        {
            residual[t] = y[t] - x[t];
            double error = double.CreateTruncating(residual[t] * _targetUnits[t]);
            sum += error * error;
        }

        return sum / Targets;
    }

    private void Step(in RowSettings settings, int first, int size)
    {
        if (_block is not null)
        {
            _block.Step(settings, _residuals, _relaxation.AsSpan(first, size));
            return;
        }

        T relaxation = T.CreateTruncating(settings.Relaxation) * _relaxation[first];
        RowLayer<T> last = _layers[^1];
        T* gradient = last.Point(0).Gradients;
        bool constant = settings.Form == KaczmarzForm.Constant;
        for (int t = 0; t < Targets; t++)
            gradient[t] = constant ? _residuals[t] : T.One;
        for (int l = _layers.Length - 1; l > 0; l--)
            _layers[l].Backward(0, _layers[l].Point(0).Gradients, _layers[l - 1].Point(0).Gradients);
        if (constant)
        {
            for (int l = 0; l < _layers.Length; l++)
                _layers[l].Update(0, _layers[l].Point(0).Gradients, relaxation * T.CreateTruncating(_constants[l]));
            return;
        }

        T length = T.CreateTruncating(settings.Damping);
        foreach (RowLayer<T> layer in _layers)
            length += layer.SquaredLengthOf(0, layer.Point(0).Gradients);
        if (!(length > T.Zero))
            return;
        T step = relaxation * *_residuals / length;
        foreach (RowLayer<T> layer in _layers)
            layer.Update(0, layer.Point(0).Gradients, step);
    }
}
