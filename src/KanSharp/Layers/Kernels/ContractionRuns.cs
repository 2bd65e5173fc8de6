using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The Jacobian rows of a layer with a local basis: ∂y/∂C_ino = g_o·m_io·s_io·B_n(x_i), so a row has one run of (k+1)·O numbers for every input
/// feature, one of I·O for the base weights and one of O for the bias, whatever the size of the grid.
/// </summary>
internal sealed class ContractionRuns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private LayerNodes<T> _parts;
    private int _features;
    private int _firstRun;
    private int _baseRun;
    private int _biasRun;
    private int[] _first = [];
    private T[] _values = [];
    private T[] _bases = [];
    private double[] _weights = [];

    /// <summary>Declares the runs. Edge scales are left out: scale times coefficient is one number, and the coefficients can be any.</summary>
    public void Declare(JacobianLayout<T> layout, LocalBasisTable<T> table, in LayerNodes<T> parts)
    {
        _parts = parts;
        _features = table.Features;
        _firstRun = -1;
        if (ParameterRuns.Trainable(parts.Coefficients) is { } coefficients)
        {
            int part = table.Count * parts.Outputs;
            for (int feature = 0; feature < _features; feature++)
            {
                int run = layout.Declare(coefficients, feature * part, part, (table.Degree + 1) * parts.Outputs, parts.Outputs);
                if (feature == 0)
                    _firstRun = run;
            }
        }

        if (ParameterRuns.Trainable(parts.Scale) is { } scale)
            layout.Hold(scale);
        _baseRun = ParameterRuns.Declare(layout, parts.Base);
        _biasRun = ParameterRuns.Declare(layout, parts.Bias);
    }

    /// <summary>Adds the runs of all rows.</summary>
    /// <param name="rows">Receives them.</param>
    /// <param name="table">The basis.</param>
    /// <param name="baseActivation">Function of the base row, or null.</param>
    /// <param name="order">Derivative order of the node.</param>
    /// <param name="x">[N, I].</param>
    /// <param name="multiplier">[N, I], or empty.</param>
    /// <param name="gradient">[N, O].</param>
    /// <param name="width">SIMD width.</param>
    public void Add(
        JacobianRows rows, LocalBasisTable<T> table, Activation? baseActivation, int order, ReadOnlySpan<T> x, ReadOnlySpan<T> multiplier,
        ReadOnlySpan<T> gradient, SimdWidth width)
    {
        int outputs = _parts.Outputs;
        int stride = table.Stride;
        bool hasBase = _baseRun >= 0 && baseActivation is not null;
        Reserve(x.Length, stride, outputs);
        if (_firstRun >= 0)
            table.Evaluate(x, 0, _features, order, _first, _values, width);
        if (hasBase)
            baseActivation!.Evaluate<T>(order, x, _bases.AsSpan(0, x.Length), width);
        ReadOnlySpan<T> mask = _parts.Mask.IsEmpty ? default : _parts.Mask.Span;
        ReadOnlySpan<T> scale = _parts.Scale is null ? default : _parts.Scale.Value.Span;
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<T> slopes = gradient.Slice(row * outputs, outputs);
            Span<double> bases = hasBase ? rows.Run(row, _baseRun, 0) : default;
            for (int feature = 0; feature < _features; feature++)
            {
                int point = row * _features + feature;
                double factor = multiplier.IsEmpty ? 1 : double.CreateTruncating(multiplier[point]);
                Span<double> weights = _weights.AsSpan(0, outputs);
                for (int output = 0; output < outputs; output++)
                    weights[output] = factor * double.CreateTruncating(slopes[output]) * Entry(mask, feature * outputs + output);
                if (hasBase)
                    AddScaled(double.CreateTruncating(_bases[point]), weights, bases.Slice(feature * outputs, outputs));
                if (_firstRun < 0)
                    continue;
                for (int output = 0; output < outputs && !scale.IsEmpty; output++)
                    weights[output] *= double.CreateTruncating(scale[feature * outputs + output]);
                Span<double> run = rows.Run(row, _firstRun + feature, _first[point] * outputs);
                for (int index = 0; index <= table.Degree; index++)
                    AddScaled(double.CreateTruncating(_values[point * stride + index]), weights, run.Slice(index * outputs, outputs));
            }

            if (_biasRun >= 0 && order == 0)
                ParameterRuns.AddScaled(1, slopes, rows.Run(row, _biasRun, 0));
        }
    }

    private static double Entry(ReadOnlySpan<T> factors, int index) => factors.IsEmpty ? 1 : double.CreateTruncating(factors[index]);

    private static void AddScaled(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        if (source.Length >= JacobianRows.Alignment)
        {
            Vectors.AddScaled(factor, source, target);
            return;
        }

        for (int index = 0; index < source.Length; index++)
            target[index] += factor * source[index];
    }

    private void Reserve(int points, int stride, int outputs)
    {
        if (_first.Length < points)
            _first = new int[points];
        if (_values.Length < points * stride)
            _values = new T[points * stride];
        if (_bases.Length < points)
            _bases = new T[points];
        if (_weights.Length < outputs)
            _weights = new double[outputs];
    }
}
