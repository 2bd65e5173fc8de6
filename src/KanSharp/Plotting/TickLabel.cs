namespace KanSharp.Plotting;

/// <summary>The text at a tick; <paramref name="Superscript"/> is the exponent of a power of ten.</summary>
internal readonly record struct TickLabel(string Text, string Superscript = "")
{
    public double Width(double size) => TextMeasure.Width(Text, size) + TextMeasure.Width(Superscript, 0.75 * size);
}
