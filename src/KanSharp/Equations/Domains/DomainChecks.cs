using System.Globalization;
using KanSharp.Symbolics;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Equations.Domains;

/// <summary>What is wrong with names, ranges and arguments of domains; null where nothing is.</summary>
internal static class DomainChecks
{
    /// <summary>The shortest range, as a fraction of its largest coordinate.</summary>
    private const double ShortestRange = 1e-10;

    /// <summary>The first problem of the names together, null if they may name variables.</summary>
    public static string? NamesProblem(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return "a domain needs at least one variable, such as x=0..1";
        for (int i = 0; i < names.Count; i++)
        {
            if (NameProblem(names[i]) is string problem)
                return problem;
            if (names.Take(i).Contains(names[i]))
                return $"the variable '{names[i]}' occurs twice; each axis needs its own name";
        }

        return null;
    }

    /// <summary>The problem of a range, null if there is none.</summary>
    public static string? RangeProblem(string name, double low, double high)
    {
        string range = $"{name}={Text(low)}..{Text(high)}";
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(high - low))
            return $"the range {range} is not finite; both ends are finite numbers";
        if (low > high)
            return $"the range {range} is reversed; write {name}={Text(high)}..{Text(low)}";
        return high - low > ShortestRange * Math.Max(Math.Abs(low), Math.Abs(high))
            ? null
            : $"the range {range} has no length; its upper end lies above its lower end";
    }

    /// <summary>Throws what <see cref="NamesProblem"/> or <see cref="RangeProblem"/> found.</summary>
    public static void Require(string? problem, string argument)
    {
        if (problem is not null)
            throw new ArgumentException(Sentence(problem), argument);
    }

    /// <summary>A number of points.</summary>
    public static void Count(int count)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, "The number of points is at least 1.");
    }

    /// <summary>A radius.</summary>
    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a finite number above 0.");

    /// <summary>A point with one coordinate for each variable.</summary>
    public static void Point(ReadOnlySpan<double> point, int dimension)
    {
        if (point.Length != dimension)
            throw new ArgumentException($"A point has {dimension} coordinates here; {point.Length} were given.", nameof(point));
    }

    /// <summary>The shortest text that reads back as the same number; 0 has no sign.</summary>
    public static string Text(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The problem with a capital and a full stop.</summary>
    public static string Sentence(string problem) => char.ToUpperInvariant(problem[0]) + problem[1..] + ".";

    private static string? NameProblem(string name)
    {
        if (!ExpressionParser.IsName(name))
            return $"'{name}' is not a name of a variable; names are letters, digits and _ and do not begin with a digit";
        if (name is "pi" or "π" or "e")
            return $"'{name}' is a constant of expressions; give the variable another name";
        bool function = name is "log10" or "log2" or "pow" || FunctionCatalog.Standard.Find(name) is { Kind: not FunctionKind.Identity };
        return function ? $"'{name}' is a function of expressions; give the variable another name" : null;
    }
}
