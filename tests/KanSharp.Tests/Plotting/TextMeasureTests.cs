using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class TextMeasureTests
{
    [Theory]
    [InlineData("a feature with a rather long name", 100)]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀", 60)]
    [InlineData("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", 30)]
    public void LongTextIsCutToTheRoom(string text, double room)
    {
        string fitted = TextMeasure.Fit(text, room, 12);
        Assert.EndsWith("…", fitted, StringComparison.Ordinal);
        Assert.StartsWith(fitted[..^1], text, StringComparison.Ordinal);
        Assert.InRange(TextMeasure.Width(fitted, 12), room / 3, room);
        Assert.DoesNotContain('\uFFFD', SvgText.Escape(fitted));
    }

    [Fact]
    public void ShortTextStays() => Assert.Equal("mass", TextMeasure.Fit("mass", 60, 12));
}
