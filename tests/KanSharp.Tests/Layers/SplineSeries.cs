using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Symbolics;
using KanSharp.Tests.Autodiff;
using KanSharp.Tests.Bases;

namespace KanSharp.Tests.Layers;

/// <summary>Layers of B-splines as truncated Taylor series: every edge by the textbook recursion and its derivatives, composed by multiplying series.</summary>
internal static class SplineSeries
{
    private static readonly Expression[] SiLU = Derivatives("x/(1 + exp(-x))"), Tanh = Derivatives("tanh(x)"), Root = Derivatives("x^(-0.5)");

    /// <summary>The outputs of a layer.</summary>
    /// <param name="layer">A layer with SiLU as base function, if any.</param>
    /// <param name="x">What the functions see, one series for each input.</param>
    /// <param name="raw">What the base branch sees.</param>
    public static MixedSeries[] Outputs<T>(KanLinear<T> layer, MixedSeries[] x, MixedSeries[]? raw = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputs = new MixedSeries[layer.Outputs];
        for (int output = 0; output < outputs.Length; output++)
        {
            outputs[output] = MixedSeries.Constant(layer.Bias is null ? 0 : double.CreateTruncating(layer.Bias.Value[output]));
            for (int input = 0; input < x.Length; input++)
            {
                double mask = layer.Mask is null ? 1 : double.CreateTruncating(layer.Mask.Value[input, output]);
                double scale = layer.EdgeScale is null ? 1 : double.CreateTruncating(layer.EdgeScale.Value[input, output]);
                outputs[output] += mask * scale * x[input].Compose(Taylor(layer, input, output, x[input].Value));
                if (layer.BaseWeight is not null)
                {
                    MixedSeries seen = (raw ?? x)[input];
                    outputs[output] += mask * double.CreateTruncating(layer.BaseWeight.Value[input, output]) * Base(seen);
                }
            }
        }

        return outputs;
    }

    /// <summary>tanh of a series.</summary>
    public static MixedSeries Squash(MixedSeries x) => x.Compose(Taylor(Tanh, x.Value));

    /// <summary>1/√ of a series.</summary>
    public static MixedSeries InverseRoot(MixedSeries x) => x.Compose(Taylor(Root, x.Value));

    /// <summary>Rows as series in their features.</summary>
    public static MixedSeries[] Variables<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var variables = new MixedSeries[row.Length];
        for (int feature = 0; feature < variables.Length; feature++)
            variables[feature] = MixedSeries.Variable(double.CreateTruncating(row[feature]), feature);
        return variables;
    }

    /// <summary>Asserts that every component of a jet is the derivative of the series.</summary>
    public static void Near<T>(Jet<T> jet, Tensor<T> rows, Func<MixedSeries[], MixedSeries[]> truth, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MixedSeries[][] expected = [.. Enumerable.Range(0, rows.Shape.Rows).Select(row => truth(Variables<T>(rows.Row(row))))];
        foreach (PartialDerivative component in jet.Shape.Components)
        {
            T[] actual = jet[component].Values.ToArray();
            Assert.Equal(expected.Sum(row => row.Length), actual.Length);
            double largest = Math.Max(1, expected.Max(row => row.Max(series => Math.Abs(series.Derivative(component)))));
            for (int index = 0; index < actual.Length; index++)
            {
                (int row, int output) = Math.DivRem(index, expected[0].Length);
                double wanted = expected[row][output].Derivative(component), value = double.CreateTruncating(actual[index]);
                Assert.True(Math.Abs(wanted - value) <= tolerance * largest, $"{component}, row {row}, output {output}: {value:R}, expected {wanted:R}, largest {largest:G3}");
            }
        }
    }

    private static double[] Taylor<T>(KanLinear<T> layer, int input, int output, double x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] knots = Check.Doubles<T>(layer.Knots.Value.Row(input));
        var taylor = new double[PartialDerivative.MaxOrder + 1];
        double factorial = 1;
        for (int order = 0; order < taylor.Length; order++)
        {
            factorial *= Math.Max(1, order);
            double[] functions = layer.Options.Spline.Outside == OutsideGrid.Linear
                ? NaiveBSpline.AllContinued(knots, layer.Options.Spline.Degree, x, order)
                : NaiveBSpline.All(knots, layer.Options.Spline.Degree, x, order);
            for (int function = 0; function < functions.Length; function++)
                taylor[order] += functions[function] * double.CreateTruncating(layer.Coefficients.Value[input, function, output]) / factorial;
        }

        return taylor;
    }

    private static MixedSeries Base(MixedSeries x) => x.Compose(Taylor(SiLU, x.Value));

    private static Expression[] Derivatives(string text)
    {
        var derivatives = new Expression[PartialDerivative.MaxOrder + 1];
        derivatives[0] = Expression.Parse(text);
        for (int order = 1; order < derivatives.Length; order++)
            derivatives[order] = derivatives[order - 1].Differentiate("x");
        return derivatives;
    }

    private static double[] Taylor(Expression[] derivatives, double x)
    {
        double factorial = 1;
        return [.. derivatives.Select((derivative, order) => derivative.Evaluate(x) / (factorial *= Math.Max(1, order)))];
    }
}
