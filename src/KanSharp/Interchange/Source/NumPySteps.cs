using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>The steps of a model in NumPy: lines that replace the rows x by the results of the step.</summary>
internal static class NumPySteps
{
    public static void Write(NumPySource source, LoweredStep step, string suffix, string x = "x")
    {
        SourceText text = source.Body;
        switch (step)
        {
            case SelectStep select:
                text.Line($"{x} = {x}[:, [{string.Join(", ", select.Columns.Select(SourceNumbers.Whole))}]]");
                break;
            case AffineStep affine:
                text.Line($"{x} = ({x} - {source.Table("CENTER" + suffix, affine.Center)}) * {source.Table("FACTOR" + suffix, affine.Factor)}{(affine.Shift.Any(shift => shift != 0) ? " + " + source.Table("SHIFT" + suffix, affine.Shift) : "")}");
                break;
            case RowNormStep norm:
                text.Line($"{x} = {x} - {x}.mean(axis=1, keepdims=True)");
                text.Line($"{x} = {x} / np.sqrt(({x} * {x}).mean(axis=1, keepdims=True) + {SourceNumbers.Literal(norm.Epsilon, false)}) * {source.Table("NORM_WEIGHT" + suffix, norm.Weight)} + {source.Table("NORM_BIAS" + suffix, norm.Bias)}");
                break;
            case ActivationStep activation:
                text.Line($"{x} = {source.Apply(activation.Function, x)}");
                break;
            case EdgeStep edges:
                NumPyEdges.Write(source, edges, suffix);
                break;
            case NodeStep nodes:
                Nodes(source, nodes, suffix);
                break;
            case DenseStep dense:
                text.Line($"x = x @ {source.Table("WEIGHTS" + suffix, dense.Weight, dense.Outputs, dense.Inputs)}.T + {source.Table("BIAS" + suffix, dense.Bias)}");
                break;
            case ProbabilityStep { IsBinary: true }:
                text.Line("x = np.concatenate([1 / (1 + np.exp(x)), 1 / (1 + np.exp(-x))], axis=1)");
                break;
            case ProbabilityStep:
                text.Line("x = np.exp(x - x.max(axis=1, keepdims=True))");
                text.Line("x = x / x.sum(axis=1, keepdims=True)");
                break;
            case FormulaStep formulas:
                Formulas(source, formulas);
                break;
            default:
                throw new NotSupportedException($"A step of the kind {step.GetType().Name} can not be written as source.");
        }
    }

    private static void Nodes(NumPySource source, NodeStep step, string suffix)
    {
        SourceText text = source.Body;
        text.Line($"x = x * {source.Table("SUBNODE_SCALE" + suffix, step.SubnodeScale)} + {source.Table("SUBNODE_BIAS" + suffix, step.SubnodeBias)}");
        int start = step.Sums;
        List<string> products = step.Sums > 0 ? [$"x[:, :{step.Sums}]"] : [];
        foreach (int arity in step.Arities)
        {
            products.Add($"x[:, {start}:{start + arity}].prod(axis=1, keepdims=True)");
            start += arity;
        }

        if (step.Arities.Count > 0)
            text.Line($"x = np.concatenate([{string.Join(", ", products)}], axis=1)");
        text.Line($"x = x * {source.Table("NODE_SCALE" + suffix, step.NodeScale)} + {source.Table("NODE_BIAS" + suffix, step.NodeBias)}");
    }

    private static void Formulas(NumPySource source, FormulaStep step)
    {
        SourceText text = source.Body;
        HashSet<string> used = [.. step.Results.SelectMany(result => result.Variables)];
        Dictionary<string, string> names = [];
        for (int column = 0; column < step.Variables.Count; column++)
        {
            if (!used.Contains(step.Variables[column]))
                continue;
            names.Add(step.Variables[column], SourceNames.Local(step.Variables[column], names.Values));
            text.Line($"{names[step.Variables[column]]} = x[:, {column}].astype(np.float64)");
        }

        text.Line($"y = np.empty((len(x), {step.Outputs}), dtype=DTYPE)");
        for (int result = 0; result < step.Results.Count; result++)
            text.Line($"y[:, {result}] = {NumPyFormulas.Print(source, step.Results[result], names)}");
        text.Line("x = y");
    }
}
