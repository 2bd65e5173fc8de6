using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KanSharp.Data;

namespace KanSharp.Cli.Commands;

/// <summary>Options whose values are read the same way in every culture, with messages that say what was expected.</summary>
internal static class Parse
{
    public static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };

    public static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { HelpName = string.Join('|', values), Description = description };
        option.CustomParser = result =>
        {
            string word = result.Tokens[0].Value;
            return values.Contains(word) ? word : Refuse<string?>(result, name, $"one of {string.Join(", ", values)}");
        };
        return option;
    }

    public static Option<double?> Number(string name, string description, double least, double below = double.PositiveInfinity, bool leastAllowed = true) => new(name)
    {
        HelpName = "X",
        Description = description,
        CustomParser = result =>
        {
            bool read = double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            if (read && value < below && (leastAllowed ? value >= least : value > least))
                return value;
            string lower = string.Create(CultureInfo.InvariantCulture, $"a number {(leastAllowed ? "from" : "above")} {least}");
            return Refuse<double?>(result, name, double.IsPositiveInfinity(below) ? lower : string.Create(CultureInfo.InvariantCulture, $"{lower} to below {below}"));
        },
    };

    public static Option<int?> Count(string name, string description, int least, int most = int.MaxValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            bool read = int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
            string range = most == int.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}";
            return read && value >= least && value <= most ? value : Refuse<int?>(result, name, range);
        },
    };

    public static Option<ulong?> Seed(string description) => new("--seed")
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : Refuse<ulong?>(result, "--seed", "a whole number from 0"),
    };

    /// <summary>Whole numbers with commas between them.</summary>
    public static Option<int[]?> Counts(string name, string help, string example, string description, int least, int count = 0) => new(name)
    {
        HelpName = help,
        Description = description,
        CustomParser = result =>
        {
            string[] parts = result.Tokens[0].Value.Split(',');
            var values = new int[parts.Length];
            bool read = count == 0 || parts.Length == count;
            for (int i = 0; read && i < parts.Length; i++)
                read = int.TryParse(parts[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out values[i]) && values[i] >= least;
            return read ? values : Refuse<int[]?>(result, name, $"{(count == 0 ? "whole numbers" : $"{count} whole numbers")} from {least} with commas between them, such as {example}");
        },
    };

    /// <summary>A time: 90, 90s, 5m, 1.5h.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "60s",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            double unit = text.EndsWith("ms", StringComparison.Ordinal) ? 0.001
                : text.EndsWith('h') ? 3600
                : text.EndsWith('m') ? 60
                : 1;
            bool read = double.TryParse(text.TrimEnd('h', 'm', 's'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
            return read && value > 0 && value * unit < 1e8
                ? TimeSpan.FromSeconds(value * unit)
                : Refuse<TimeSpan?>(result, name, "a time such as 60s, 5m or 1.5h");
        },
    };

    /// <summary>What to do with missing cells.</summary>
    public static Option<string?> Missing(string byDefault) => Choice(
        "--missing", $"Rows with missing cells: stop, leave them out, or take the column's mean. [default: {byDefault}]", "error", "drop", "mean");

    public static MissingValues? MissingOf(string? word) => word switch
    {
        "error" => MissingValues.Error,
        "drop" => MissingValues.DropRow,
        "mean" => MissingValues.Mean,
        _ => null,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as one JSON object." };

    private static TValue Refuse<TValue>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} is '{result.Tokens[0].Value}'; expected {expected}");
        return default!;
    }
}
