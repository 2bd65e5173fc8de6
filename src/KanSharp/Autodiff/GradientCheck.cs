using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// Compares gradients of the backward pass with central differences, entry by entry. For tests of your own layers and losses: exact
/// gradients agree to many digits, a wrong one at no step size.
/// </summary>
public static class GradientCheck
{
    /// <summary>Checks the gradients of a function of one input.</summary>
    /// <param name="function">The function; its result may have any shape.</param>
    /// <param name="input">Where to check.</param>
    /// <param name="parameters">Parameters to check as well, with names: <c>module.Parameters()</c>. Frozen ones must get no gradient.</param>
    /// <param name="options">Tolerance and mode.</param>
    public static GradientCheckResult Run<T>(
        Func<Var<T>, Var<T>> function,
        Tensor<T> input,
        IEnumerable<(string Path, Parameter<T> Parameter)>? parameters = null,
        GradientCheckOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run(inputs => function(inputs[0]), [input], parameters, options);
    }

    /// <summary>Checks the gradients of a function of several inputs.</summary>
    /// <param name="function">The function; its result may have any shape.</param>
    /// <param name="inputs">Where to check.</param>
    /// <param name="parameters">Parameters to check as well, with names: <c>module.Parameters()</c>. Frozen ones must get no gradient.</param>
    /// <param name="options">Tolerance and mode.</param>
    public static GradientCheckResult Run<T>(
        Func<IReadOnlyList<Var<T>>, Var<T>> function,
        IReadOnlyList<Tensor<T>> inputs,
        IEnumerable<(string Path, Parameter<T> Parameter)>? parameters = null,
        GradientCheckOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        return new GradientComparison<T>(function, inputs, parameters ?? [], options ?? new GradientCheckOptions()).Run();
    }

    /// <summary>
    /// Checks a function of jets, for each feature of the input as the direction: the derivative against differences of the value, then the
    /// gradients of value and derivative with respect to input and parameters.
    /// </summary>
    /// <param name="function">The function, for example a module's <c>Forward</c>.</param>
    /// <param name="input">Where to check, [..., features]; rows must not influence each other.</param>
    /// <param name="parameters">Parameters to check as well, with names: <c>module.Parameters()</c>.</param>
    /// <param name="options">Tolerance and mode.</param>
    public static GradientCheckResult RunJet<T>(
        Func<Jet<T>, Jet<T>> function,
        Tensor<T> input,
        IEnumerable<(string Path, Parameter<T> Parameter)>? parameters = null,
        GradientCheckOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(input);
        GradientCheckOptions settings = options ?? new GradientCheckOptions();
        var result = new GradientCheckResult(true, 0, "", 0, 0, -1);
        for (int feature = 0; feature < input.Shape.Last; feature++)
        {
            int direction = feature;
            result = result
                .And(new JetComparison<T>(x => function(Jet<T>.Seed(x, direction)), input, settings).Run(0, direction))
                .And(Run(x => function(Jet<T>.Seed(x, direction)).Value, input, parameters, settings))
                .And(Run(x => function(Jet<T>.Seed(x, direction)).Derivative, input, parameters, settings));
        }

        return result;
    }

    /// <summary>
    /// Checks a function of jets whose directions are the features of the input: every derivative against differences of the one that lacks one of its
    /// directions, then the gradients of all of them with respect to input and parameters.
    /// </summary>
    /// <param name="function">The function, for example a module's <c>Forward</c>.</param>
    /// <param name="input">Where to check, [..., features]; rows must not influence each other.</param>
    /// <param name="shape">The derivatives.</param>
    /// <param name="parameters">Parameters to check as well, with names: <c>module.Parameters()</c>.</param>
    /// <param name="options">Tolerance and mode.</param>
    public static GradientCheckResult RunJet<T>(
        Func<Jet<T>, Jet<T>> function,
        Tensor<T> input,
        JetShape shape,
        IEnumerable<(string Path, Parameter<T> Parameter)>? parameters = null,
        GradientCheckOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(shape);
        GradientCheckOptions settings = options ?? new GradientCheckOptions();
        (string, Parameter<T>)[] known = [.. parameters ?? []];
        var result = new GradientCheckResult(true, 0, "", 0, 0, -1);
        var comparison = new JetComparison<T>(x => function(Jet<T>.Seed(x, shape)), input, settings);
        for (int direction = 0; direction < shape.Directions; direction++)
            result = result.And(comparison.Run(direction, direction));
        foreach (PartialDerivative component in shape.Components)
        {
            GradientCheckResult gradients = Run(x => function(Jet<T>.Seed(x, shape))[component], input, known, settings);
            result = result.And(gradients with { Worst = $"{component} with respect to {gradients.Worst}" });
        }

        return result;
    }
}
