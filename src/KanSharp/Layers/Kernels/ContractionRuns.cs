using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>
/// The Jacobian rows of a layer with a local basis: ∂y/∂C_ino = g_o·m_io·s_io·B_n(x_i), so a row has one run of (k+1)·O numbers for every input
/// feature, one of I·O for the base weights and one of O for the bias, whatever the size of the grid.
/// </summary>
internal sealed class ContractionRuns<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerPiece = 64;
    private IPointBasis<T> _table = null!;
    private LayerNodes<T> _parts;
    private Node<T> _x = null!;
    private Node<T> _baseX = null!;
    private int _features;
    private int _firstRun;
    private int _baseRun;
    private int _biasRun;
    private JacobianRows _rows = null!;
    private Activation? _baseActivation;
    private int _order;
    private Buffer<T> _multiplier;
    private Buffer<T> _baseMultiplier;
    private Buffer<T> _gradient;
    private SimdWidth _width;
    private bool _hasMask;
    private bool _hasFactors;
    private int[] _first = [];
    private T[] _values = [];
    private T[] _bases = [];
    private double[] _mask = [];
    private double[] _factors = [];
    private double[] _scratch = [];

    /// <summary>Declares the runs. Edge scales are left out: scale times coefficient is one number, and the coefficients can be any.</summary>
    public void Declare(JacobianLayout<T> layout, IPointBasis<T> table, in LayerNodes<T> parts, Node<T> x)
    {
        _features = table.Features;
        _firstRun = -1;
        if (ParameterRuns.Trainable(parts.Coefficients) is { } coefficients)
        {
            int part = table.Count * parts.Outputs;
            for (int feature = 0; feature < _features; feature++)
            {
                int run = layout.Declare(coefficients, feature * part, part, (table.Degree + 1) * parts.Outputs, parts.Outputs, x);
                if (feature == 0)
                    _firstRun = run;
            }

            if (ParameterRuns.Trainable(parts.Scale) is { } scale)
                layout.Hold(scale);
        }

        _baseRun = ParameterRuns.Declare(layout, parts.Base);
        _biasRun = ParameterRuns.Declare(layout, parts.Bias);
    }

    /// <summary>Adds the runs of all rows.</summary>
    /// <param name="rows">Receives them.</param>
    /// <param name="table">The basis, for the present knots.</param>
    /// <param name="parts">The layer's parameters.</param>
    /// <param name="x">[N, I].</param>
    /// <param name="baseX">[N, I], inputs of the base branch; usually x.</param>
    /// <param name="baseActivation">Function of the base row, or null.</param>
    /// <param name="order">Derivative order of the node.</param>
    /// <param name="multiplier">[N, I], or empty.</param>
    /// <param name="baseMultiplier">[N, I], or empty: the same for the base branch.</param>
    /// <param name="gradient">[N, O].</param>
    /// <param name="executor">Threads and register width.</param>
    public void Add(
        JacobianRows rows, IPointBasis<T> table, in LayerNodes<T> parts, Node<T> x, Node<T> baseX, Activation? baseActivation, int order, Buffer<T> multiplier,
        Buffer<T> baseMultiplier, Buffer<T> gradient, Executor executor)
    {
        _rows = rows;
        _table = table;
        _parts = parts;
        _x = x;
        _baseX = baseX;
        _baseActivation = _baseRun >= 0 ? baseActivation : null;
        _order = order;
        _multiplier = multiplier;
        _baseMultiplier = baseMultiplier;
        _gradient = gradient;
        _width = executor.Width;
        int pieces = (rows.Count + RowsPerPiece - 1) / RowsPerPiece;
        Reserve(rows.Count * _features, pieces);
        Factors();
        executor.Run(this, pieces);
    }

    /// <summary>Some of the rows.</summary>
    public override void Execute(int piece)
    {
        int outputs = _parts.Outputs;
        int stride = _table.Stride;
        int start = piece * RowsPerPiece;
        int end = Math.Min(_rows.Count, start + RowsPerPiece);
        int origin = start * _features;
        int points = (end - start) * _features;
        ReadOnlySpan<T> x = _x.Value.Span.Slice(origin, points);
        if (_firstRun >= 0)
            _table.Evaluate(x, 0, _features, _order, _first.AsSpan(origin, points), _values.AsSpan(origin * stride, points * stride), _width);
        if (_baseActivation is not null)
            _baseActivation.Evaluate(_order, _baseX.Value.Span.Slice(origin, points), _bases.AsSpan(origin, points), _width);
        Span<double> slopes = _scratch.AsSpan(piece * 2 * outputs, outputs);
        Span<double> weights = _scratch.AsSpan((piece * 2 + 1) * outputs, outputs);
        ReadOnlySpan<T> multiplier = _multiplier.IsEmpty ? default : _multiplier.Span;
        ReadOnlySpan<T> baseMultiplier = _baseMultiplier.IsEmpty ? default : _baseMultiplier.Span;
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<T> gradient = _gradient.Span.Slice(row * outputs, outputs);
            for (int output = 0; output < outputs; output++)
                slopes[output] = double.CreateTruncating(gradient[output]);
            Span<double> bases = _baseActivation is null ? default : _rows.Run(row, _baseRun, 0);
            for (int feature = 0; feature < _features; feature++)
            {
                int point = row * _features + feature;
                double factor = multiplier.IsEmpty ? 1 : double.CreateTruncating(multiplier[point]);
                int edges = feature * outputs;
                if (_baseActivation is not null)
                    AddScaled((baseMultiplier.IsEmpty ? 1 : double.CreateTruncating(baseMultiplier[point])) * double.CreateTruncating(_bases[point]), Weigh(slopes, _hasMask, _mask, edges, weights), bases.Slice(edges, outputs));
                if (_firstRun < 0)
                    continue;
                ReadOnlySpan<double> weighed = Weigh(slopes, _hasFactors, _factors, edges, weights);
                Span<double> run = _rows.Run(row, _firstRun + feature, _first[point] * outputs);
                for (int index = 0; index <= _table.Degree; index++)
                    AddScaled(factor * double.CreateTruncating(_values[point * stride + index]), weighed, run.Slice(index * outputs, outputs));
            }

            if (_biasRun >= 0 && _order == 0)
                AddScaled(1, slopes, _rows.Run(row, _biasRun, 0));
        }
    }

    /// <summary>The slopes times the factors of the edges of one feature.</summary>
    private static ReadOnlySpan<double> Weigh(Span<double> slopes, bool applies, double[] factors, int edges, Span<double> weights)
    {
        if (!applies)
            return slopes;
        for (int output = 0; output < weights.Length; output++)
            weights[output] = slopes[output] * factors[edges + output];
        return weights;
    }

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

    /// <summary>What edges multiply by: the mask for base weights, mask times scale for coefficients.</summary>
    private void Factors()
    {
        ReadOnlySpan<T> mask = _parts.Mask.IsEmpty ? default : _parts.Mask.Span;
        ReadOnlySpan<T> scale = _parts.Scale is null ? default : _parts.Scale.Value.Span;
        _hasMask = !mask.IsEmpty;
        _hasFactors = _hasMask || !scale.IsEmpty;
        for (int edge = 0; edge < _features * _parts.Outputs && _hasFactors; edge++)
        {
            _mask[edge] = _hasMask ? double.CreateTruncating(mask[edge]) : 1;
            _factors[edge] = _mask[edge] * (scale.IsEmpty ? 1 : double.CreateTruncating(scale[edge]));
        }
    }

    private void Reserve(int points, int pieces)
    {
        if (_first.Length < points)
            _first = new int[points];
        if (_values.Length < points * _table.Stride)
            _values = new T[points * _table.Stride];
        if (_bases.Length < points)
            _bases = new T[points];
        if (_mask.Length < _features * _parts.Outputs)
            (_mask, _factors) = (new double[_features * _parts.Outputs], new double[_features * _parts.Outputs]);
        if (_scratch.Length < pieces * 2 * _parts.Outputs)
            _scratch = new double[pieces * 2 * _parts.Outputs];
    }
}
