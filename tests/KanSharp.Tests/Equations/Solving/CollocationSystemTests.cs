using KanSharp.Autodiff;
using KanSharp.Equations;
using KanSharp.Equations.Solving;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Equations.Solving;

/// <summary>Loss, rows, gradient, traces and magnitudes of a system of several blocks say the same.</summary>
public class CollocationSystemTests
{
    private const int SeveralPasses = 5000;

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 40)]
    [InlineData(true, SeveralPasses)]
    public void AllWaysToComputeTheLossAgree(bool separable, int interior)
    {
        Module<double> module = separable ? Systems.Separable() : Systems.Network();
        CollocationSystem system = Systems.Create(module, Systems.Coefficient(), interior);
        Assert.Equal(2 * interior + 21 + 5, system.Rows);
        double loss = system.Loss();
        Near(loss, system.MeanSquares().Zip(system.Blocks, (square, block) => square * block.Weight * block.ResidualCount).Sum());
        Near(loss, system.Linearize((_, _) => { }));
        Near(loss, system.Gradient());
        foreach ((CollocationBlock block, int index) in system.Blocks.Select((block, index) => (block, index)).Where(entry => entry.block.ResidualCount == 1))
            Near(system.MeanSquares()[index], system.Magnitudes(index).Sum(magnitude => magnitude * magnitude) / block.Count);
        double[] magnitudes = system.Magnitudes(0);
        Assert.True(system.Blocks[0].ResidualCount * system.MeanSquares()[0] <= 2 * magnitudes.Sum(magnitude => magnitude * magnitude) / interior && system.Blocks[0].ResidualCount * system.MeanSquares()[0] >= magnitudes.Sum(magnitude => magnitude * magnitude) / interior);
    }

    [Fact]
    public void PassesAreSmallerThanTheLargeSystem()
    {
        CollocationSystem system = Systems.Create(Systems.Separable(), Systems.Coefficient(), SeveralPasses);
        var counts = new List<int>();
        system.Linearize((rows, _) => counts.Add(rows.Count));
        Assert.Equal(system.Rows, counts.Sum());
        Assert.True(counts.Count > 6);
    }

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 40)]
    [InlineData(true, SeveralPasses)]
    public void TheGradientIsTwiceTheRowsTimesTheResiduals(bool separable, int interior)
    {
        Module<double> module = separable ? Systems.Separable() : Systems.Network();
        Parameter<double> coefficient = Systems.Coefficient();
        CollocationSystem system = Systems.Create(module, coefficient, interior);
        (double[] product, double[] traces) = FromRows(system);
        foreach ((_, Parameter<double> parameter) in module.Parameters())
            parameter.ClearGradient();
        coefficient.ClearGradient();
        system.Gradient();
        double largest = product.Max(Math.Abs);
        foreach (var segment in system.Layout.Segments)
        {
            for (int index = 0; index < segment.Length; index++)
                Assert.True(Math.Abs(2 * product[segment.Offset + index] - segment.Parameter.Gradient[segment.Start + index]) <= 1e-11 * largest);
        }

        Assert.Contains(system.Layout.Segments, segment => segment.Parameter == coefficient);
        foreach ((double expected, double actual) in traces.Zip(system.Traces()))
            Near(expected, actual);
    }

    [Fact]
    public void TheGradientAgreesWithDifferencesOfTheLoss()
    {
        Module<double> module = Systems.Separable();
        Parameter<double> coefficient = Systems.Coefficient();
        CollocationSystem system = Systems.Create(module, coefficient);
        coefficient.ClearGradient();
        system.Gradient();
        var unknowns = new double[system.Layout.Unknowns];
        system.Layout.Read(unknowns);
        foreach (var segment in system.Layout.Segments)
        {
            foreach (int index in (int[])[0, segment.Length / 2, segment.Length - 1])
            {
                double at = unknowns[segment.Offset + index];
                const double Step = 1e-5;
                double Loss(double value)
                {
                    unknowns[segment.Offset + index] = value;
                    system.Layout.Write(unknowns);
                    return system.Loss();
                }

                double numeric = (Loss(at + Step) - Loss(at - Step)) / (2 * Step);
                Loss(at);
                Assert.Equal(numeric, segment.Parameter.Gradient[segment.Start + index], 1e-6 * (1 + Math.Abs(numeric)));
            }
        }
    }

    [Fact]
    public void AWeightScalesOneBlockOnly()
    {
        CollocationSystem system = Systems.Create(Systems.Separable(), Systems.Coefficient());
        double[] squares = system.MeanSquares(), traces = system.Traces();
        double loss = system.Loss();
        system.Blocks[1].Weight *= 4;
        Near(loss + 9 * squares[1], system.Loss());
        Assert.All(squares.Zip(system.MeanSquares()), pair => Near(pair.First, pair.Second));
        Assert.All(traces.Zip(system.Traces()), pair => Near(pair.First, pair.Second));
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        using var one = new Executor(1);
        using var two = new Executor(2);
        CollocationSystem[] systems = [.. new[] { one, two }.Select(executor => Systems.Create(Systems.Network(), Systems.Coefficient(), 3000, executor))];
        Assert.Equal(systems[0].Loss(), systems[1].Loss());
        Assert.Equal(FromRows(systems[0]).Product, FromRows(systems[1]).Product);
        Assert.Equal(systems[0].Gradient(), systems[1].Gradient());
        foreach ((var left, var right) in systems[0].Layout.Segments.Zip(systems[1].Layout.Segments))
            Assert.Equal(left.Parameter.Gradient.ToArray(), right.Parameter.Gradient.ToArray());
    }

    [Fact]
    public void WorkIsInterruptedBetweenPasses()
    {
        int checks = 0;
        var system = new CollocationSystem(Systems.Separable(), [Systems.Coefficient()], Systems.Blocks(SeveralPasses), Executor.Default, () => checks++);
        int before = checks;
        system.Loss();
        Assert.True(checks - before > 4);
        int left = 10;
        var stopped = new CollocationSystem(Systems.Separable(), [Systems.Coefficient()], Systems.Blocks(SeveralPasses), Executor.Default, () =>
        {
            if (left-- == 0)
                throw new OperationCanceledException();
        });
        Assert.Throws<OperationCanceledException>(() => stopped.Loss() + stopped.Loss() + stopped.Loss());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Tensor<double> points = Check.Sample<double>(new Shape(4, 2));
        FieldParts[] none = [new(null, null), new(null, null)];
        CollocationBlock Block(Residual residual) => new("equations", Systems.Names, [residual], points, null, (_, _) => none, 1);
        CollocationSystem System(Residual residual, Module<double>? module = null) => new(module ?? Systems.Separable(), [Systems.Coefficient()], [Block(residual)], Executor.Default, () => { });
        Assert.Contains("'w_x' is no", Assert.Throws<ArgumentException>(() => Block("w_x = 0")).Message, StringComparison.Ordinal);
        Assert.Contains("only points on the boundary", Assert.Throws<ArgumentException>(() => Block("n_x*u_x = 0")).Message, StringComparison.Ordinal);
        Assert.Contains("must be a column", Assert.Throws<ArgumentException>(() => System(Residual.Of("sum", at => at["u"].Sum()))).Message, StringComparison.Ordinal);
        Assert.Contains("2 unknowns (u, v)", Assert.Throws<ArgumentException>(() => System("u_x = 0", KanSharp.Networks.KanNetwork<double>.Create([2, 1]))).Message, StringComparison.Ordinal);
    }

    /// <summary>Jᵀr and the squared lengths of rows.</summary>
    private static (double[] Product, double[] Traces) FromRows(CollocationSystem system)
    {
        var product = new double[system.Layout.Unknowns];
        var traces = new double[system.Blocks.Count];
        int block = 0, residual = 0, point = 0;
        system.Linearize((rows, residuals) =>
        {
            for (int row = 0; row < rows.Count; row++)
            {
                for (int run = 0; run < system.Layout.Runs.Length; run++)
                {
                    JacobianRun place = system.Layout.Runs[run];
                    for (int index = 0; index < place.Length; index++)
                    {
                        double value = rows.Row(row)[place.Offset + index];
                        product[rows.Starts(row)[run] + index] += value * residuals[row];
                        traces[block] += value * value / system.Blocks[block].Weight;
                    }
                }
            }

            // passes go through points, in each through residuals
            if (++residual < system.Blocks[block].ResidualCount)
                return;
            (residual, point) = (0, point + rows.Count);
            if (point == system.Blocks[block].Count)
                (block, point) = (block + 1, 0);
        });
        Assert.Equal(system.Blocks.Count, block);
        return (product, traces);
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-11 * (1 + Math.Abs(expected)));
}
