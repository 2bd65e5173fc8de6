using System.Globalization;
using System.Numerics;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interchange.Lowering;

/// <summary>From models to the steps that they compute.</summary>
internal static class ModelLowering
{
    /// <summary>A bare network; columns are x1, x2, … and results y, or y1, y2, ….</summary>
    /// <exception cref="NotSupportedException">A module of another kind than a KAN or an MLP, or a part that can not be exported.</exception>
    public static LoweredModel Of<T>(Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        IReadOnlyList<LoweredStep> steps = Steps(network);
        return new LoweredModel(Numbered("x", steps[0].Inputs), Numbered("y", steps[^1].Outputs), steps) { IsSingle = typeof(T) == typeof(float) };
    }

    /// <summary>A model for tables, from encoded features in original units to targets in original units or probabilities.</summary>
    /// <exception cref="NotSupportedException">Its network can not be exported.</exception>
    public static LoweredModel Of<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        List<LoweredStep> steps = [];
        double[] zeros = new double[model.InputScaling.Count];
        if (!IsIdentity(model.InputScaling))
            steps.Add(new AffineStep([.. model.InputScaling.Center], [.. model.InputScaling.Spread.Select(spread => 1 / spread)], zeros));
        steps.AddRange(Steps(model.Network));
        if (model.TargetScaling is { } target)
        {
            if (!IsIdentity(target))
                steps.Add(new AffineStep(new double[target.Count], [.. target.Spread], [.. target.Center]));
        }
        else
        {
            steps.Add(new ProbabilityStep(model.NetworkOutputs));
        }

        TargetEncoding targets = model.Encoding.Target;
        return new LoweredModel(model.Encoding.FeatureNames, targets.Task == TaskKind.Classification ? targets.Classes : targets.Columns, steps)
        {
            IsSingle = typeof(T) == typeof(float),
            Notes = model.Notes,
            Units = model.Units,
        };
    }

    /// <summary>Formulas of named columns.</summary>
    /// <param name="variables">Names of all columns of a row, in their order.</param>
    /// <param name="results">Formulas by name of the result.</param>
    /// <exception cref="ArgumentException">A formula has a variable that is no column.</exception>
    public static LoweredModel Of(IReadOnlyList<string> variables, IReadOnlyList<(string Name, Expression Formula)> results)
    {
        foreach ((string name, Expression formula) in results)
        {
            if (formula.Variables.FirstOrDefault(variable => !variables.Contains(variable)) is { } unknown)
                throw new ArgumentException($"The formula of '{name}' has the variable '{unknown}'; the columns are {string.Join(", ", variables)}.", nameof(results));
        }

        return new LoweredModel(variables, [.. results.Select(result => result.Name)], [new FormulaStep(variables, [.. results.Select(result => result.Formula)])]);
    }

    private static List<LoweredStep> Steps<T>(Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => network switch
        {
            KanNetwork<T> kan => Kan(kan),
            Mlp<T> mlp => Perceptron(mlp),
            _ => throw new NotSupportedException($"A module of type {network.GetType().Name} can not be exported; a KanNetwork or an Mlp can."),
        };

    private static List<LoweredStep> Kan<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<LoweredStep> steps = [];
        if (network.SelectsInputs)
            steps.Add(new SelectStep(network.Features, network.InputSelection));
        foreach (KanStage<T> stage in network.Stages)
        {
            steps.Add(EdgeLowering.Of(stage));
            if (stage.Nodes is { IsIdentity: false } nodes)
            {
                steps.Add(new NodeStep(
                    nodes.Sums, nodes.Arities, BasisLowering.Numbers(nodes.SubnodeScale.Value), BasisLowering.Numbers(nodes.SubnodeBias.Value),
                    BasisLowering.Numbers(nodes.NodeScale.Value), BasisLowering.Numbers(nodes.NodeBias.Value)));
            }
        }

        return steps;
    }

    private static List<LoweredStep> Perceptron<T>(Mlp<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<LoweredStep> steps = [];
        foreach (Linear<T> layer in network.Layers)
        {
            if (steps.Count > 0 && network.Activation != Activation.Identity)
                steps.Add(new ActivationStep(layer.Inputs, network.Activation));
            steps.Add(new DenseStep(
                layer.Inputs, layer.Outputs, BasisLowering.Numbers(layer.Weight.Value), layer.Bias is null ? new double[layer.Outputs] : BasisLowering.Numbers(layer.Bias.Value)));
        }

        return steps;
    }

    private static bool IsIdentity(LinearScaling scaling) => scaling.Center.All(center => center == 0) && scaling.Spread.All(spread => spread == 1);

    private static string[] Numbered(string name, int count) =>
        count == 1 ? [name == "y" ? name : "x1"] : [.. Enumerable.Range(1, count).Select(number => name + number.ToString(CultureInfo.InvariantCulture))];
}
