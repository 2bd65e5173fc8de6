using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Symbolics;

namespace KanSharp.Tests.Autodiff;

/// <summary>Compares jets with symbolic derivatives of the same function.</summary>
internal static class JetTruth
{
    private static readonly string[] Names = ["x", "y", "z", "w"];

    /// <summary>Compares every component with the derivatives of expressions of the features x, y, z and w.</summary>
    /// <param name="function">The function of a jet.</param>
    /// <param name="outputs">One expression for each element of a row of its result.</param>
    /// <param name="input">Rows [N, features].</param>
    /// <param name="shape">The derivatives.</param>
    /// <param name="tolerance">Allowed error relative to max(1, |value|, largest value of the component in this row).</param>
    public static void Holds<T>(Func<Jet<T>, Jet<T>> function, IReadOnlyList<string> outputs, Tensor<T> input, JetShape shape, double tolerance = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Jet<T> jet = function(Jet<T>.Seed(new Tape<T>().Input(input), shape));
        Near(jet, [.. outputs.Select(text => Expression.Parse(text))], Names[..input.Shape.Last], input, tolerance);
    }

    /// <summary>Compares a jet whose directions are the variables.</summary>
    public static void Near<T>(Jet<T> jet, IReadOnlyList<Expression> outputs, IReadOnlyList<string> variables, Tensor<T> input, double tolerance = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (tolerance == 0)
            tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-10;
        double[] rows = Check.Doubles<T>(input.Span);
        int count = input.Shape.Rows;
        foreach (PartialDerivative component in jet.Shape.Components)
        {
            Assert.Equal(jet.Value.Shape, jet[component].Shape);
            T[] actual = jet[component].Values.ToArray();
            Assert.Equal(count * outputs.Count, actual.Length);
            for (int output = 0; output < outputs.Count; output++)
            {
                double[] expected = Derivative(outputs[output], component, variables).Compile(variables).Evaluate(rows);
                double largest = Math.Max(1, expected.Max(Math.Abs));
                for (int row = 0; row < count; row++)
                {
                    double value = double.CreateTruncating(actual[row * outputs.Count + output]);
                    Assert.True(Math.Abs(value - expected[row]) <= tolerance * largest, $"{component}, output {output}, row {row}: {value:R}, expected {expected[row]:R}");
                }
            }
        }
    }

    /// <summary>A partial derivative of an expression.</summary>
    public static Expression Derivative(Expression expression, PartialDerivative component, IReadOnlyList<string> variables)
    {
        for (int index = 0; index < component.Order; index++)
            expression = expression.Differentiate(variables[component[index]]);
        return expression;
    }
}
