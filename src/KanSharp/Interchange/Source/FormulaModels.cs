using System.Numerics;
using KanSharp.Interchange.Lowering;
using KanSharp.Interpretation;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interchange.Source;

/// <summary>Models whose edges are all symbolic or off, as formulas in their columns.</summary>
internal static class FormulaModels
{
    /// <summary>The formulas of a network; null if an edge is numeric.</summary>
    public static LoweredModel? Of<T>(Module<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (network is not KanNetwork<T> kan || !IsSymbolic(kan))
            return null;
        LoweredModel lowered = ModelLowering.Of(network);
        return Formulas(lowered, FormulaExtraction.Extract(kan, lowered.InputNames));
    }

    /// <summary>The formulas of a model for numbers, in original units; null if an edge is numeric or it predicts classes, whose probabilities are a step of their own.</summary>
    public static LoweredModel? Of<T>(TabularModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        model.Network is KanNetwork<T> kan && IsSymbolic(kan) && model.Task == TabularTask.Regression ? Formulas(ModelLowering.Of(model), FormulaExtraction.Extract(model)) : null;

    private static LoweredModel Formulas(LoweredModel model, IReadOnlyList<Expression> formulas) => model with { Steps = [new FormulaStep(model.InputNames, formulas)] };

    private static bool IsSymbolic<T>(KanNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            for (int input = 0; input < network.Stages[layer].Inputs; input++)
            {
                for (int output = 0; output < network.Stages[layer].Subnodes; output++)
                {
                    if ((network.Mode(layer, input, output) & EdgeMode.Numeric) != 0)
                        return false;
                }
            }
        }

        return true;
    }
}
