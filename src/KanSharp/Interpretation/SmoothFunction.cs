using System.Numerics;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// A scalar function of several variables with first and second derivatives at rows of points: what structure detection looks at. Made from delegates, an
/// expression, a network (exact derivatives), or anything that gives values (finite differences).
/// </summary>
public abstract class SmoothFunction
{
    /// <summary>For functions of your own.</summary>
    /// <param name="inputs">Number of variables, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    protected SmoothFunction(int inputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        Inputs = inputs;
    }

    /// <summary>Number of variables d.</summary>
    public int Inputs { get; }

    /// <summary>Error of the first derivatives, in units of the function per standard deviation of a variable; 0 (default) for exact ones.</summary>
    public virtual double GradientNoise => 0;

    /// <summary>Error of the mixed second derivatives, in units of the function per two standard deviations; 0 (default) for exact ones.</summary>
    public virtual double HessianNoise => 0;

    /// <summary>Values at rows.</summary>
    /// <param name="rows">Points, row-major [N, d].</param>
    /// <param name="values">Receives N values; not finite outside the domain.</param>
    public abstract void Value(ReadOnlySpan<double> rows, Span<double> values);

    /// <summary>First derivatives at rows.</summary>
    /// <param name="rows">Points, row-major [N, d].</param>
    /// <param name="gradient">Receives [N, d].</param>
    public abstract void Gradient(ReadOnlySpan<double> rows, Span<double> gradient);

    /// <summary>Second derivatives at rows.</summary>
    /// <param name="rows">Points, row-major [N, d].</param>
    /// <param name="hessian">Receives [N, d, d].</param>
    public abstract void Hessian(ReadOnlySpan<double> rows, Span<double> hessian);

    /// <summary>A function given by its value and its derivatives.</summary>
    /// <param name="inputs">Number of variables, at least 1.</param>
    /// <param name="value">Values, [N].</param>
    /// <param name="gradient">First derivatives, [N, inputs].</param>
    /// <param name="hessian">Second derivatives, [N, inputs, inputs].</param>
    public static SmoothFunction Of(int inputs, RowFunction value, RowFunction gradient, RowFunction hessian)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(hessian);
        return new AnalyticFunction(inputs, value, gradient, hessian);
    }

    /// <summary>
    /// A function given by its values; derivatives are central differences whose steps balance the error of the values against the curvature.
    /// </summary>
    /// <param name="inputs">Number of variables, at least 1.</param>
    /// <param name="value">Values, [N].</param>
    /// <param name="rows">Points, row-major [N, inputs], that say how far the variables reach; steps are fractions of their standard deviations.</param>
    /// <param name="noise">
    /// Root mean square error of the values, at least 0 (default 0: rounding). For a fitted model give its error: the steps then are so large that its bumps do not
    /// count, and thresholds rise to what can be seen through the error.
    /// </param>
    /// <exception cref="ArgumentException">The rows are not whole, or there are fewer than two; the noise is negative or not finite.</exception>
    public static SmoothFunction Of(int inputs, RowFunction value, ReadOnlySpan<double> rows, double noise = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FiniteDifferenceFunction.Create(inputs, value, rows, noise, double.BitIncrement(1) - 1);
    }

    /// <summary>A function of one point at a time, with finite differences.</summary>
    /// <inheritdoc cref="Of(int, RowFunction, ReadOnlySpan{double}, double)"/>
    public static SmoothFunction Of(int inputs, Func<double[], double> value, ReadOnlySpan<double> rows, double noise = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Of(
            inputs,
            (points, values) =>
            {
                var point = new double[inputs];
                for (int row = 0; row < values.Length; row++)
                {
                    points.Slice(row * inputs, inputs).CopyTo(point);
                    values[row] = value(point);
                }
            },
            rows,
            noise);
    }

    /// <summary>One output of a module, with finite differences.</summary>
    /// <param name="module">The model; must not change while the function is used.</param>
    /// <param name="inputs">Number of features it takes.</param>
    /// <param name="rows">Points as for <see cref="Of(int, RowFunction, ReadOnlySpan{double}, double)"/>.</param>
    /// <param name="output">Which output (default 0).</param>
    /// <param name="noise">Root mean square error of the model, at least 0 (default 0: rounding of <typeparamref name="T"/>).</param>
    public static SmoothFunction Of<T>(Module<T> module, int inputs, ReadOnlySpan<double> rows, int output = 0, double noise = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        double rounding = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        return FiniteDifferenceFunction.Create(inputs, (points, values) => ModuleRows.Predict(module, inputs, points, output, values), rows, noise, rounding);
    }

    /// <summary>One output of a network, with exact derivatives. For a network that was fitted to data, prefer finite differences that know its error.</summary>
    /// <param name="network">The network; must not change while the function is used.</param>
    /// <param name="output">Which output (default 0).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public static SmoothFunction Of<T>(KanNetwork<T> network, int output = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if ((uint)output >= (uint)network.Widths[^1])
            throw new ArgumentOutOfRangeException(nameof(output), output, $"The network has {network.Widths[^1]} outputs: 0 to {network.Widths[^1] - 1}.");
        return new NetworkFunction<T>(network, output);
    }

    /// <summary>A formula, with exact derivatives.</summary>
    /// <param name="expression">The formula.</param>
    /// <param name="variables">Names of the columns of the rows, in order; there may be more than the formula uses.</param>
    /// <exception cref="ArgumentException">A variable is missing or named twice.</exception>
    public static SmoothFunction Of(Expression expression, IReadOnlyList<string> variables)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(variables);
        return new ExpressionFunction(expression, variables);
    }

    /// <summary>log|f + bias|.</summary>
    internal virtual SmoothFunction Log(double bias) => new LogFunction(this, bias);

    /// <summary>The function of some variables that is left when the others are fixed.</summary>
    internal SmoothFunction Restrict(int[] variables, double[] point) => new RestrictedFunction(this, variables, point);
}
