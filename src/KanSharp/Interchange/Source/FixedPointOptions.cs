using System.Globalization;

namespace KanSharp.Interchange.Source;

/// <summary>How a model is written for a processor without floating point.</summary>
public sealed record FixedPointOptions
{
    /// <summary>Prefix of all C names. Default <c>KanModel</c>, written <c>kan_model</c>.</summary>
    public string Name { get; init; } = "KanModel";

    /// <summary>
    /// Lowest and highest value of every input column, in the model's units: the tables of the first layer cover these ranges, and inputs beyond count as the ends. Narrow
    /// ranges make good tables.
    /// </summary>
    public required IReadOnlyList<(double Low, double High)> Ranges { get; init; }

    /// <summary>Cells of every table as a power of 2, 2 to 12. Default 6: 65 numbers of 16 bits for an edge. A bit more divides the error of smooth functions by 4.</summary>
    public int TableBits { get; init; } = 6;

    /// <summary>Bits after the point of inputs (their Q format), −30 to 30; null (default) for as many as 32 bits hold.</summary>
    public int? InputFraction { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is missing or out of its range; the message names it.</exception>
    public void Validate()
    {
        new SourceOptions { Name = Name }.Validate();
        if (Ranges is null)
            throw new ArgumentException("Ranges is null; there is a range for every input.");
        foreach ((double low, double high) in Ranges)
        {
            if (!double.IsFinite(low) || !double.IsFinite(high) || !(low < high))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A range of an input is {low} to {high}; its low end is below its high end, both finite."));
        }

        if (TableBits is < 2 or > 12)
            throw new ArgumentException($"TableBits is {TableBits}; allowed are 2 to 12.");
        if (InputFraction is < -30 or > 30)
            throw new ArgumentException($"InputFraction is {InputFraction}; allowed are -30 to 30, or null.");
    }
}
