using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Auxiliary inputs computed from the others, such as γ = 1/sqrt(1 − v²): an expression that a user suspects in a formula (pykan: <c>augment_input</c>). The new
/// columns come after the old ones, so that a network keeps its columns.
/// </summary>
public sealed class InputAugmentation
{
    private readonly string[] _inputs;
    private readonly (string Name, Expression Expression)[] _variables;
    private readonly CompiledExpression[] _compiled;

    /// <summary>Defines auxiliary inputs.</summary>
    /// <param name="inputs">Names of the inputs there are.</param>
    /// <param name="variables">Names of the new ones, and what they are, in terms of the inputs.</param>
    /// <exception cref="ArgumentException">A name is given twice, there is no variable, or an expression has another variable than the inputs.</exception>
    public InputAugmentation(IReadOnlyList<string> inputs, params IReadOnlyList<(string Name, Expression Expression)> variables)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(variables);
        (_inputs, _variables) = ([.. inputs], [.. variables]);
        if (_variables.Length == 0)
            throw new ArgumentException("No auxiliary variable is given.", nameof(variables));
        string[] names = [.. _inputs, .. _variables.Select(variable => variable.Name)];
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The name '{twice.Key}' is given twice; every input has its own.", nameof(variables));
        foreach ((string name, Expression expression) in _variables)
        {
            if (expression.Variables.Except(_inputs, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
                throw new ArgumentException($"'{name}' = {expression} has the variable '{unknown}'; the inputs are {string.Join(", ", _inputs)}.", nameof(variables));
        }

        Names = names;
        _compiled = [.. _variables.Select(variable => variable.Expression.Compile(_inputs))];
    }

    /// <summary>Names of all inputs, the old ones first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What each input is in terms of the old ones: a variable, or the expression of an auxiliary one. To be put into a formula of the network.</summary>
    public IReadOnlyList<Expression> Expressions => [.. _inputs.Select(Expression.Variable), .. _variables.Select(variable => variable.Expression)];

    /// <summary>Rows with the auxiliary columns at their end.</summary>
    /// <param name="rows">Rows [N, inputs].</param>
    /// <exception cref="ArgumentException">The width does not fit, or a value is not finite: a row outside of an expression's domain.</exception>
    public Tensor<T> Apply<T>(Tensor<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Shape.Rank != 2 || rows.Shape.Last != _inputs.Length)
            throw new ArgumentException($"Rows have shape {rows.Shape}; expected [N, {_inputs.Length}] for the inputs {string.Join(", ", _inputs)}.", nameof(rows));
        int count = rows.Shape[0];
        double[] values = Array.ConvertAll(rows.Span.ToArray(), double.CreateTruncating);
        var wider = new Tensor<T>(new Shape(count, Names.Count));
        for (int row = 0; row < count; row++)
            rows.Row(row).CopyTo(wider.Row(row));
        for (int variable = 0; variable < _compiled.Length; variable++)
        {
            var column = new double[count];
            _compiled[variable].Evaluate(values, column);
            for (int row = 0; row < count; row++)
            {
                T value = T.CreateTruncating(column[row]);
                if (!T.IsFinite(value))
                    throw new ArgumentException($"'{_variables[variable].Name}' = {_variables[variable].Expression} is {value} in row {row}; rows must be inside of its domain.", nameof(rows));
                wider[row, _inputs.Length + variable] = value;
            }
        }

        return wider;
    }

    /// <summary>A data set with the auxiliary features and their names.</summary>
    /// <param name="data">A data set whose features have the names of the inputs.</param>
    /// <exception cref="ArgumentException">Names do not fit, or a value is not finite.</exception>
    public Dataset<T> Apply<T>(Dataset<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.FeatureNames.SequenceEqual(_inputs, StringComparer.Ordinal))
            throw new ArgumentException($"The data have the features {string.Join(", ", data.FeatureNames)}; the inputs here are {string.Join(", ", _inputs)}.", nameof(data));
        Tensor<T> wider = Apply(new Tensor<T>(new Shape(data.Count, data.Inputs), data.FeatureArray));
        return new Dataset<T>(
            wider.Array, Names.Count, data.TargetArray, data.Outputs, data.Task == TaskKind.Classification ? data.ClassArray : null, data.ClassLabels, Names, data.TargetNames);
    }

    /// <summary>A network that takes the wider rows and computes what it did; its new inputs have no edges yet.</summary>
    /// <param name="network">A network of the inputs.</param>
    /// <param name="seed">Seed of the numeric functions that are switched off. Default 0.</param>
    /// <exception cref="ArgumentException">The network takes other rows.</exception>
    public EditResult<T> Apply<T>(KanNetwork<T> network, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Features == _inputs.Length
            ? Restructuring.AddInputs(network, _variables.Length, seed)
            : throw new ArgumentException($"The network takes rows of {network.Features} features; the inputs here are {string.Join(", ", _inputs)}.", nameof(network));
    }
}
