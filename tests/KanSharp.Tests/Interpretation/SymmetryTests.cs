using KanSharp.Interpretation;

namespace KanSharp.Tests.Interpretation;

/// <summary>Groups of variables that act through one number.</summary>
public sealed class SymmetryTests
{
    [Fact]
    public void A_group_is_symmetric_if_its_gradient_keeps_its_direction()
    {
        double[] rows = StructureCases.Points(3);
        SmoothFunction function = StructureCases.Function(3, x => Math.Sin(x[0] * x[0] + x[1] * x[1]) * x[2] + Math.Exp(x[2]) / (x[0] * x[0] + x[1] * x[1]), rows);
        Assert.True(Symmetry.Test(function, rows, [0, 1]).Holds);
        Assert.False(Symmetry.Test(function, rows, [0, 2]).Holds);
        Assert.True(Symmetry.Test(function, rows, [2]).Holds);
        Assert.Equal("0 1|2", StructureCases.Text(Symmetry.Detect(function, rows)));
    }

    [Fact]
    public void A_group_of_three_without_symmetric_pairs_is_found()
    {
        double[] rows = StructureCases.Points(5);
        SmoothFunction function = StructureCases.Function(
            5, x => (x[0] * x[1] + x[1] * x[2] + x[2] * x[0]) * Math.Sin(x[3] * x[4]) + x[3] * x[4] * x[4], rows);
        Assert.Equal("0 1 2|3|4", StructureCases.Text(Symmetry.Detect(function, rows)));
    }

    [Fact]
    public void Pairs_grow_into_larger_groups()
    {
        double[] rows = StructureCases.Points(5);
        SmoothFunction function = StructureCases.Function(
            5, x => Math.Sin(x[0] + x[1] * x[2]) * x[3] + x[4] * x[3] * x[3] * Math.Pow(x[0] + x[1] * x[2], 2), rows);
        Assert.Equal("0 1 2|3|4", StructureCases.Text(Symmetry.Detect(function, rows)));
    }

    [Fact]
    public void Candidates_are_compared_by_the_direction_of_their_gradient()
    {
        double[] rows = StructureCases.Points(3);
        SmoothFunction function = StructureCases.Function(3, x => Math.Exp(-x[2] * x[0] / x[1]), rows);
        double[] pairs = [.. rows.Where((_, index) => index % 3 != 2)];
        SymmetryVariableResult right = Symmetry.TestVariable(function, rows, [0, 1], StructureCases.Function(2, x => x[0] / x[1], pairs));
        SymmetryVariableResult wrong = Symmetry.TestVariable(function, rows, [0, 1], StructureCases.Function(2, x => x[0] * x[1], pairs));
        Assert.True(right.Holds);
        Assert.Equal(1, right.Share);
        Assert.Equal(1, right.MedianCosine, 1e-9);
        Assert.True(!wrong.Holds && wrong.Share < 0.5);
    }

    [Fact]
    public void Misuse_is_named()
    {
        double[] rows = StructureCases.Points(2);
        SmoothFunction function = StructureCases.Function(2, x => x[0] * x[1], rows);
        Assert.Contains("empty", Assert.ThrowsAny<ArgumentException>(() => Symmetry.Test(function, rows, [])).Message);
        Assert.Contains("Variable -1", Assert.ThrowsAny<ArgumentException>(() => Symmetry.Test(function, rows, [-1])).Message);
        Assert.Contains("2 variables, the group 1", Assert.ThrowsAny<ArgumentException>(() => Symmetry.TestVariable(function, rows, [1], function)).Message);
        Assert.Contains("share is 0 to 1", Assert.ThrowsAny<ArgumentException>(() => Symmetry.TestVariable(function, rows, [0, 1], function, share: 2)).Message);
    }
}
