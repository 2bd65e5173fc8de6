using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class LinearScalingTests
{
    [Fact]
    public void InvertUndoesApply()
    {
        var scaling = new LinearScaling([1, -2], [0.5, 4]);
        double[] values = [1, -2, 2, 2];
        scaling.Apply(values);
        Assert.Equal([0, 0, 2, 1], values);
        scaling.Invert(values);
        Assert.Equal([1, -2, 2, 2], values);
    }

    [Fact]
    public void GridScalingMapsTheBulkToTheGrid()
    {
        double[] values = [.. Enumerable.Range(0, 1001).Select(index => (double)index)];
        values[1000] = 1e9;
        LinearScaling scaling = LinearScaling.ToGrid(values, 1);
        scaling.Apply(values);
        Assert.Equal(-1, values[10], 1e-9);
        Assert.Equal(1, values[990], 1e-9);
        Assert.True(values[1000] > 1e5);
    }

    [Fact]
    public void ConstantAndNearlyConstantColumnsStayFinite()
    {
        LinearScaling grid = LinearScaling.ToGrid([5, 0, 5, 0, 5, 1], 2);
        Assert.Equal(1, grid.Spread[0]);
        Assert.Equal(5, grid.Center[0]);
        LinearScaling rare = LinearScaling.ToGrid([.. Enumerable.Repeat(0.0, 999), 1], 1);
        Assert.Equal((0.5, 0.5), (rare.Center[0], rare.Spread[0]));
        Assert.Equal(1, LinearScaling.Standard([7, 7, 7], 1).Spread[0]);
        Assert.Equal(1, LinearScaling.Standard([7], 1).Spread[0]);
    }

    [Fact]
    public void StandardScalingHasMeanZeroAndDeviationOne()
    {
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];
        LinearScaling scaling = LinearScaling.Standard(values, 1);
        Assert.Equal(5, scaling.Center[0], 1e-12);
        scaling.Apply(values);
        Assert.Equal(0, values.Average(), 1e-12);
    }

    [Fact]
    public void ImpossibleNumbersAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LinearScaling([0], [0]));
        Assert.Throws<ArgumentException>(() => new LinearScaling([double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => new LinearScaling([0, 1], [1]));
        Assert.Throws<ArgumentException>(() => LinearScaling.Identity(2).Apply(new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearScaling.ToGrid([1, 2], 1, tail: 0.5));
    }
}
