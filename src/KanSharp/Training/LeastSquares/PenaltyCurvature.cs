using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// Curvature of a sparsity penalty R. For sizes u of edge functions φ: R ≈ const + Σ_edges ½·(∂R/∂u)/u·mean φ², so an edge adds ½·(∂R/∂u)/u·(m·s)²·BᵀB/N on its
/// coefficients, with one banded BᵀB/N per input feature for all outputs. For sizes of coefficients: ½·|∂R/∂C|/|C| on each. Smoothness is a sum of squares:
/// its own matrix.
/// </summary>
internal sealed class PenaltyCurvature<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaxSamples = 4096;

    /// <summary>Sizes below this share of the largest count as this: at zero the touching parabola would be infinitely steep.</summary>
    private const double LeastShare = 1e-3;

    private readonly Module<T> _module;
    private readonly Regularization _options;
    private readonly Tensor<T> _inputs;
    private readonly Tape<T> _tape;
    private readonly List<BandedTerm> _terms = [];

    public PenaltyCurvature(Module<T> module, Tensor<T> inputs, Regularization options, Executor? executor)
    {
        _module = module;
        _options = options;
        int rows = Math.Min(inputs.Shape[0], MaxSamples);
        _inputs = rows == inputs.Shape[0] ? inputs : Head(inputs, rows);
        _tape = new Tape<T>(executor);
    }

    /// <summary>The forms on the coefficients of edges.</summary>
    public IReadOnlyList<BandedTerm> Terms => _terms;

    /// <summary>Computes the curvature at the present parameters.</summary>
    /// <param name="layout">The unknowns.</param>
    /// <param name="slopes">Gradient of all penalties.</param>
    /// <param name="diagonal">Is added to.</param>
    public void Update(JacobianLayout<T> layout, ReadOnlySpan<double> slopes, Span<double> diagonal)
    {
        _terms.Clear();
        if (_options.Lambda * _options.Smoothness > 0)
            AddBends(layout);
        if (_options.Metric == RegularizationMetric.Weights)
            AddSecants(layout, WithoutBends(layout, slopes), diagonal);
        else if (_options.Coefficients > 0 || _options.CoefficientDifferences > 0)
            AddSecants(layout, CoefficientSlopes(layout), diagonal);
        if (_options.Metric == RegularizationMetric.Weights || (_options.L1 == 0 && _options.Entropy == 0))
            return;
        foreach (EdgeSlopes<T> edges in EdgeSlopes<T>.Of(_module, _inputs, _options, _tape).Layers)
            AddEdges(edges, layout, diagonal);
    }

    private void AddBends(JacobianLayout<T> layout)
    {
        foreach (KanLinear<T> layer in _module.Modules().OfType<KanLinear<T>>())
        {
            int part = layer.Coefficients.Shape.Count / layer.Inputs;
            foreach (JacobianLayout<T>.Segment segment in layout.Segments)
            {
                if (segment.Parameter == layer.Coefficients)
                    _terms.Add(BendPenalty.Create(layer, segment.Start / part, segment.Offset, _options.Lambda * _options.Smoothness));
            }
        }
    }

    /// <summary>The gradient less that of the forms so far.</summary>
    private double[] WithoutBends(JacobianLayout<T> layout, ReadOnlySpan<double> slopes)
    {
        var unknowns = new double[layout.Unknowns];
        layout.Read(unknowns);
        var rest = new double[layout.Unknowns];
        foreach (BandedTerm term in _terms)
            term.AddProduct(unknowns, rest);
        for (int index = 0; index < rest.Length; index++)
            rest[index] = slopes[index] - 2 * rest[index];
        return rest;
    }

    /// <summary>Gradient of what is said about magnitudes of coefficients and of their differences.</summary>
    private double[] CoefficientSlopes(JacobianLayout<T> layout)
    {
        foreach (JacobianLayout<T>.Segment segment in layout.Segments)
            segment.Parameter.ClearGradient();
        _tape.Reset();
        foreach (KanLinear<T> layer in _module.Modules().OfType<KanLinear<T>>())
        {
            Var<T> penalty = layer.CoefficientPenalty(_tape, _options.Coefficients, _options.CoefficientDifferences, 0);
            _tape.Backward(penalty * T.CreateTruncating(_options.Lambda));
        }

        var slopes = new double[layout.Unknowns];
        layout.AddGradients(slopes);
        return slopes;
    }

    private static void AddSecants(JacobianLayout<T> layout, ReadOnlySpan<double> slopes, Span<double> diagonal)
    {
        var unknowns = new double[layout.Unknowns];
        layout.Read(unknowns);
        foreach (JacobianLayout<T>.Segment segment in layout.Segments)
        {
            double largest = 0;
            foreach (double value in unknowns.AsSpan(segment.Offset, segment.Length))
                largest = Math.Max(largest, Math.Abs(value));
            if (largest == 0)
                continue;
            for (int index = segment.Offset; index < segment.Offset + segment.Length; index++)
                diagonal[index] += Math.Abs(slopes[index]) / 2 / Math.Max(Math.Abs(unknowns[index]), LeastShare * largest);
        }
    }

    private void AddEdges(EdgeSlopes<T> edges, JacobianLayout<T> layout, Span<double> diagonal)
    {
        KanLinear<T> layer = edges.Layer;
        double largest = edges.Sizes.Max();
        if (!(largest > 0))
            return;
        double[] weights = [.. edges.Sizes.Select((size, edge) => Math.Max(edges.Slopes[edge], 0) / 2 / Math.Max(size, LeastShare * largest))];
        int part = layer.Coefficients.Shape.Count / layer.Inputs;
        foreach (JacobianLayout<T>.Segment segment in layout.Segments)
        {
            if (segment.Parameter == layer.Coefficients)
                _terms.Add(OfCoefficients(edges, segment.Start / part, segment.Offset, weights));
            else if (segment.Parameter == layer.BaseWeight)
                AddBase(edges, segment.Offset, weights, diagonal);
        }
    }

    private static BandedTerm OfCoefficients(EdgeSlopes<T> edges, int feature, int offset, double[] weights)
    {
        KanLinear<T> layer = edges.Layer;
        IPointBasis<T> table = layer.Points;
        int rows = edges.X.Shape.Rows, degree = table.Degree, functions = table.Count, width = degree + 1;
        var x = new T[rows];
        for (int row = 0; row < rows; row++)
            x[row] = edges.X.Values[row * layer.Inputs + feature];
        x = layer.Mapping?.Column(feature, x) ?? x;
        var first = new int[rows];
        var values = new T[rows * table.Stride];
        table.Evaluate(x, feature, 1, 0, first, values, SimdWidths.Best);
        var gram = new double[functions * width];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i <= degree; i++)
            {
                double value = double.CreateTruncating(values[row * table.Stride + i]) / rows;
                for (int j = 0; j <= i; j++)
                    gram[(first[row] + i) * width + j - i + degree] += value * double.CreateTruncating(values[row * table.Stride + j]);
            }
        }

        double trace = 0;
        for (int i = 0; i < functions; i++)
            trace += gram[i * width + degree];
        for (int i = 0; i < functions; i++)
            gram[i * width + degree] += 1e-12 * trace + double.Epsilon;
        var term = new BandedTerm(offset, functions, layer.Outputs, width);
        if (BandedCholesky.Factor<double>(gram, functions, degree).Succeeded)
        {
            // BᵀB/N = L·Lᵀ: the rows of Lᵀ are the columns of L
            for (int column = 0; column < functions; column++)
                term.AddRow(column, [.. Enumerable.Range(column, Math.Min(width, functions - column)).Select(row => gram[row * width + column - row + degree])]);
        }

        for (int output = 0; output < layer.Outputs; output++)
            term.Weights[output] = weights[feature * layer.Outputs + output] * Square(Factor(layer.Mask?.Value, feature, output) * Factor(layer.EdgeScale?.Value, feature, output));
        return term;
    }

    private static void AddBase(EdgeSlopes<T> edges, int offset, double[] weights, Span<double> diagonal)
    {
        KanLinear<T> layer = edges.Layer;
        int rows = edges.X.Shape.Rows;
        for (int feature = 0; feature < layer.Inputs; feature++)
        {
            double squares = 0;
            var x = new T[rows];
            for (int row = 0; row < rows; row++)
                x[row] = edges.X.Values[row * layer.Inputs + feature];
            foreach (T value in layer.Mapping?.Column(feature, x) ?? x)
                squares += Square(double.CreateTruncating(layer.Options.BaseActivation!.Evaluate(value)));
            for (int output = 0; output < layer.Outputs; output++)
            {
                int edge = feature * layer.Outputs + output;
                diagonal[offset + edge] += weights[edge] * Square(Factor(layer.Mask?.Value, feature, output)) * squares / rows;
            }
        }
    }

    private static double Factor(Tensor<T>? factors, int feature, int output) => factors is null ? 1 : double.CreateTruncating(factors[feature, output]);

    private static double Square(double value) => value * value;

    private static Tensor<T> Head(Tensor<T> inputs, int rows)
    {
        int[] extents = inputs.Shape.ToArray();
        int width = inputs.Shape.Count / extents[0];
        extents[0] = rows;
        return new Tensor<T>(new Shape(extents), inputs.Span[..(rows * width)].ToArray());
    }
}
