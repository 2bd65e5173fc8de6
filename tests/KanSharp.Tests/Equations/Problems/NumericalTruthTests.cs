using KanSharp.Data;
using KanSharp.Equations.Problems;
using KanSharp.Numerics;
using KanSharp.Tests.Data;
using KanSharp.Tests.Equations.Truth;

namespace KanSharp.Tests.Equations.Problems;

public sealed class NumericalTruthTests
{
    [Fact]
    public void The_integrator_solves_what_can_be_written_down()
    {
        var circle = new Extrapolation((_, y, slope) => (slope[0], slope[1]) = (y[1], -y[0]), 1e-13);
        double[] times = [7, 0.5, 3, 0, 10];
        double[][] states = circle.Solve(0, [0, 1], times);
        for (int index = 0; index < times.Length; index++)
        {
            Assert.Equal(Math.Sin(times[index]), states[index][0], 1e-12);
            Assert.Equal(Math.Cos(times[index]), states[index][1], 1e-12);
        }

        double[] forced = new Extrapolation((t, y, slope) => slope[0] = t * t + y[0], 1e-13).Solve(0, [1], [2.0])[0];
        Assert.Equal(3 * Math.Exp(2) - 10, forced[0], 1e-11);
    }

    /// <summary>The period 6.6632868593231… of the limit cycle at μ = 1 is that of D. Viswanath's and others' Lindstedt series; here: two upward passages of the axis.</summary>
    [Fact]
    public void Van_der_Pol_has_the_published_period_and_satisfies_its_equation()
    {
        // the motion is on the limit cycle up to exp(−7 per period) after some periods
        double first = Passage(53, 60), second = Passage(first + 6, first + 7.4);
        Assert.Equal(6.6632868593231, second - first, 1e-9);
        foreach (double t in (double[])[0.5, 2, 6.3, 9])
        {
            const double h = 0.02;
            double Y(double offset) => OrdinaryTruth.VanDerPolStates([t + offset])[0][0];
            double y = Y(0);
            Assert.Equal(0, Differences.Second(Y, h) - (1 - y * y) * Differences.First(Y, h) + y, 1e-7);
        }

        static double Passage(double low, double high)
        {
            double from = Enumerable.Range(0, 100).Select(index => low + (high - low) * index / 99)
                .First(t => OrdinaryTruth.VanDerPolStates([t])[0][0] < 0 && OrdinaryTruth.VanDerPolStates([t + (high - low) / 99])[0][0] >= 0);
            (double below, double above) = (from, from + (high - low) / 99);
            while (above - below > 1e-12)
            {
                double middle = (below + above) / 2;
                (below, above) = OrdinaryTruth.VanDerPolStates([middle])[0][0] < 0 ? (middle, above) : (below, middle);
            }

            return above;
        }
    }

    /// <summary>u − 3·ln u + v − 1.5·ln v does not change along the motion.</summary>
    [Fact]
    public void Prey_and_predators_keep_their_invariant()
    {
        foreach (double[] state in OrdinaryTruth.LotkaVolterraStates([0, 0.7, 1.9, 3, 5, 8.4, 10]))
            Assert.Equal(2, state[0] - 3 * Math.Log(state[0]) + state[1] - 1.5 * Math.Log(state[1]), 1e-11);
        foreach (double t in (double[])[0.5, 2, 4.4])
        {
            double U(double offset) => OrdinaryTruth.LotkaVolterraStates([t + offset])[0][0];
            double[] now = OrdinaryTruth.LotkaVolterraStates([t])[0];
            Assert.Equal(now[0] * (1.5 - now[1]), Differences.First(U, 0.01), 1e-8);
        }
    }

    [Theory]
    [InlineData(1e-3, false, 32)]
    [InlineData(1e-4, true, 96)]
    public void Allen_Cahn_does_not_depend_on_the_resolution(double diffusivity, bool periodic, int elements)
    {
        AllenCahnTruth used = new(diffusivity, periodic, elements), finer = new(diffusivity, periodic, elements * 4 / 3, degree: 18, steps: 600);
        foreach (double t in (double[])[0, 0.0317, 0.2, 0.5, 0.8119, 1])
        {
            for (double x = -1; x <= 1; x += 0.0234)
                Assert.Equal(finer.Value(x, t), used.Value(x, t), 1e-8);
        }
    }

    [Fact]
    public void Allen_Cahn_satisfies_its_equation_and_conditions()
    {
        const double diffusivity = 1e-3;
        AllenCahnTruth truth = new(diffusivity, periodic: false, elements: 32);
        foreach ((double x, double t) in ((double, double)[])[(0.1, 0.3), (0.52, 0.6), (-0.5, 0.9), (0.95, 0.1), (0, 0.5)])
        {
            double u = truth.Value(x, t), change = Differences.First(offset => truth.Value(x, t + offset), 0.01);
            Assert.Equal(diffusivity * Differences.Second(offset => truth.Value(x + offset, t), 4e-3) + 5 * (u - u * u * u), change, 1e-5);
        }

        Assert.Equal(-1, truth.Value(1, 0.4), 1e-12);
        Assert.Equal(0.04 * Math.Cos(0.2 * Math.PI), truth.Value(0.2, 0), 1e-12);
    }

    /// <summary>The file has D = 1e-4 and periodic ends, and is good to about 1e-5; with the other diffusivity, or with −1 at the ends, it does not agree.</summary>
    [Fact]
    public void Allen_Cahn_agrees_with_the_data_set()
    {
        IReadOnlyDictionary<string, NpyArray> file = Npz.Read(WorkplaceData.Require("equations/allen-cahn.npz"));
        double[] t = file["t"].ToArray<double>(), x = file["x"].ToArray<double>(), u = file["usol"].ToArray<double>();
        double sharp = Distance(new(1e-4, periodic: true, elements: 96)), fixedEnds = Distance(new(1e-4, periodic: false, elements: 96)), wide = Distance(new(1e-3, periodic: true, elements: 32));
        TestContext.Current.TestOutputHelper?.WriteLine($"D = 1e-4 periodic {sharp:E2}, fixed ends {fixedEnds:E2}, D = 1e-3 {wide:E2}");
        Assert.InRange(sharp, 0, 2e-5);
        Assert.InRange(fixedEnds, 5e-5, 1);
        Assert.InRange(wide, 1e-2, 1);

        double Distance(AllenCahnTruth truth)
        {
            double square = 0, norm = 0;
            for (int row = 0; row < t.Length; row += 10)
            {
                for (int column = 0; column < x.Length; column += 3)
                {
                    double exact = truth.Value(x[column], t[row]);
                    square += Math.Pow(u[row * x.Length + column] - exact, 2);
                    norm += exact * exact;
                }
            }

            return Math.Sqrt(square / norm);
        }
    }

    [Fact]
    public void The_Helmholtz_data_set_is_the_closed_form()
    {
        IReadOnlyDictionary<string, NpyArray> file = Npz.Read(WorkplaceData.Require("equations/helmholtz.npz"));
        double[] x = file["x"].ToArray<double>(), y = file["y"].ToArray<double>(), u = file["usol"].ToArray<double>();
        var points = new KanSharp.Autodiff.Tensor<double>(new KanSharp.Autodiff.Shape(1, 2));
        double worst = 0;
        for (int row = 0; row < x.Length; row += 7)
        {
            for (int column = 0; column < y.Length; column += 5)
            {
                (points[0, 0], points[0, 1]) = (x[row], y[column]);
                worst = Math.Max(worst, Math.Abs(u[row * y.Length + column] - BuiltInProblems.Find("helmholtz")!.Truth!(points)[0, 0]));
            }
        }

        Assert.InRange(worst, 0, 1e-12);
    }

    /// <summary>The question of N. Trefethen to the NA Digest (November 2018), answered in the paper of Gopal and Trefethen: u(0.99, 0.99) = 1.0267919261073…</summary>
    [Fact]
    public void Laplace_in_an_L_has_the_published_value()
    {
        var solution = new LightningLaplace([(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)], (x, _) => x * x);
        TestContext.Current.TestOutputHelper?.WriteLine($"{solution.Value(0.99, 0.99):R}, boundary {solution.BoundaryError:E2}");
        Assert.Equal(1.0267919261073, solution.Value(0.99, 0.99), 1e-8);
        Assert.InRange(solution.BoundaryError, 0, 1e-7);
    }

    [Fact]
    public void The_L_shape_under_load_does_not_depend_on_the_resolution()
    {
        LShapeTruth used = new(), other = new(32, 20);
        Assert.InRange(used.BoundaryError, 0, 1e-8);
        foreach ((double x, double y) in ((double, double)[])[(-0.5, 0.5), (-0.01, 0.01), (0.5, 0.5), (-0.9, -0.9), (0.001, 0.002), (-0.3, -0.2)])
            Assert.Equal(other.Value(x, y), used.Value(x, y), 1e-7);
        Assert.Equal(used.Value(-0.3, 0.6), used.Value(-0.6, 0.3), 1e-9);
    }

    /// <summary>The integral of u, which is also the energy: 0.2140758036… in the literature on adaptive finite elements.</summary>
    [Fact]
    public void The_L_shape_under_load_has_the_published_integral()
    {
        LShapeTruth truth = new();
        (double[] nodes, double[] weights) = GaussLegendre.Rule(8);
        double sum = 0;
        for (int level = 0; level < 26; level++)
        {
            // three quadrants of squares of this size without the next smaller ones
            double size = Math.Pow(2, -level - 1);
            foreach ((double left, double low) in ((double, double)[])[(1, 0), (1, 1), (0, 1)])
            {
                for (int point = 0; point < 64; point++)
                {
                    double x = size * (left + nodes[point / 8]), y = size * (low + nodes[point % 8]), weight = size * size * weights[point / 8] * weights[point % 8];
                    sum += weight * (truth.Value(x, y) + truth.Value(-x, y) + truth.Value(-x, -y));
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sum:R}");
        Assert.Equal(0.2140758036, sum, 1e-8);
    }

    /// <summary>O. Botella and R. Peyret, "Benchmark spectral results on the lid-driven cavity flow", Computers and Fluids 27 (1998) 421, and later work give for Re = 100 the extremes below.</summary>
    [Fact]
    public void The_cavity_has_the_published_extremes_and_Ghia_is_close()
    {
        CavityTruth coarse = new(48), fine = new(64);
        double Best(Func<CavityTruth, double> quantity) => CavityTruth.Extrapolate(coarse, fine, quantity);
        double[] places = [.. Enumerable.Range(0, 1001).Select(index => index / 1000.0)];
        Assert.Equal(-0.21404, places.Min(y => Best(one => one.U(y))), 2e-4);
        Assert.Equal(-0.25380, places.Min(x => Best(one => one.V(x))), 2e-4);
        Assert.Equal(0.17957, places.Max(x => Best(one => one.V(x))), 2e-4);
        foreach ((double place, double velocity) in GhiaTable.U)
            TestContext.Current.TestOutputHelper?.WriteLine($"u({place:F4}) = {velocity}, here {Best(one => one.U(place)):F5}");
        foreach ((double place, double velocity) in GhiaTable.V)
            TestContext.Current.TestOutputHelper?.WriteLine($"v({place:F4}) = {velocity}, here {Best(one => one.V(place)):F5}");
        Assert.All(GhiaTable.U, row => Assert.Equal(Best(one => one.U(row.Place)), row.Velocity, 0.01));
        Assert.All(GhiaTable.V, row => Assert.Equal(Best(one => one.V(row.Place)), row.Velocity, 0.01));
        Assert.Equal(17, GhiaTable.U.Count);
        Assert.Equal(17, GhiaTable.V.Count);
    }
}
