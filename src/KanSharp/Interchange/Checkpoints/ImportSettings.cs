using System.Globalization;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Interchange.Checkpoints;

/// <summary>Settings by name, read in the same way in every culture; a name that the family does not have is refused.</summary>
internal sealed class ImportSettings
{
    private static readonly (string Name, WaveletKind Kind)[] Wavelets =
    [
        ("mexican-hat", WaveletKind.MexicanHat), ("morlet", WaveletKind.Morlet), ("dog", WaveletKind.DerivativeOfGaussian), ("meyer", WaveletKind.Meyer), ("shannon", WaveletKind.Shannon),
    ];

    private readonly IReadOnlyDictionary<string, string> _values;

    /// <summary>Checks the names.</summary>
    /// <exception cref="ArgumentException">A setting is not allowed.</exception>
    public ImportSettings(IReadOnlyDictionary<string, string> values, string family, IReadOnlyCollection<string> allowed)
    {
        _values = values;
        foreach (string name in values.Keys)
        {
            if (!allowed.Contains(name))
                throw new ArgumentException($"There is no setting '{name}' for {family}; allowed are {string.Join(", ", allowed.Order(StringComparer.Ordinal))}.");
            Check(name);
        }
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <summary>A function of the base branch; SiLU with a note, if it is not set.</summary>
    public Activation Base(ImportNotes notes)
    {
        if (Text("base") is { } name)
            return Named(name);
        notes.Assume("base function SiLU (base=gelu and so on say otherwise)");
        return Activation.SiLU;
    }

    public static Activation Named(string name)
    {
        try
        {
            return Activation.FromName(name);
        }
        catch (ArgumentException)
        {
            throw Wrong("base", name, string.Join(", ", Activation.All.Select(one => one.Name.ToLowerInvariant())));
        }
    }

    public WaveletKind Wavelet(ImportNotes notes)
    {
        if (Text("wavelet") is not { } name)
        {
            notes.Assume("wavelet mexican-hat, the default of Wav-KAN (wavelet=dog and so on say otherwise)");
            return WaveletKind.MexicanHat;
        }

        int found = Array.FindIndex(Wavelets, wavelet => wavelet.Name == name.Replace('_', '-'));
        return found >= 0 ? Wavelets[found].Kind : throw Wrong("wavelet", name, string.Join(", ", Wavelets.Select(wavelet => wavelet.Name)));
    }

    public double? Number(string name, double above)
    {
        if (Text(name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > above && double.IsFinite(value)
            ? value
            : throw Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a number above {above}"));
    }

    public int? Count(string name, int least)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least}"));
    }

    public bool? Truth(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        string other => throw Wrong(name, other, "true, false"),
    };

    /// <summary>A wrong value is found before anything is read.</summary>
    private void Check(string name)
    {
        switch (name)
        {
            case "base":
                _ = Named(Text(name)!);
                break;
            case "wavelet":
                _ = Wavelet(new ImportNotes());
                break;
            case "width":
                _ = Number(name, 0);
                break;
            case "alpha" or "beta":
                _ = Number(name, -1);
                break;
            case "g" or "k" or "arity" or "channels" or "image":
                _ = Count(name, 1);
                break;
            case "published":
                _ = Truth(name);
                break;
        }
    }

    private static ArgumentException Wrong(string name, string value, string allowed) => new($"The setting {name} is '{value}'; allowed: {allowed}.");
}
