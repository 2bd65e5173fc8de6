using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// One step for several rows of the Jacobian at once, a row for each target of each record of a block: (J·Jᵀ + λ)·w = α·r is solved and Jᵀ·w added to the weights.
/// A row is, layer by layer, the product of gradient and function values, so an element of J·Jᵀ is Σ_layers (g·g')(B·B').
/// </summary>
/// <typeparam name="T">Scalar.</typeparam>
internal sealed unsafe class RowBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowLayer<T>[] _layers;
    private readonly int _targets;
    private readonly double[] _matrix;
    private readonly double[] _factor;
    private readonly double[] _solution;
    private readonly Executor _executor;
    private readonly AlignedBuffer<T>[] _deltas;

    public RowBlock(RowLayer<T>[] layers, int records, int targets, Executor executor)
    {
        _executor = executor;
        _layers = layers;
        _targets = targets;
        int rows = records * targets;
        _matrix = new double[rows * rows];
        _factor = new double[rows * rows];
        _solution = new double[rows];
        _deltas = [.. layers.Select(_ => new AlignedBuffer<T>())];
    }

    /// <summary>Takes the step for located records.</summary>
    /// <param name="settings">α and λ.</param>
    /// <param name="residuals">[records, padded targets].</param>
    /// <param name="relaxation">Factor on α for each record.</param>
    public void Step(in RowSettings settings, T* residuals, ReadOnlySpan<T> relaxation)
    {
        int records = relaxation.Length, rows = records * _targets, stride = RowLayer<T>.Padded(_targets);
        for (int record = 0; record < records; record++)
        {
            Differentiate(record);
            for (int t = 0; t < _targets; t++)
                _solution[record * _targets + t] = settings.Relaxation * double.CreateTruncating(relaxation[record] * residuals[record * stride + t]);
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column <= row; column++)
                _matrix[row * rows + column] = Element(row, column);
        }

        if (Solve(rows, settings.Damping))
        {
            for (int record = 0; record < records; record++)
                Update(record);
        }
    }

    /// <summary>The gradients of all targets in all layers.</summary>
    private void Differentiate(int record)
    {
        int stride = _layers[^1].OutputStride;
        T* gradients = _layers[^1].Point(record).Gradients;
        new Span<T>(gradients, _targets * stride).Clear();
        for (int t = 0; t < _targets; t++)
            gradients[t * stride + t] = T.One;
        for (int l = _layers.Length - 1; l > 0; l--)
        {
            for (int t = 0; t < _targets; t++)
                _layers[l].Backward(record, Gradient(l, record, t), Gradient(l - 1, record, t));
        }
    }

    private double Element(int row, int column)
    {
        double sum = 0;
        for (int l = 0; l < _layers.Length; l++)
        {
            int left = row / _targets, right = column / _targets;
            sum += _layers[l].Gram(left, Gradient(l, left, row % _targets), right, Gradient(l, right, column % _targets));
        }

        return sum;
    }

    /// <summary>Solves for the weights of the rows; rows that say the same get a little damping.</summary>
    private bool Solve(int rows, double damping)
    {
        double trace = 0;
        for (int row = 0; row < rows; row++)
            trace += _matrix[row * rows + row];
        if (!(trace > 0) || !double.IsFinite(trace))
            return false;
        for (double extra = 0; extra < trace; extra = Math.Max(1e-12 * trace / rows, 100 * extra))
        {
            _matrix.AsSpan(0, rows * rows).CopyTo(_factor);
            for (int row = 0; row < rows; row++)
                _factor[row * rows + row] += damping + extra;
            if (!Cholesky.Factor<double>(_factor, rows, rows, _executor).Succeeded)
                continue;
            for (int row = 0; row < rows; row++)
            {
                double value = _solution[row];
                for (int column = 0; column < row; column++)
                    value -= _factor[row * rows + column] * _solution[column];
                _solution[row] = value / _factor[row * rows + row];
            }

            for (int row = rows - 1; row >= 0; row--)
            {
                double value = _solution[row];
                for (int below = row + 1; below < rows; below++)
                    value -= _factor[below * rows + row] * _solution[below];
                _solution[row] = value / _factor[row * rows + row];
            }

            return true;
        }

        return false;
    }

    private void Update(int record)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            RowLayer<T> layer = _layers[l];
            T* delta = _deltas[l].Take(layer.OutputStride);
            new Span<T>(delta, layer.OutputStride).Clear();
            for (int t = 0; t < _targets; t++)
            {
                T weight = T.CreateTruncating(_solution[record * _targets + t]);
                T* gradient = Gradient(l, record, t);
                for (int o = 0; o < layer.Outputs; o++)
                    delta[o] += weight * gradient[o];
            }

            layer.Update(record, delta, T.One);
        }
    }

    private T* Gradient(int layer, int record, int target) => _layers[layer].Point(record).Gradients + target * _layers[layer].OutputStride;
}
