using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Equations.Solving;

/// <summary>The unknowns as functions: networks and what is built around them.</summary>
/// <param name="windows">Windows and what is built in.</param>
/// <param name="networks">Gives the networks, one for each window, when they are first asked for.</param>
internal sealed class SolutionField(WindowedField windows, Func<IReadOnlyList<KanNetwork<double>>> networks)
{
    private IReadOnlyList<KanNetwork<double>>? _networks;

    /// <summary>The networks, one for each window.</summary>
    public IReadOnlyList<KanNetwork<double>> Networks => _networks ??= networks();

    /// <summary>Windows and what is built in.</summary>
    public WindowedField Windows => windows;

    /// <summary>A derivative of all unknowns at points [N, d]; [N, unknowns].</summary>
    public Tensor<double> Evaluate(Tensor<double> points, PartialDerivative partial)
    {
        JetShape shape = JetShape.Of(partial);
        int component = shape.IndexOf(partial), count = points.Shape[0];
        double[]?[][] values = windows.Evaluate(points, shape);
        var result = new Tensor<double>(new Shape(count, values.Length));
        for (int unknown = 0; unknown < values.Length; unknown++)
        {
            for (int row = 0; row < count; row++)
                result[row, unknown] = values[unknown][component]![row];
        }

        return result;
    }

    /// <summary>An expression of variables, unknowns, derivatives and coefficients at points; of normals, too, where they are given.</summary>
    public double[] Values(EquationProblem problem, Residual residual, Tensor<double> points, IReadOnlyDictionary<string, double> coefficients, Tensor<double>? normals = null)
    {
        int dimension = points.Shape[1];
        var probe = new CollocationBlock("", problem.Names, [residual], points, normals, (_, _) => [], 1);
        double[]?[][] derivatives = windows.Evaluate(points, probe.Shape);
        var tape = new Tape<double> { RecordsGradients = false };
        int count = points.Shape[0];
        Var<double>[] numbers = [.. problem.Names.Coefficients.Select(name => tape.Constant(Filled(coefficients[name], count), new Shape(count, 1)))];
        var at = new PointValues(
            problem.Names, tape, points.Array.AsMemory(0, count * dimension), normals is null ? default : normals.Array.AsMemory(0, count * dimension), numbers,
            derivative => tape.Constant(derivatives[derivative.Field][probe.Shape.IndexOf(derivative.Partial)]!, new Shape(count, 1)), []);
        return residual.Record(at).Values.ToArray();
    }

    private static double[] Filled(double value, int count)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
