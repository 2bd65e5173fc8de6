using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Writes out what a network with symbolic edges computes: sums, product nodes, node scales, choice of inputs and masks included.</summary>
public static class FormulaExtraction
{
    /// <summary>The formula of every output.</summary>
    /// <param name="network">A network all of whose edges are symbolic or off.</param>
    /// <param name="names">Names of the columns of a full row; x1, x2 … if null.</param>
    /// <param name="simplify">Whether the formulas are simplified (default true).</param>
    /// <returns>One expression per output.</returns>
    /// <exception cref="ArgumentException">The names do not fit the columns.</exception>
    /// <exception cref="InvalidOperationException">An edge that is switched on is numeric; the message names it.</exception>
    public static IReadOnlyList<Expression> Extract<T>(KanNetwork<T> network, IReadOnlyList<string>? names = null, bool simplify = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return Compose(network, [.. Names(network, names).Select(name => (Expression)Expression.Variable(name))], simplify);
    }

    /// <summary>The formula of every output in original units, the scaling of inputs and targets composed with it.</summary>
    /// <param name="network">A network all of whose edges are symbolic or off, for scaled rows.</param>
    /// <param name="inputScaling">Scaling of the inputs.</param>
    /// <param name="targetScaling">Scaling of the targets; null where outputs are taken as they are.</param>
    /// <param name="names">Names of the columns of a full row; x1, x2 … if null.</param>
    /// <param name="simplify">Whether the formulas are simplified (default true).</param>
    /// <inheritdoc cref="Extract{T}(KanNetwork{T}, IReadOnlyList{string}?, bool)"/>
    public static IReadOnlyList<Expression> Extract<T>(
        KanNetwork<T> network, LinearScaling inputScaling, LinearScaling? targetScaling, IReadOnlyList<string>? names = null, bool simplify = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputScaling);
        if (inputScaling.Count != network.Features)
            throw new ArgumentException($"The input scaling has {inputScaling.Count} columns; the network takes rows of {network.Features}.", nameof(inputScaling));
        if (targetScaling is not null && targetScaling.Count != network.Widths[^1])
            throw new ArgumentException($"The target scaling has {targetScaling.Count} columns; the network has {network.Widths[^1]} outputs.", nameof(targetScaling));
        Expression[] inputs = [.. Names(network, names).Select((name, column) =>
            (Expression.Variable(name) - inputScaling.Center[column]) / Expression.Number(inputScaling.Spread[column]))];
        IReadOnlyList<Expression> scaled = Compose(network, inputs, simplify: false);
        return [.. scaled.Select((formula, output) =>
        {
            Expression original = targetScaling is null ? formula : targetScaling.Center[output] + Scaled(targetScaling.Spread[output], formula);
            return simplify ? original.Simplify() : original;
        })];
    }

    /// <summary>
    /// The formula of every target of a model in original units and the names of its columns. For classes it is that of the network's outputs, the log-odds of
    /// the second class or the logits.
    /// </summary>
    /// <param name="model">A model whose network is a <see cref="KanNetwork{T}"/> with symbolic edges.</param>
    /// <param name="simplify">Whether the formulas are simplified (default true).</param>
    /// <exception cref="ArgumentException">The model's network is of another kind.</exception>
    /// <exception cref="InvalidOperationException">An edge that is switched on is numeric; the message names it.</exception>
    public static IReadOnlyList<Expression> Extract<T>(TabularModel<T> model, bool simplify = true)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Network is KanNetwork<T> network
            ? Extract(network, model.InputScaling, model.TargetScaling, model.Encoding.FeatureNames, simplify)
            : throw new ArgumentException($"The model's network is a {model.Network.GetType().Name}; formulas are those of a {nameof(KanNetwork<T>)}.", nameof(model));
    }

    private static IReadOnlyList<string> Names<T>(KanNetwork<T> network, IReadOnlyList<string>? names)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        names ??= [.. Enumerable.Range(1, network.Features).Select(column => $"x{column.ToString(CultureInfo.InvariantCulture)}")];
        if (names.Count != network.Features)
            throw new ArgumentException($"There are {names.Count} names ({string.Join(", ", names)}) for {network.Features} columns.", nameof(names));
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count
            ? names
            : throw new ArgumentException($"A name occurs twice among {string.Join(", ", names)}; a formula could not tell the columns apart.", nameof(names));
    }

    private static IReadOnlyList<Expression> Compose<T>(KanNetwork<T> network, Expression[] row, bool simplify)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Expression[] nodes = [.. network.InputSelection.Select(column => row[column])];
        for (int layer = 0; layer < network.Stages.Count; layer++)
            nodes = Nodes(network.Stages[layer], [.. Enumerable.Range(0, network.Stages[layer].Subnodes).Select(subnode => Sum(network, layer, subnode, nodes))]);
        return simplify ? [.. nodes.Select(node => node.Simplify())] : nodes;
    }

    private static Expression Sum<T>(KanNetwork<T> network, int layer, int subnode, Expression[] inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        KanStage<T> stage = network.Stages[layer];
        var terms = new List<Expression>();
        if (stage.Numeric.Bias is { } bias)
            terms.Add(Value(bias, subnode));
        for (int input = 0; input < inputs.Length; input++)
        {
            EdgeMode mode = network.Mode(layer, input, subnode);
            if ((mode & EdgeMode.Numeric) != 0)
                throw new InvalidOperationException($"Edge ({layer}, {input}, {subnode}) is numeric. Give it a function (SymbolicSearch, WithSymbolicEdge) or switch it off.");
            if (mode == EdgeMode.Symbolic)
                terms.Add(Apply(network.Formula(layer, input, subnode)!, inputs[input]));
        }

        return Expression.Sum(terms);
    }

    private static Expression Apply(EdgeFormula edge, Expression argument) =>
        Scaled(edge.C, edge.Function.Apply(Scaled(edge.A, argument) + edge.B, edge.Exponent)) + edge.D;

    /// <summary>The multiple, of a sum term by term: its factors are then the constants of the sum, and there is none to spare.</summary>
    private static Expression Scaled(double factor, Expression value) => value is SumExpression sum
        ? Expression.Sum(sum.Terms.Select(term => Expression.Number(factor) * term))
        : Expression.Number(factor) * value;

    private static Expression[] Nodes<T>(KanStage<T> stage, Expression[] sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (stage.Nodes is not { } nodes)
            return sums;
        Expression[] subnodes = [.. sums.Select((sum, index) => Scaled(Value(nodes.SubnodeScale, index), sum) + Value(nodes.SubnodeBias, index))];
        var result = new Expression[nodes.Nodes];
        for (int node = 0; node < result.Length; node++)
        {
            (int start, int count) = nodes.SubnodesOf(node);
            Expression value = Expression.Product(subnodes.AsSpan(start, count).ToArray());
            result[node] = Scaled(Value(nodes.NodeScale, node), value) + Value(nodes.NodeBias, node);
        }

        return result;
    }

    private static double Value<T>(Parameter<T> parameter, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => double.CreateTruncating(parameter.Value[index]);
}
