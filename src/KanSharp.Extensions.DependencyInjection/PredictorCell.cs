using System.Globalization;
using System.Text.Json.Serialization;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>One cell of a row to predict: a number, a text, or nothing. Numbers and texts convert to it; so do those of JSON.</summary>
[JsonConverter(typeof(PredictorCellJsonConverter))]
public readonly record struct PredictorCell
{
    private readonly double _number;

    private PredictorCell(double number, string? text)
    {
        _number = number;
        Text = text;
        HasValue = text is not null || !double.IsNaN(number);
    }

    /// <summary>The missing cell; NaN and an empty text are the same.</summary>
    public static PredictorCell Missing => default;

    /// <summary>Whether the cell is not missing.</summary>
    public bool HasValue { get; }

    /// <summary>The text; null for a number and a missing cell.</summary>
    public string? Text { get; }

    /// <summary>The number; null for a text and a missing cell.</summary>
    public double? Number => HasValue && Text is null ? _number : null;

    /// <summary>A cell with a number; NaN is missing.</summary>
    public static implicit operator PredictorCell(double number) => new(number, null);

    /// <summary>A cell with a text; null and the empty text are missing.</summary>
    public static implicit operator PredictorCell(string? text) => string.IsNullOrEmpty(text) ? default : new PredictorCell(double.NaN, text);

    /// <summary>A cell with a number; NaN is missing.</summary>
    public static PredictorCell FromDouble(double number) => number;

    /// <summary>A cell with a text; null and the empty text are missing.</summary>
    public static PredictorCell FromString(string? text) => text;

    /// <inheritdoc/>
    public override string ToString() => Text is not null ? $"'{Text}'" : HasValue ? _number.ToString("R", CultureInfo.InvariantCulture) : "(missing)";
}
