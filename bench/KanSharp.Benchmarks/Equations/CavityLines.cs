using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Tests.Equations.Truth;

namespace KanSharp.Benchmarks.Equations;

/// <summary>
/// Velocities of the driven cavity on its centre lines against the table of Ghia, Ghia and Shin, and at the same places against finite differences extrapolated from two
/// grids. These differ from the table by up to 0.0095 and have the extremes of spectral solutions to four digits: below 0.01 the table says nothing.
/// </summary>
internal static class CavityLines
{
    private static readonly Lazy<double[]> s_differences = new(() =>
    {
        CavityTruth coarse = new(48), fine = new(64);
        return
        [
            .. GhiaTable.U.Select(row => CavityTruth.Extrapolate(coarse, fine, one => one.U(row.Place))),
            .. GhiaTable.V.Select(row => CavityTruth.Extrapolate(coarse, fine, one => one.V(row.Place))),
        ];
    });

    /// <summary>Largest differences to the table and to finite differences.</summary>
    public static (double Table, double Differences) Errors(EquationSolution solution)
    {
        double[] velocities = [.. Along(solution, "psi_y", GhiaTable.U, vertical: true), .. Along(solution, "psi_x", GhiaTable.V, vertical: false).Select(value => -value)];
        double[] table = [.. GhiaTable.U.Concat(GhiaTable.V).Select(row => row.Velocity)];
        return (Largest(velocities, table), Largest(velocities, s_differences.Value));
    }

    private static double Largest(double[] values, double[] others) => values.Zip(others, (a, b) => Math.Abs(a - b)).Max();

    private static double[] Along(EquationSolution solution, string name, IReadOnlyList<(double Place, double Velocity)> rows, bool vertical)
    {
        var points = new Tensor<double>(new Shape(rows.Count, 2));
        for (int row = 0; row < rows.Count; row++)
            (points[row, 0], points[row, 1]) = vertical ? (0.5, rows[row].Place) : (rows[row].Place, 0.5);
        return solution.Derivative(points, name);
    }
}
