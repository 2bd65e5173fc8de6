using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>Known solutions as functions of points, and errors against them.</summary>
public static class KnownSolution
{
    private const int UsualPoints = 4000;

    /// <summary>The reference of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>From points [N, d] to the unknowns [N, unknowns], NaN for those without a reference; null if none has one.</returns>
    public static Func<Tensor<double>, Tensor<double>>? Of(EquationProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        CompiledExpression?[] exact = [.. problem.Unknowns.Select(name => problem.Reference.TryGetValue(name, out Expression? known) ? known.Compile(problem.Domain.Variables) : null)];
        return Array.TrueForAll(exact, known => known is null) ? null : points =>
        {
            var values = new Tensor<double>(new Shape(points.Shape[0], exact.Length));
            values.Span.Fill(double.NaN);
            for (int field = 0; field < exact.Length; field++)
            {
                double[]? column = exact[field]?.Evaluate(points.Span);
                for (int row = 0; column is not null && row < column.Length; row++)
                    values[row, field] = column[row];
            }

            return values;
        };
    }

    /// <summary>Errors of a solution at points that no training saw.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="truth">From points [N, d] to the unknowns [N, unknowns]; values that are not finite are left out.</param>
    /// <param name="points">Number of points.</param>
    /// <returns>Relative L2 error of all unknowns together and the largest error; null where nothing is known.</returns>
    public static (double Relative, double Largest)? Error(EquationSolution solution, Func<Tensor<double>, Tensor<double>> truth, int points = UsualPoints)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(truth);
        Tensor<double> places = solution.Problem.Domain.Interior(points, PointSequence.Sobol, 32452843);
        Tensor<double> own = solution.Evaluate(places), exact = truth(places);
        double squares = 0, norm = 0, largest = 0;
        bool any = false;
        for (int index = 0; index < own.Span.Length; index++)
        {
            double known = exact.Span[index], error = own.Span[index] - known;
            if (!double.IsFinite(known))
                continue;
            (squares, norm, largest, any) = (squares + error * error, norm + known * known, Math.Max(largest, Math.Abs(error)), true);
        }

        return any ? (Math.Sqrt(squares / Math.Max(norm, double.Epsilon)), largest) : null;
    }
}
