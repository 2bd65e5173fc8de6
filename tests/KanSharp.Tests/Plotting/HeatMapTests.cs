using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public sealed class HeatMapTests
{
    private static readonly HeatMap Small = new() { X = (0, 3), Y = (0, 2), Rows = 2, Columns = 3, Values = [0, 1, 2, 3, 4, 5] };

    [Fact]
    public void The_first_row_of_values_is_the_lowest_of_the_picture()
    {
        ImageElement cells = Small.Draw().Elements.OfType<ImageElement>().First();
        Assert.Equal([0.6, 0.8, 1.0, 0.0, 0.2, 0.4], cells.Values);
        Assert.Equal(ColourRamp.Viridis, cells.Ramp);
        Assert.Equal((2, 3), (cells.Rows, cells.Columns));
    }

    [Fact]
    public void Values_that_are_not_finite_are_left_out()
    {
        HeatMap gaps = Small with { Values = [0, double.NaN, 2, double.PositiveInfinity, 4, 5] };
        Assert.Equal(2, gaps.Draw().Elements.OfType<ImageElement>().First().Values.Count(double.IsNaN));
        Assert.DoesNotContain("NaN", gaps.Draw().ToSvg());
        Assert.Contains("no data", (Small with { Values = [.. Enumerable.Repeat(double.NaN, 6)] }).Draw().ToSvg());
    }

    [Fact]
    public void A_constant_has_the_middle_colour() =>
        Assert.All((Small with { Values = [.. Enumerable.Repeat(7.0, 6)] }).Draw().Elements.OfType<ImageElement>().First().Values, share => Assert.Equal(0.5, share));

    [Fact]
    public void The_bar_runs_from_the_least_to_the_greatest_value()
    {
        ImageElement bar = Small.Draw().Elements.OfType<ImageElement>().Last();
        Assert.True(bar.Values[0] > 0.98 && bar.Values[^1] < 0.02);
        string[] texts = [.. Small.Draw().Elements.OfType<TextElement>().Where(text => text.X > bar.X).Select(text => text.Content)];
        Assert.Equal(["0", "1", "2", "3", "4", "5"], texts);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentException>(() => (Small with { Values = [1] }).Draw());
        Assert.Throws<ArgumentException>(() => (Small with { X = (1, 1) }).Draw());
        Assert.Throws<ArgumentException>(() => (Small with { Y = (0, double.PositiveInfinity) }).Draw());
        Assert.ThrowsAny<ArgumentException>(() => (Small with { Width = 100 }).Draw());
    }
}
