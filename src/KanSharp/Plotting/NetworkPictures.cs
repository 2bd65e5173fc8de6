using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Interpretation;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Plotting;

/// <summary>
/// Pictures of a trained KAN. With data, curves run over what reaches each edge and the score of an edge is the standard deviation of what
/// leaves it; without, both are taken over the grid.
/// </summary>
public static class NetworkPictures
{
    /// <summary>The diagram of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, inputs] as the network takes them; none by default.</param>
    public static NetworkDiagram Diagram<T>(KanNetwork<T> network, Tensor<T>? inputs = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new NetworkDiagram
        {
            Widths = network.Widths,
            Arities = [.. network.Shape.Levels.Select(level => (int[])[.. Enumerable.Repeat(1, level.Sums), .. level.Arities])],
            Edges = EdgeCurves<T>.All(network, inputs),
        };
    }

    /// <summary>The diagram of a network whose edges and nodes are as dark as they matter for the outputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="attribution">Scores of its edges and nodes.</param>
    /// <param name="inputs">Samples [N, inputs] over which the curves run; over the grids by default.</param>
    /// <exception cref="ArgumentException">The scores are those of a network of another shape.</exception>
    public static NetworkDiagram Diagram<T>(KanNetwork<T> network, AttributionResult attribution, Tensor<T>? inputs = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(attribution);
        NetworkDiagram diagram = Diagram(network, inputs);
        bool fits = attribution.Nodes.Select(level => level.Count).SequenceEqual(network.Widths)
            && attribution.Edges.Select(edges => edges.Shape.Last).SequenceEqual(network.Layers.Select(layer => layer.Outputs));
        if (!fits)
            throw new ArgumentException($"The scores belong to a network with levels of [{string.Join(", ", attribution.Nodes.Select(level => level.Count))}] nodes, not to {network.Shape}.", nameof(attribution));
        return diagram with
        {
            NodeScores = attribution.Nodes,
            Edges = [.. diagram.Edges.Select(edge => edge with { Score = attribution.Edges[edge.Layer][edge.From, edge.To] })],
        };
    }

    /// <summary>The diagram of a model for tables, with the names of its columns and classes.</summary>
    /// <param name="model">The model; its network is a KAN.</param>
    /// <param name="rows">Encoded rows in original units; none by default.</param>
    /// <exception cref="ArgumentException">The network is no KAN.</exception>
    public static NetworkDiagram Diagram<T>(TabularModel<T> model, Dataset<double>? rows = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Diagram(Kan(model), Scaled(model, rows)) with
        {
            InputNames = [.. Kan(model).InputSelection.Select(column => model.Encoding.FeatureNames[column])],
            OutputNames = OutputNames(model),
        };
    }

    /// <summary>The function of one edge with its parts, knots and range of data.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Node below, from 0.</param>
    /// <param name="output">Sub-node above, from 0.</param>
    /// <param name="inputs">Samples [N, inputs] as the network takes them; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such edge.</exception>
    public static EdgeChart Edge<T>(KanNetwork<T> network, int layer, int input, int output, Tensor<T>? inputs = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        Check(layer, network.Layers.Count, nameof(layer));
        Check(input, network.Layers[layer].Inputs, nameof(input));
        Check(output, network.Layers[layer].Outputs, nameof(output));
        return EdgeCurves<T>.One(network, layer, input, output, inputs) with
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Edge ({layer}, {input}, {output})"),
        };
    }

    /// <summary>The function of one edge of a model for tables; edges of the first layer have their input in original units.</summary>
    /// <param name="model">The model; its network is a KAN.</param>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Node below, from 0.</param>
    /// <param name="output">Node above, from 0.</param>
    /// <param name="rows">Encoded rows in original units; none by default.</param>
    /// <exception cref="ArgumentException">The network is no KAN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such edge.</exception>
    public static EdgeChart Edge<T>(TabularModel<T> model, int layer, int input, int output, Dataset<double>? rows = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        KanNetwork<T> network = Kan(model);
        EdgeChart chart = Edge(network, layer, input, output, Scaled(model, rows));
        int column = layer == 0 ? network.InputSelection[input] : -1, node = network.Stages[layer].Nodes?.NodeOf(output) ?? output;
        string from = layer == 0 ? model.Encoding.FeatureNames[column] : Hidden(layer, input);
        string to = layer == network.Layers.Count - 1 ? OutputNames(model)[node] : Hidden(layer + 1, node);
        chart = chart with { Title = $"{from} → {to}", XLabel = from };
        if (layer > 0)
            return chart;
        double center = model.InputScaling.Center[column], spread = model.InputScaling.Spread[column];
        return chart with
        {
            XLabel = model.Units.TryGetValue(from, out string? unit) ? $"{from} [{unit}]" : from,
            X = [.. chart.X.Select(x => center + spread * x)],
            Knots = [.. chart.Knots.Select(x => center + spread * x)],
            DataRange = chart.DataRange is (double low, double high) ? (center + spread * low, center + spread * high) : null,
        };
    }

    /// <summary>
    /// The function of one edge with formulas that could stand for it, best first as given, and their R² over the samples (over the grid
    /// without any). Layer and nodes that a formula names are not looked at.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Node below, from 0.</param>
    /// <param name="output">Sub-node above, from 0.</param>
    /// <param name="candidates">The formulas.</param>
    /// <param name="inputs">Samples [N, inputs] as the network takes them; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such edge.</exception>
    public static CandidateChart Candidates<T>(
        KanNetwork<T> network, int layer, int input, int output, IReadOnlyList<EdgeFormula> candidates, Tensor<T>? inputs = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(candidates);
        EdgeChart edge = Edge(network, layer, input, output, inputs);
        (double[] x, double[] y) = inputs is null ? ([.. edge.X], [.. edge.Y]) : EdgeCurves<T>.Samples(network, layer, input, output, inputs);
        double mean = y.Average(), spread = y.Sum(value => (value - mean) * (value - mean));
        return new CandidateChart
        {
            Title = edge.Title,
            X = edge.X,
            Y = edge.Y,
            Samples = inputs is null ? [] : x,
            Candidates =
            [
                .. candidates.Select(candidate => new CandidateCurve
                {
                    Label = EdgeLabel.Of(candidate),
                    Y = [.. edge.X.Select(candidate.Evaluate)],
                    R2 = spread > 0 ? 1 - (x.Zip(y, (place, value) => candidate.Evaluate(place) - value).Sum(error => error * error) / spread) : double.NaN,
                    Complexity = candidate.Function.Complexity,
                }),
            ],
        };
    }

    /// <summary>How what reaches the edges of a network spreads, one histogram for each node below an edge, with the ends of its grid.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Samples [N, inputs] as the network takes them.</param>
    /// <param name="inputNames">Names of the chosen inputs; none (default) writes x1, x2, ….</param>
    /// <exception cref="ArgumentException">The samples or the names do not fit the network.</exception>
    public static HistogramGrid Activations<T>(KanNetwork<T> network, Tensor<T> inputs, IReadOnlyList<string>? inputNames = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputNames is not null)
            PlotGuard.SameLength(inputNames.Count, network.Widths[0], nameof(inputNames), "the first layer");
        string Name(int layer, int node) => layer > 0
            ? Hidden(layer, node)
            : inputNames?[node] ?? string.Create(CultureInfo.InvariantCulture, $"x{node + 1}");
        return new HistogramGrid
        {
            Title = "What reaches the edges",
            Panels = [.. EdgeCurves<T>.Inputs(network, inputs).Select(part => new HistogramPanel { Name = Name(part.Layer, part.Node), Values = part.Values, Grid = part.Grid })],
        };
    }

    private static string Hidden(int level, int node) => string.Create(CultureInfo.InvariantCulture, $"hidden {level}.{node}");

    private static string[] OutputNames<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => model.Task switch
        {
            TabularTask.Regression => [.. model.Encoding.Target.Columns],
            TabularTask.Binary => [$"{model.Encoding.Target.Columns[0]}={model.Classes[1]}"],
            _ => [.. model.Classes],
        };

    private static KanNetwork<T> Kan<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        model.Network as KanNetwork<T> ?? throw new ArgumentException($"Edges are drawn for KANs; the network is a {model.Network.GetType().Name.Split('`')[0]}.", nameof(model));

    private static Tensor<T>? Scaled<T>(TabularModel<T> model, Dataset<double>? rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows is null)
            return null;
        double[] features = rows.Features.ToArray();
        model.InputScaling.Apply(features);
        return new Tensor<double>(new Shape(rows.Count, rows.Inputs), features).Cast<T>();
    }

    private static void Check(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, index, $"allowed: 0 to {count - 1}");
    }
}
