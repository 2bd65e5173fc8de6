using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Tests.Equations.Truth;

namespace KanSharp.Benchmarks.Equations;

/// <summary>
/// Velocities of the driven cavity on its centre lines against the published table, and against finite differences extrapolated from two grids, which differ from the table
/// by up to 0.0095 and agree with spectral results to four digits.
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

    /// <summary>Adds the errors against finite differences under the usual names, and the largest difference from the table.</summary>
    public static void Compare(EquationSolution solution, Dictionary<string, double> measures)
    {
        double[] velocities = [.. Along(solution, "psi_y", [.. GhiaTable.U.Select(row => row.Place)], vertical: true), .. Along(solution, "psi_x", [.. GhiaTable.V.Select(row => row.Place)], vertical: false).Select(value => -value)];
        EquationBench.Compare(velocities, s_differences.Value, measures);
        measures["ghia"] = velocities.Zip(GhiaTable.U.Concat(GhiaTable.V), (value, row) => Math.Abs(value - row.Velocity)).Max();
    }

    /// <summary>A derivative of the stream function on a centre line.</summary>
    public static double[] Along(EquationSolution solution, string name, IReadOnlyList<double> places, bool vertical)
    {
        var points = new Tensor<double>(new Shape(places.Count, 2));
        for (int row = 0; row < places.Count; row++)
            (points[row, 0], points[row, 1]) = vertical ? (0.5, places[row]) : (places[row], 0.5);
        return solution.Derivative(points, name);
    }
}
