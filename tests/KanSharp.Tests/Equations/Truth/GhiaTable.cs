namespace KanSharp.Tests.Equations.Truth;

/// <summary>
/// Velocities in the driven cavity at Re = 100 as published: U. Ghia, K. N. Ghia and C. T. Shin, "High-Re solutions for incompressible flow using the Navier-Stokes equations
/// and a multigrid method", J. Comput. Phys. 48 (1982) 387, tables I and II. The places are grid points of 128 intervals, printed there with four digits.
/// </summary>
internal static class GhiaTable
{
    /// <summary>y and u on the line x = 1/2.</summary>
    public static IReadOnlyList<(double Place, double Velocity)> U { get; } = Rows(
        (128, 1.00000), (125, 0.84123), (124, 0.78871), (123, 0.73722), (122, 0.68717), (109, 0.23151), (94, 0.00332), (79, -0.13641), (64, -0.20581), (58, -0.21090),
        (36, -0.15662), (22, -0.10150), (13, -0.06434), (9, -0.04775), (8, -0.04192), (7, -0.03717), (0, 0.00000));

    /// <summary>x and v on the line y = 1/2.</summary>
    public static IReadOnlyList<(double Place, double Velocity)> V { get; } = Rows(
        (128, 0.00000), (124, -0.05906), (123, -0.07391), (122, -0.08864), (121, -0.10313), (116, -0.16914), (110, -0.22445), (103, -0.24533), (64, 0.05454), (30, 0.17527),
        (29, 0.17507), (20, 0.16077), (12, 0.12317), (10, 0.10890), (9, 0.10091), (8, 0.09233), (0, 0.00000));

    private static (double, double)[] Rows(params IReadOnlyList<(int Node, double Velocity)> rows) => [.. rows.Select(row => (row.Node / 128.0, row.Velocity))];
}
