using KanSharp.Data;
using KanSharp.Equations.Problems;
using KanSharp.Tests.Data;

namespace KanSharp.Tests.Equations.Problems;

public sealed class BurgersSolutionTests
{
    private const double Viscosity = 0.01 / Math.PI;

    [Fact]
    public void It_satisfies_equation_and_conditions()
    {
        BurgersSolution solution = BurgersSolution.Standard;
        foreach ((double x, double t) in ((double, double)[])[(0.3, 0.2), (-0.45, 0.5), (0.02, 0.4), (0.01, 0.9), (-0.9, 1.0), (0.6, 0.05)])
        {
            // eighth-order differences
            const double h = 2e-3, k = 2e-3;
            double now = solution.Value(x, t), u = now;
            double ux = Differences.First(offset => solution.Value(x + offset, t), h), uxx = Differences.Second(offset => solution.Value(x + offset, t), h);
            double ut = Differences.First(offset => solution.Value(x, t + offset), k);
            Assert.Equal(0, ut + u * ux - Viscosity * uxx, 1e-3 * (1 + Math.Abs(u * ux)) * (Math.Abs(x) < 0.05 ? 1 : 1e-4));
        }

        for (double x = -1; x <= 1; x += 0.125)
            Assert.Equal(-Math.Sin(Math.PI * x), solution.Value(x, 0), 1e-13);
        Assert.Equal(0, solution.Value(1, 0.7), 1e-13);
        Assert.Equal(0, solution.Value(-1, 0.7), 1e-13);
    }

    [Fact]
    public void More_nodes_change_nothing()
    {
        BurgersSolution fewer = new(Viscosity, 300), more = new(Viscosity, 900);
        for (double x = -1; x <= 1; x += 0.0625)
        {
            foreach (double t in (double[])[0, 0.01, 0.3, 0.32, 1])
                Assert.Equal(more.Value(x + 0.003, t), fewer.Value(x + 0.003, t), 1e-12);
        }
    }

    /// <summary>Table 1 of Basdevant et al. (1986): the slope at x = 0 is steepest, |u_x| = 152.00516, at πt = 1.6037.</summary>
    [Fact]
    public void The_steepest_slope_is_the_published_one()
    {
        double best = 0, when = 0;
        for (double time = 1.5; time < 1.7; time += 0.0002)
        {
            double slope = Math.Abs(Differences.First(offset => BurgersSolution.Standard.Value(offset, time / Math.PI), 2e-4));
            (best, when) = slope > best ? (slope, time) : (best, when);
        }

        Assert.Equal(152.00516, best, 1e-4);
        Assert.Equal(1.6037, when, 3e-4);
    }

    [Fact]
    public void It_agrees_with_the_data_set()
    {
        IReadOnlyDictionary<string, NpyArray> file = Npz.Read(WorkplaceData.Require("equations/burgers.npz"));
        double[] t = file["t"].ToArray<double>(), x = file["x"].ToArray<double>(), u = file["usol"].ToArray<double>();
        double square = 0, norm = 0;
        for (int row = 0; row < t.Length; row += 8)
        {
            for (int column = 0; column < x.Length; column += 3)
            {
                double exact = BurgersSolution.Standard.Value(x[column], t[row]);
                square += Math.Pow(u[row * x.Length + column] - exact, 2);
                norm += exact * exact;
            }
        }

        Assert.InRange(Math.Sqrt(square / norm), 0, 1e-4);
    }
}
