using KanSharp.Autodiff;
using KanSharp.Equations.Domains;

namespace KanSharp.Equations.Checks;

/// <summary>The unknowns and derivatives in a residual: from the names of an expression, or from what code asks for at one point.</summary>
internal static class Occurrences
{
    public static HashSet<FieldDerivative> Of(Residual residual, EquationProblem problem)
    {
        HashSet<FieldDerivative> found = [];
        if (residual.Expression is not { } expression)
        {
            Record(residual, problem, found);
            return found;
        }

        foreach (string name in expression.Variables)
        {
            if (problem.Names.Axis(name) < 0 && problem.Names.TryDerivative(name, out FieldDerivative derivative))
                found.Add(derivative);
        }

        return found;
    }

    /// <summary>Runs code at one point with unknowns that are 0.</summary>
    /// <exception cref="ArgumentException">The code asks for a name that has no meaning.</exception>
    public static void Record(Residual residual, EquationProblem problem, HashSet<FieldDerivative> found)
    {
        var tape = new Tape<double> { RecordsGradients = false };
        double[] point = problem.Domain.Interior(1, PointSequence.Grid, 0).Row(0).ToArray();
        Var<double> zero = tape.Constant([0.0], new Shape(1, 1));
        residual.Record(new PointValues(problem.Names, tape, point, new double[point.Length], [.. problem.Coefficients.Select(_ => zero)], _ => zero, [], found));
    }
}
