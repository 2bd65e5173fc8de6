using System.Text.Json;
using System.Text.Json.Serialization;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>Cells as JSON: a number, a text, or null for a missing cell.</summary>
public sealed class PredictorCellJsonConverter : JsonConverter<PredictorCell>
{
    /// <inheritdoc/>
    public override PredictorCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => PredictorCell.Missing,
        _ => throw new JsonException($"a cell is a number, a text or null; found {reader.TokenType}"),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PredictorCell value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Number is { } number && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Text);
    }

    /// <summary>Null is a cell, too.</summary>
    public override bool HandleNull => true;
}
