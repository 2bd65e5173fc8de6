using System.Globalization;

namespace KanSharp.Interchange.Source;

/// <summary>How source is written.</summary>
public sealed record SourceOptions
{
    /// <summary>Name of the C# class or the prefix of all C names: letters, digits and underscores. Default <c>KanModel</c>; C writes it as <c>kan_model</c>.</summary>
    public string Name { get; init; } = "KanModel";

    /// <summary>Namespace of the C# class; none if null (default).</summary>
    public string? Namespace { get; init; }

    /// <summary>True for single, false for double precision; null (default) for the model's own.</summary>
    public bool? Single { get; init; }

    /// <summary>Significant digits of numbers in LaTeX and MathML, 1 to 17; null for all. Default 6. Code always has all.</summary>
    public int? Digits { get; init; } = 6;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A name is no identifier, or the digits are out of range.</exception>
    public void Validate()
    {
        if (!IsIdentifier(Name))
            throw new ArgumentException($"Name is '{Name}'; it is a letter followed by letters, digits and underscores, and no word of the languages.");
        if (Namespace is not null && !Namespace.Split('.').All(IsIdentifier))
            throw new ArgumentException($"Namespace is '{Namespace}'; it is one or more identifiers with points between them.");
        if (Digits is < 1 or > 17)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Digits is {Digits}; allowed are 1 to 17, or null for all."));
    }

    private static bool IsIdentifier(string name) =>
        !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !SourceNames.IsReserved(name);
}
