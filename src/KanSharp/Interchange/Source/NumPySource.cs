using KanSharp.Interchange.Lowering;
using KanSharp.Numerics;

namespace KanSharp.Interchange.Source;

/// <summary>A model as a Python module that needs NumPy alone: every step is a few array operations on all rows.</summary>
internal sealed class NumPySource
{
    private readonly SourceText _tables = new();
    private readonly SourceText _body = new();
    private readonly HashSet<string> _helpers = [];
    private readonly bool _single;

    private NumPySource(bool single) => _single = single;

    /// <summary>Whether numbers are of single precision.</summary>
    public bool Single => _single;

    /// <summary>Lines of the function predict, whose variable x holds the rows.</summary>
    public SourceText Body => _body;

    public static string Write(LoweredModel model, SourceOptions options)
    {
        var source = new NumPySource(options.Single ?? model.IsSingle);
        source._body.In();
        for (int index = 0; index < model.Steps.Count; index++)
            NumPySteps.Write(source, model.Steps[index], SourceNumbers.Whole(index));
        return source.Module(model);
    }

    /// <summary>A table, as a name of an array of that shape.</summary>
    public string Table(string name, IReadOnlyList<double> values, params int[] shape)
    {
        _tables.Line($"{name} = np.array([");
        _tables.In();
        foreach (string line in SourceNumbers.Wrap(values.Select(value => SourceNumbers.Literal(value, _single, suffix: false))))
            _tables.Line(line);
        _tables.Out();
        _tables.Line(shape.Length > 1 ? $"], dtype=DTYPE).reshape({string.Join(", ", shape.Select(SourceNumbers.Whole))})" : "], dtype=DTYPE)");
        _tables.Line();
        return name;
    }

    /// <summary>A table of numbers for edges, of which only those of a sparse layer that are not zero are written: [I, …, O] from [edge, …].</summary>
    public string EdgeTable(string name, EdgePlan plan, int count, Func<int, int, IEnumerable<double>> edge)
    {
        (int inputs, int outputs) = (plan.Step.Inputs, plan.Step.Outputs);
        if (plan.Form == EdgeForm.Dense)
        {
            double[] dense = new double[inputs * count * outputs];
            foreach ((int input, int output) in plan.Edges)
            {
                int n = 0;
                foreach (double value in edge(input, output))
                    dense[(((input * count) + n++) * outputs) + output] = value;
            }

            return Table(name, dense, inputs, count, outputs);
        }

        Table(name + "_edges", [.. plan.Edges.SelectMany(at => edge(at.Input, at.Output))], plan.Edges.Count, count);
        _tables.Line($"{name} = np.zeros(({inputs}, {count}, {outputs}), dtype=DTYPE)");
        _tables.Line($"{name}[[{string.Join(", ", plan.Edges.Select(at => SourceNumbers.Whole(at.Input)))}], :, [{string.Join(", ", plan.Edges.Select(at => SourceNumbers.Whole(at.Output)))}]] = {name}_edges");
        _tables.Line();
        return name;
    }

    /// <summary>Asks for a function of <see cref="NumPyFunctions"/>.</summary>
    public string Use(string helper)
    {
        _helpers.Add(helper);
        return helper;
    }

    /// <summary>An activation of an expression.</summary>
    public string Apply(Activation activation, string x) => activation.Name switch
    {
        nameof(Activation.Identity) => x,
        nameof(Activation.Zero) => $"0 * {x}",
        nameof(Activation.Square) => $"{x} * {x}",
        nameof(Activation.Tanh) => $"np.tanh({x})",
        nameof(Activation.Sin) => $"np.sin({x})",
        nameof(Activation.Exp) => $"np.exp({x})",
        nameof(Activation.ReLU) => $"np.maximum({x}, 0)",
        nameof(Activation.Softplus) => $"np.logaddexp({x}, 0)",
        nameof(Activation.SiLU) => $"{x} / (1 + np.exp(-{x}))",
        nameof(Activation.Sigmoid) => $"1 / (1 + np.exp(-{x}))",
        nameof(Activation.GELU) => $"0.5 * {x} * (1 + {Use("_erf")}({x} * {SourceNumbers.Literal(Math.Sqrt(0.5), false)}).astype(DTYPE))",
        _ => throw new NotSupportedException($"The activation {activation} can not be written as source."),
    };

    private string Module(LoweredModel model)
    {
        var text = new SourceText();
        text.Line($"\"\"\"{SourceNumbers.Comment(SourceNotes.Title(model))}\"\"\"");
        if (_helpers.Contains("_erf"))
            text.Line("import math");
        text.Line("import numpy as np");
        text.Line();
        text.Line($"DTYPE = np.{(_single ? "float32" : "float64")}");
        text.Line($"INPUTS = [{string.Join(", ", model.InputNames.Select(SourceNumbers.Quoted))}]");
        text.Line($"{(model.IsClassifier ? "CLASSES" : "OUTPUTS")} = [{string.Join(", ", model.OutputNames.Select(SourceNumbers.Quoted))}]");
        text.Line();
        text.Lines(_tables.ToString());
        foreach (string function in NumPyFunctions.Of(_helpers))
        {
            text.Line();
            text.Lines(function);
            text.Line();
        }

        text.Line();
        text.Line("def predict(x):");
        text.In();
        text.Line($"\"\"\"{(model.IsClassifier ? "Probabilities of the classes" : "Results")} of rows: [N, {model.Inputs}] to [N, {model.Outputs}].\"\"\"");
        text.Line("x = np.asarray(x, dtype=DTYPE)");
        text.Line($"if x.ndim != 2 or x.shape[1] != {model.Inputs}:");
        text.Line($"    raise ValueError(f\"rows have {model.Inputs} columns; the array has shape {{x.shape}}\")");
        text.Line("with np.errstate(all=\"ignore\"):");
        text.Lines(_body.ToString().TrimEnd('\n'));
        text.Line("return x");
        text.Out();
        return text.ToString();
    }
}
