namespace KanSharp.Tests.Equations.Truth;

/// <summary>
/// Initial value problems by the extrapolated midpoint rule of Gragg, Bulirsch and Stoer (E. Hairer, S. P. Nørsett and G. Wanner, "Solving Ordinary Differential Equations
/// I", section II.9): eight midpoint integrations with 2, 4, …, 16 substeps, order 16, adaptive steps.
/// </summary>
/// <param name="slope">Writes y' at (t, y).</param>
/// <param name="tolerance">Error allowed in a step, of 1 + |y|.</param>
internal sealed class Extrapolation(Action<double, double[], double[]> slope, double tolerance)
{
    private const int Rows = 8;

    /// <summary>The solution at times in any order.</summary>
    /// <param name="start">Time of the initial values; no time lies before it.</param>
    /// <param name="initial">Initial values.</param>
    /// <param name="times">Times.</param>
    public double[][] Solve(double start, double[] initial, IReadOnlyList<double> times)
    {
        var results = new double[times.Count][];
        (double t, double[] y) = (start, initial);
        double step = 0.05;
        foreach (int index in Enumerable.Range(0, times.Count).OrderBy(index => times[index]))
        {
            while (t < times[index])
            {
                bool last = step >= times[index] - t;
                double trial = last ? times[index] - t : step;
                (double[] next, double error) = Step(t, y, trial);
                if (error <= 1)
                    (t, y) = (last ? times[index] : t + trial, next);
                if (error > 1 || !last)
                    step = trial * Math.Clamp(0.8 * Math.Pow(error, -1.0 / 15), 0.2, 3);
            }

            results[index] = y;
        }

        return results;
    }

    /// <summary>The result of one step, and its error relative to what is allowed.</summary>
    private (double[] Y, double Error) Step(double t, double[] y, double step)
    {
        var above = new double[Rows][];
        for (int row = 0; row < Rows; row++)
        {
            var here = new double[Rows][];
            here[0] = Midpoint(t, y, step, 2 * (row + 1));
            for (int column = 1; column <= row; column++)
            {
                double ratio = (row + 1.0) / (row + 1 - column), factor = 1 / (ratio * ratio - 1);
                here[column] = [.. here[column - 1].Zip(above[column - 1], (fine, coarse) => fine + (fine - coarse) * factor)];
            }

            above = here;
        }

        double error = 1e-8;
        for (int index = 0; index < y.Length; index++)
            error = Math.Max(error, Math.Abs(above[Rows - 1][index] - above[Rows - 2][index]) / (tolerance * (1 + Math.Abs(y[index]))));
        return (above[Rows - 1], error);
    }

    private double[] Midpoint(double t, double[] y, double step, int substeps)
    {
        double h = step / substeps;
        var change = new double[y.Length];
        slope(t, y, change);
        double[] before = y, now = [.. y.Zip(change, (value, rate) => value + h * rate)];
        for (int substep = 1; substep < substeps; substep++)
        {
            slope(t + substep * h, now, change);
            (before, now) = (now, [.. before.Zip(change, (value, rate) => value + 2 * h * rate)]);
        }

        return now;
    }
}
