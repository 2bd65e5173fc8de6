using System.Text;
using System.Text.Json;
using KanSharp.Bases;

namespace KanSharp.Interchange;

/// <summary>The family of a layer's functions as JSON: "kind" and what the family is made of.</summary>
internal static class BasisJson
{
    public static void Write(Utf8JsonWriter json, BasisOptions basis)
    {
        json.WriteString("kind", basis.Family);
        switch (basis)
        {
            case BSplineOptions spline:
                json.WriteNumber("degree", spline.Degree);
                json.WriteNumber("intervals", spline.Intervals);
                WriteRange(json, spline.Low, spline.High);
                json.WriteString("outside", spline.Outside == OutsideGrid.Zero ? "zero" : "linear");
                break;
            case GaussianOptions gaussian:
                json.WriteNumber("centers", gaussian.Centers);
                WriteRange(json, gaussian.Low, gaussian.High);
                if (gaussian.Width is double width)
                    json.WriteNumber("width", width);
                break;
            default:
                throw new NotSupportedException($"A model file can not describe functions of family '{basis.Family}'.");
        }
    }

    /// <exception cref="FormatException">The family is unknown.</exception>
    public static BasisOptions Read(JsonElement element)
    {
        string kind = ModelSpecJson.Text(element, "kind");
        int Count(string name) => element.GetProperty(name).GetInt32();
        double Number(string name) => element.GetProperty(name).GetDouble();
        double? Optional(string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
        return kind switch
        {
            "b-spline" => new BSplineOptions { Degree = Count("degree"), Intervals = Count("intervals"), Low = Number("low"), High = Number("high"), Outside = OutsideOf(element) },
            "gaussian" => new GaussianOptions { Centers = Count("centers"), Low = Number("low"), High = Number("high"), Width = Optional("width") },
            _ => throw new FormatException($"basis '{kind}' is unknown"),
        };
    }

    /// <summary>A value as words with hyphens: LayerNorm is layer-norm.</summary>
    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var text = new StringBuilder();
        foreach (char letter in value.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>A property that holds what <see cref="Name"/> gives; the first value where it is missing.</summary>
    /// <exception cref="FormatException">No value has that name.</exception>
    public static TEnum Value<TEnum>(JsonElement element, string property)
        where TEnum : struct, Enum
    {
        if (!element.TryGetProperty(property, out JsonElement text))
            return default;
        foreach (TEnum value in Enum.GetValues<TEnum>())
        {
            if (text.GetString() == Name(value))
                return value;
        }

        throw new FormatException($"{property} is '{text}'; known are {string.Join(", ", Enum.GetValues<TEnum>().Select(Name))}");
    }

    private static void WriteRange(Utf8JsonWriter json, double low, double high)
    {
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
    }

    private static OutsideGrid OutsideOf(JsonElement element)
    {
        string outside = ModelSpecJson.Text(element, "outside");
        return outside switch
        {
            "zero" => OutsideGrid.Zero,
            "linear" => OutsideGrid.Linear,
            _ => throw new FormatException($"outside is '{outside}'; known are 'linear' and 'zero'"),
        };
    }
}
