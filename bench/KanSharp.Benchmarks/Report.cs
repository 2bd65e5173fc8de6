using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KanSharp.Benchmarks;

/// <summary>One measured line: named values in the order in which they were added.</summary>
internal sealed class Report
{
    private readonly List<(string Name, object Value)> _entries = [];

    public Report(string name) => Add("case", name);

    public Report Add(string name, object value)
    {
        _entries.Add((name, value));
        return this;
    }

    /// <summary>Adds NAME_us and NAME_min_us: median and minimum of a measurement, in microseconds per call.</summary>
    public Report Add(string name, Timing timing) => Add($"{name}_us", timing.Median).Add($"{name}_min_us", timing.Minimum);

    /// <summary>Adds median, minimum, maximum and count of a measurement, in microseconds per call; "of" names what was measured.</summary>
    public Report AddSummary(string of, Timing timing) => Add("of", of).Add(timing);

    /// <summary>Adds median, minimum, maximum and count of a measurement, in microseconds per call.</summary>
    public Report Add(Timing timing) => Add("median", timing.Median)
        .Add("min", timing.Minimum)
        .Add("max", timing.Maximum)
        .Add("n", timing.Samples)
        .Add("calls_per_sample", timing.CallsPerSample)
        .Add("unit", "us");

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach ((string name, object value) in _entries)
            {
                writer.WritePropertyName(name);
                switch (value)
                {
                    case int number:
                        writer.WriteNumberValue(number);
                        break;
                    case long number:
                        writer.WriteNumberValue(number);
                        break;
                    case double number when double.IsFinite(number):
                        writer.WriteRawValue(Format(number));
                        break;
                    case bool flag:
                        writer.WriteBooleanValue(flag);
                        break;
                    default:
                        writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                        break;
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public string ToText() => string.Join("  ", _entries.Select(entry =>
        $"{entry.Name}={(entry.Value is double number ? Format(number) : Convert.ToString(entry.Value, CultureInfo.InvariantCulture))}"));

    private static string Format(double value) => value.ToString("G5", CultureInfo.InvariantCulture).Replace("E+0", "E+", StringComparison.Ordinal);
}
