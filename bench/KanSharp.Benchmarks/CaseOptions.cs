using System.Globalization;

namespace KanSharp.Benchmarks;

/// <summary>The options of one run, "--name value" pairs and "--flag"s; unknown ones are an error once the case has read its own.</summary>
internal sealed class CaseOptions
{
    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _read = [];

    public CaseOptions(ReadOnlySpan<string> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal))
                throw new FormatException($"Expected an option that starts with --, got '{name}'.");
            bool hasValue = i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            _values[name[2..]] = hasValue ? arguments[++i] : "true";
        }
    }

    public string Text(string name, string fallback)
    {
        _read.Add(name);
        return _values.GetValueOrDefault(name, fallback);
    }

    public bool Flag(string name) => Text(name, "false") == "true";

    public int Integer(string name, int fallback)
    {
        string text = Text(name, fallback.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"--{name} takes a whole number, got '{text}'.");
    }

    public double Number(string name, double fallback)
    {
        string text = Text(name, fallback.ToString(CultureInfo.InvariantCulture));
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException($"--{name} takes a number, got '{text}'.");
    }

    /// <summary>Reads --dtype: true for f64, false for f32.</summary>
    public bool IsDouble() => Text("dtype", "f32") switch
    {
        "f32" => false,
        "f64" => true,
        string other => throw new FormatException($"--dtype is f32 or f64, got '{other}'."),
    };

    /// <summary>Reads --widths: nodes per level, inputs first.</summary>
    public int[] Widths(string fallback)
    {
        int[] widths = Counts("widths", fallback);
        return widths.Length > 1 ? widths : throw new FormatException($"--widths needs at least two numbers like {fallback}, got '{widths[0]}'.");
    }

    /// <summary>Reads a list of numbers that must be at least 1.</summary>
    public int[] Counts(string name, string fallback)
    {
        string text = Text(name, fallback);
        return [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw new FormatException($"--{name} is a list of whole numbers above 0 like {fallback}, got '{text}'."))];
    }

    /// <summary>Reads a count that must be at least 1.</summary>
    public int Count(string name, int fallback)
    {
        int value = Integer(name, fallback);
        return value > 0 ? value : throw new FormatException($"--{name} is at least 1, got {value}.");
    }

    public void RefuseUnread()
    {
        string[] unknown = [.. _values.Keys.Where(name => !_read.Contains(name))];
        if (unknown.Length > 0)
            throw new FormatException($"Unknown option --{string.Join(", --", unknown)}.");
    }
}
