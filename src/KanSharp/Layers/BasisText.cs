using System.Globalization;
using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>The functions of a layer in words, for summaries and messages.</summary>
internal static class BasisText
{
    /// <summary>Family, size and what is done to the inputs.</summary>
    public static string Of(KanLinearOptions options)
    {
        string functions = options.Basis switch
        {
            BSplineOptions spline => string.Create(CultureInfo.InvariantCulture, $"B-spline of degree {spline.Degree} on {spline.Intervals} intervals"),
            WaveletOptions wavelet => $"wavelet ({wavelet.Kind})",
            _ => string.Create(CultureInfo.InvariantCulture, $"{options.Basis.Family}, {options.Basis.Count} {(options.Basis.Count == 1 ? "function" : "functions")}"),
        };
        string normalization = options.Normalization switch
        {
            InputNormalization.LayerNorm => " after layer normalisation",
            InputNormalization.BatchNorm => " after batch normalisation",
            InputNormalization.MinMax => " on the range of the inputs",
            _ => "",
        };
        return functions + normalization + (options.Squash == InputSquash.None ? "" : $" of {options.Squash.ToString().ToLowerInvariant()}");
    }
}
