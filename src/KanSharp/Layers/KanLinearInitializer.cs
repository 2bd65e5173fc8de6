using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Draws the arrays of a new layer (field formulas: efficient-kan <c>reset_parameters</c>, pykan <c>KANLayer.__init__</c>).</summary>
internal static class KanLinearInitializer
{
    public static KanLinearTensors<T> Draw<T>(int inputs, int outputs, KanLinearOptions options, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (options.Basis is not BSplineOptions basis)
            return FamilyStart.Draw<T>(inputs, outputs, options, random);
        KanInitialization scheme = options.Initialization;
        var knots = new Tensor<T>(new Shape(inputs, basis.Intervals + 2 * basis.Degree + 1));
        for (int input = 0; input < inputs; input++)
            KnotVector.Uniform(basis.Low, basis.High, basis.Intervals, basis.Degree, knots.Row(input));

        double rootInputs = Math.Sqrt(inputs);
        var edges = new Shape(inputs, outputs);
        Tensor<T>? mask = scheme.Sparse ? SparseMask<T>(inputs, outputs) : options.Mask ? Constant<T>(edges, 1) : null;
        Tensor<T>? baseWeight = null;
        if (options.BaseActivation is not null)
        {
            double mean = scheme.BaseMean / rootInputs;
            baseWeight = Uniform<T>(edges, mean, scheme.Bound(scheme.BaseScale, inputs), random.Split("base_weight"));
        }

        Tensor<T>? edgeScale = null;
        if (options.EdgeScale)
        {
            edgeScale = scheme.ConstantEdgeScale
                ? Constant<T>(edges, scheme.SplineScale / rootInputs)
                : Uniform<T>(edges, 0, scheme.Bound(scheme.SplineScale, inputs), random.Split("edge_scale"));
        }

        var noise = new double[(basis.Intervals + 1) * inputs * outputs];
        SplitRandom noiseRandom = random.Split("noise");
        for (int index = 0; index < noise.Length; index++)
            noise[index] = (noiseRandom.NextDouble() - 0.5) * scheme.NoiseScale / basis.Intervals;
        Tensor<T> coefficients = FitNoise<T>(basis, inputs, outputs, noise);
        if (!options.EdgeScale)
        {
            foreach (ref T value in coefficients.Span)
                value *= T.CreateTruncating(scheme.SplineScale);
        }

        Tensor<T>? bias = options.Bias ? new Tensor<T>(new Shape(outputs)) : null;
        return new KanLinearTensors<T>(knots, coefficients, baseWeight, edgeScale, bias, mask);
    }

    /// <summary>
    /// Coefficients of least norm whose splines take the noise's values at the G+1 grid points. All features share the start grid, so one
    /// factorisation serves all edges.
    /// </summary>
    /// <param name="basis">The start grid.</param>
    /// <param name="inputs">Number of inputs I.</param>
    /// <param name="outputs">Number of outputs O.</param>
    /// <param name="noise">[G + 1, I, O].</param>
    public static Tensor<T> FitNoise<T>(BSplineOptions basis, int inputs, int outputs, ReadOnlySpan<double> noise)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var knots = new double[basis.Intervals + 2 * basis.Degree + 1];
        KnotVector.Uniform<double>(basis.Low, basis.High, basis.Intervals, basis.Degree, knots);
        double[] fitted = SplineFit.LeastNorm(knots, basis.Degree, knots.AsSpan(basis.Degree, basis.Intervals + 1), noise, inputs * outputs);
        var coefficients = new Tensor<T>(new Shape(inputs, basis.Count, outputs));
        for (int input = 0; input < inputs; input++)
        {
            for (int n = 0; n < basis.Count; n++)
            {
                for (int output = 0; output < outputs; output++)
                    coefficients[input, n, output] = T.CreateTruncating(fitted[n * inputs * outputs + input * outputs + output]);
            }
        }

        return coefficients;
    }

    /// <summary>
    /// pykan's sparse start: inputs and outputs are placed evenly on a line; an edge is on if it leads from an input to its nearest output or
    /// to an output from its nearest input.
    /// </summary>
    public static Tensor<T> SparseMask<T>(int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var mask = new Tensor<T>(new Shape(inputs, outputs));
        for (int input = 0; input < inputs; input++)
            mask[input, Nearest(input, inputs, outputs)] = T.One;
        for (int output = 0; output < outputs; output++)
            mask[Nearest(output, outputs, inputs), output] = T.One;
        return mask;
    }

    private static int Nearest(int index, int count, int others)
    {
        double position = (index + 0.5) / count;
        int best = 0;
        for (int other = 1; other < others; other++)
        {
            if (Math.Abs((other + 0.5) / others - position) < Math.Abs((best + 0.5) / others - position))
                best = other;
        }

        return best;
    }

    /// <summary>A tensor of one value.</summary>
    public static Tensor<T> Constant<T>(Shape shape, double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = new Tensor<T>(shape);
        tensor.Span.Fill(T.CreateTruncating(value));
        return tensor;
    }

    /// <summary>Values uniform in mean ± bound.</summary>
    public static Tensor<T> Uniform<T>(Shape shape, double mean, double bound, SplitRandom random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensor = new Tensor<T>(shape);
        foreach (ref T value in tensor.Span)
            value = T.CreateTruncating(mean + bound * (2 * random.NextDouble() - 1));
        return tensor;
    }
}
