using System.Globalization;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>The functions on the edges: what goes with what, and the options of a layer.</summary>
internal static class BasisChoices
{
    /// <summary>Whether the functions are splines whose grids follow the data.</summary>
    public static bool HasFreeGrid(FitSettings settings) => !settings.Mlp && IsSpline(settings) && settings.InputMap is null or "none";

    /// <summary>Whether the functions are splines.</summary>
    public static bool IsSpline(FitSettings settings) => settings.Basis is null || KanFamilies.Named(settings.Basis).Options().IsSpline;

    /// <summary>Refuses what does not go together.</summary>
    public static void Check(FitSettings settings)
    {
        if (settings.Mlp && (settings.Basis ?? settings.InputMap) is not null)
            throw UserErrorException.Usage($"{(settings.Basis is null ? "--input-map" : $"--basis {settings.Basis}")} is for KANs; a perceptron (--mlp) has no functions on its edges");
        if (settings.EdgeDropout > 0 || settings.InputNoise > 0)
            CheckRandom(settings);
        if (settings.BasisSize is int size)
        {
            if (IsSpline(settings))
                throw UserErrorException.Usage($"--basis-size {size} is not for splines; --grid {size} gives their intervals");
            try
            {
                KanFamilies.Named(settings.Basis!).Options(size);
            }
            catch (ArgumentException error)
            {
                throw UserErrorException.Usage($"--basis-size {size}: {Tool.WithoutParameter(error)}");
            }
        }

        if (!HasFreeGrid(settings) && !settings.Mlp)
        {
            string family = IsSpline(settings) ? $"--input-map {settings.InputMap}" : $"--basis {settings.Basis}";
            if (settings.Optimizer == "nk")
                throw UserErrorException.Usage($"--optimizer nk trains splines on the inputs as they come; {family} does not go with it. Take adamw or lm");
            if (settings.GridUpdates > 0)
                throw UserErrorException.Usage($"--grid-updates does not go with {family}, which has no grids that follow the data");
            if (settings.Grids is not null)
                throw UserErrorException.Usage($"--grid {string.Join(',', settings.Grids)}: several grids do not go with {family}; give one number");
        }

        if (IsSpline(settings) || settings.Mlp)
            return;
        if (settings.Grid is int grid)
            throw UserErrorException.Usage($"--grid {grid} is for splines; the size of '{settings.Basis}' is --basis-size");
        if (settings.Degree is int degree)
            throw UserErrorException.Usage($"--degree {degree} is for splines; the size of '{settings.Basis}' is --basis-size");
        if (settings.Smoothness > 0)
            throw UserErrorException.Usage($"--smoothness is for splines; '{settings.Basis}' has no second differences of coefficients");
    }

    /// <summary>What is drawn anew in every step goes with gradient steps alone.</summary>
    private static void CheckRandom(FitSettings settings)
    {
        string option = settings.EdgeDropout > 0 ? "--edge-dropout" : "--input-noise";
        if (settings.Mlp)
            throw UserErrorException.Usage($"{option} is for KANs; a perceptron (--mlp) has no edges with functions");
        if (settings.Optimizer is not null && OptimizerOptions.Parse(settings.Optimizer) is not FirstOrderOptions)
            throw UserErrorException.Usage($"{option} draws anew in every step, which --optimizer {settings.Optimizer} can not follow; take adamw");
        try
        {
            Layer(settings with { Grid = settings.Grid ?? 5, Degree = settings.Degree ?? 3 }).Validate();
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.Usage($"{option}: {Tool.WithoutParameter(error)}");
        }
    }

    /// <summary>Family and size in words.</summary>
    public static string Describe(FitSettings settings)
    {
        KanFamily family = KanFamilies.Named(settings.Basis!);
        int size = settings.BasisSize ?? family.DefaultSize;
        return family.SizeMeaning.Length == 0 ? family.Name : string.Create(CultureInfo.InvariantCulture, $"{family.Name}, {family.SizeMeaning}: {size}");
    }

    /// <summary>The options of every layer.</summary>
    public static KanLinearOptions Layer(FitSettings settings)
    {
        KanLinearOptions options = IsSpline(settings)
            ? new BSplineOptions { Intervals = settings.Grid!.Value, Degree = settings.Basis == "hat" ? 1 : settings.Degree!.Value }
            : KanFamilies.Named(settings.Basis!).Options(settings.BasisSize, settings.Width?.SkipLast(1).Max() ?? 0);
        return InputMaps.Apply(options, settings.InputMap) with { EdgeDropout = settings.EdgeDropout, InputNoise = settings.InputNoise };
    }
}
