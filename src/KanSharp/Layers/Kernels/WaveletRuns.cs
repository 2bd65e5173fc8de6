using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>Jacobian rows of a wavelet layer: coefficients, translations and scales are runs of I·O numbers, the bias one of O. The gradients of one row at a time.</summary>
internal sealed class WaveletRuns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _coefficients;
    private int _scale;
    private int _translation;
    private int _bias;
    private T[] _gradients = [];

    /// <summary>Declares the runs; edge scales are held: scale times coefficient is one number.</summary>
    public void Declare(JacobianLayout<T> layout, in LayerNodes<T> parts, Node<T> scale, Node<T> translation)
    {
        _coefficients = ParameterRuns.Declare(layout, parts.Coefficients);
        _scale = ParameterRuns.Declare(layout, scale);
        _translation = ParameterRuns.Declare(layout, translation);
        _bias = ParameterRuns.Declare(layout, parts.Bias);
        if (ParameterRuns.Trainable(parts.Scale) is { } held)
            layout.Hold(held);
    }

    /// <summary>Adds the runs of all rows.</summary>
    public void Add(JacobianRows rows, in WaveletOperands<T> operands, in LayerNodes<T> parts, Tensor<T>? window, Buffer<T> gradient, Executor executor)
    {
        int edges = operands.Inputs * operands.Outputs;
        if (_gradients.Length < 3 * edges)
            _gradients = new T[3 * edges];
        for (int row = 0; row < operands.Rows; row++)
        {
            WaveletOperands<T> one = operands with
            {
                X = Part(operands.X, row, operands.Inputs),
                Multiplier = operands.Multiplier.IsEmpty ? default : Part(operands.Multiplier, row, operands.Inputs),
                Rows = 1,
            };
            var targets = new WaveletGradients<T>(new Buffer<T>(_gradients, 0, edges), new Buffer<T>(_gradients, edges, edges), new Buffer<T>(_gradients, 2 * edges, edges), default, default);
            ReadOnlySpan<T> slopes = gradient.Span.Slice(row * operands.Outputs, operands.Outputs);
            WaveletContraction.Backward(one, slopes, targets, executor);
            if (_coefficients >= 0)
                AddCoefficients(rows.Run(row, _coefficients, 0), targets.Weights.Span, parts, window);
            if (_translation >= 0)
                ParameterRuns.AddScaled(1, targets.Translation.Span, rows.Run(row, _translation, 0));
            if (_scale >= 0)
                AddScales(rows.Run(row, _scale, 0), targets.Inverse.Span, operands.Inverse.Span);
            if (_bias >= 0 && operands.Order == 0)
                ParameterRuns.AddScaled(1, slopes, rows.Run(row, _bias, 0));
        }
    }

    private static void AddCoefficients(Span<double> run, ReadOnlySpan<T> gradient, in LayerNodes<T> parts, Tensor<T>? window)
    {
        for (int edge = 0; edge < gradient.Length; edge++)
        {
            double factor = parts.Mask.IsEmpty ? 1 : double.CreateTruncating(parts.Mask.Span[edge]);
            if (parts.Scale is not null)
                factor *= double.CreateTruncating(parts.Scale.Value.Span[edge]);
            if (window is not null)
                factor *= double.CreateTruncating(window[edge / parts.Outputs]);
            run[edge] += factor * double.CreateTruncating(gradient[edge]);
        }
    }

    private static void AddScales(Span<double> run, ReadOnlySpan<T> gradient, ReadOnlySpan<T> inverse)
    {
        for (int edge = 0; edge < gradient.Length; edge++)
            run[edge] -= double.CreateTruncating(gradient[edge] * inverse[edge] * inverse[edge]);
    }

    private static Buffer<T> Part(Buffer<T> buffer, int row, int width) => new(buffer.Array, buffer.Offset + (row * width), width);
}
