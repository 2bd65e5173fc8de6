using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Plotting;

/// <summary>Curves and scores of the edges of a KAN.</summary>
internal static class EdgeCurves<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostSamples = 1000, BoxPoints = 41, ChartPoints = 201;

    /// <summary>Every edge of the network, for a diagram.</summary>
    public static List<DiagramEdge> All(KanNetwork<T> network, Tensor<T>? inputs)
    {
        T[][]? levels = inputs is null ? null : Levels(network, inputs);
        var edges = new List<DiagramEdge>();
        for (int index = 0; index < network.Layers.Count; index++)
        {
            KanLinear<T> layer = network.Layers[index];
            for (int input = 0; input < layer.Inputs; input++)
            {
                T[]? samples = levels is null ? null : Column(levels[index], layer.Inputs, input);
                (double low, double high) = samples is null ? Grid(layer, input) : Range(samples);
                T[] places = Places(low, high, BoxPoints);
                double[] curves = Sum(network, index, input, places, out _, out _);
                double[] scores = Spreads(samples is null ? curves : Sum(network, index, input, samples, out _, out _), layer.Outputs);
                double[] x = Array.ConvertAll(places, double.CreateTruncating);
                for (int output = 0; output < layer.Outputs; output++)
                {
                    edges.Add(new DiagramEdge
                    {
                        Layer = index,
                        From = input,
                        To = output,
                        X = x,
                        Y = Column(curves, layer.Outputs, output),
                        Score = scores[output],
                        Mode = network.Mode(index, input, output),
                        Label = network.Formula(index, input, output) is { } formula ? EdgeLabel.Of(formula) : "",
                    });
                }
            }
        }

        return edges;
    }

    /// <summary>One edge: over grid and data together, so that both the knots and what lies beside them are seen.</summary>
    public static EdgeChart One(KanNetwork<T> network, int index, int input, int output, Tensor<T>? inputs)
    {
        KanLinear<T> layer = network.Layers[index];
        (double low, double high) = Grid(layer, input);
        (double, double)? data = null;
        if (inputs is not null)
        {
            (double lowest, double highest) = Range(Column(Levels(network, inputs)[index], layer.Inputs, input));
            data = (lowest, highest);
            (low, high) = (Math.Min(low, lowest), Math.Max(high, highest));
        }

        T[] places = Places(low, high, ChartPoints);
        double[] sum = Sum(network, index, input, places, out double[] basePart, out double[] splinePart);
        return new EdgeChart
        {
            X = Array.ConvertAll(places, double.CreateTruncating),
            Y = Column(sum, layer.Outputs, output),
            Base = layer.BaseWeight is null ? null : Column(basePart, layer.Outputs, output),
            Spline = Column(splinePart, layer.Outputs, output),
            Knots = Knots(layer, input),
            DataRange = data,
        };
    }

    /// <summary>What reaches each layer, [samples × inputs]; of many samples every n-th.</summary>
    private static T[][] Levels(KanNetwork<T> network, Tensor<T> inputs)
    {
        int width = network.Features;
        if (inputs.Shape.Rank != 2 || inputs.Shape.Last != width || inputs.Shape[0] == 0)
            throw new ArgumentException($"Inputs have shape {inputs.Shape}; expected [N, {width}] with at least one row.", nameof(inputs));
        int stride = (inputs.Shape[0] + MostSamples - 1) / MostSamples;
        int rows = (inputs.Shape[0] + stride - 1) / stride;
        var some = new Tensor<T>(new Shape(rows, width));
        for (int row = 0; row < rows; row++)
            inputs.Row(row * stride).CopyTo(some.Row(row));
        Tensor<T> x = network.SelectInputs(some);
        var levels = new T[network.Stages.Count][];
        for (int layer = 0; layer < levels.Length; layer++)
        {
            levels[layer] = EdgeFunctions.Arguments(network.Layers[layer], x.Span.ToArray());
            x = network.Stages[layer].Predict(x);
        }

        return levels;
    }

    /// <summary>What reaches an edge and what leaves it, of many samples every n-th.</summary>
    public static (double[] X, double[] Y) Samples(KanNetwork<T> network, int index, int input, int output, Tensor<T> inputs)
    {
        KanLinear<T> layer = network.Layers[index];
        T[] x = Column(Levels(network, inputs)[index], layer.Inputs, input);
        return (Array.ConvertAll(x, double.CreateTruncating), Column(Sum(network, index, input, x, out _, out _), layer.Outputs, output));
    }

    /// <summary>What reaches every node from which edges leave, by layer and node, with the ends of the grid.</summary>
    public static List<(int Layer, int Node, double[] Values, (double Low, double High) Grid)> Inputs(KanNetwork<T> network, Tensor<T> inputs)
    {
        T[][] levels = Levels(network, inputs);
        return
        [
            .. network.Layers.SelectMany((layer, index) => Enumerable.Range(0, layer.Inputs).Select(node =>
                (index, node, Array.ConvertAll(Column(levels[index], layer.Inputs, node), double.CreateTruncating), Grid(layer, node)))),
        ];
    }

    /// <summary>The functions of all edges from an input, numeric and symbolic together, [places × sub-nodes].</summary>
    private static double[] Sum(KanNetwork<T> network, int index, int input, T[] x, out double[] basePart, out double[] splinePart)
    {
        KanLinear<T> layer = network.Layers[index];
        basePart = new double[x.Length * layer.Outputs];
        splinePart = new double[x.Length * layer.Outputs];
        EdgeFunctions.Evaluate(layer, input, x, basePart, splinePart);
        double[] sum = [.. basePart.Zip(splinePart, (left, right) => left + right)];
        for (int output = 0; output < layer.Outputs; output++)
        {
            if (network.Formula(index, input, output) is not { } formula)
                continue;
            for (int place = 0; place < x.Length; place++)
                sum[place * layer.Outputs + output] += formula.Evaluate(double.CreateTruncating(x[place]));
        }

        return sum;
    }

    private static double[] Spreads(double[] values, int outputs) => [.. Enumerable.Range(0, outputs)
        .Select(output => Math.Sqrt(Math.Max(0, Statistics.Variance<double>(Column(values, outputs, output)))))
        .Select(spread => double.IsFinite(spread) ? spread : 0)];

    private static (double Low, double High) Grid(KanLinear<T> layer, int input) => EdgeFunctions.Range(layer, input);

    private static double[] Knots(KanLinear<T> layer, int input)
    {
        if (layer.Options.Basis is not BSplineOptions { Degree: var degree } || layer.Mapping is not null)
            return [];
        return Array.ConvertAll(layer.Knots.Value.Row(input)[degree..^degree].ToArray(), double.CreateTruncating);
    }

    private static (double Low, double High) Range(T[] samples)
    {
        double low = double.CreateTruncating(samples.Min()), high = double.CreateTruncating(samples.Max());
        return high > low ? (low, high) : (low - 0.5, high + 0.5);
    }

    private static T[] Places(double low, double high, int count) =>
        [.. Enumerable.Range(0, count).Select(i => T.CreateTruncating(low + (high - low) * i / (count - 1)))];

    private static TValue[] Column<TValue>(TValue[] rows, int width, int column) =>
        [.. Enumerable.Range(0, rows.Length / width).Select(row => rows[row * width + column])];
}
