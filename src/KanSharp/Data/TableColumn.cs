namespace KanSharp.Data;

/// <summary>A named column of a table: numbers, where NaN stands for a missing cell, or texts, where null does.</summary>
public sealed class TableColumn
{
    private readonly double[]? _numbers;
    private readonly string?[]? _texts;

    /// <summary>Creates a numeric column over <paramref name="numbers"/>, which is not copied; NaN is a missing cell.</summary>
    public TableColumn(string name, double[] numbers)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(numbers);
        Name = name;
        _numbers = numbers;
    }

    /// <summary>Creates a text column over <paramref name="texts"/>, which is not copied; null is a missing cell.</summary>
    public TableColumn(string name, string?[] texts)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(texts);
        Name = name;
        _texts = texts;
    }

    /// <summary>Name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>True for numbers, false for texts.</summary>
    public bool IsNumeric => _numbers is not null;

    /// <summary>Number of cells.</summary>
    public int Count => _numbers?.Length ?? _texts!.Length;

    /// <summary>The numbers; NaN is a missing cell.</summary>
    /// <exception cref="InvalidOperationException">The column holds texts.</exception>
    public ReadOnlySpan<double> Numbers => _numbers ?? throw new InvalidOperationException($"column '{Name}' holds texts, not numbers");

    /// <summary>The texts; null is a missing cell.</summary>
    /// <exception cref="InvalidOperationException">The column holds numbers.</exception>
    public ReadOnlySpan<string?> Texts => _texts ?? throw new InvalidOperationException($"column '{Name}' holds numbers, not texts");

    /// <summary>Whether the cell of that row is missing.</summary>
    public bool IsMissing(int row) => _numbers is not null ? double.IsNaN(_numbers[row]) : _texts![row] is null;

    /// <summary>The cell as text: numbers in their shortest invariant form, null where it is missing.</summary>
    internal string? Label(int row)
    {
        if (_texts is not null)
            return _texts[row];
        return double.IsNaN(_numbers![row]) ? null : LabelOf(_numbers[row]);
    }

    // -0 and 0 are the same label
    internal static string LabelOf(double number) => (number + 0.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
