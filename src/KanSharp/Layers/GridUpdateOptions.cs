using KanSharp.Bases;

namespace KanSharp.Layers;

/// <summary>How grids follow data. The defaults move the knots as efficient-kan does and keep the function.</summary>
public sealed record GridUpdateOptions
{
    /// <summary>Weight of the uniform grid against the quantiles of the data, 0 to 1: 1 is uniform, 0 quantiles alone. Default 0.02.</summary>
    public double Epsilon { get; init; } = 0.02;

    /// <summary>How far the uniform grid reaches past the data on each side. Default 0.01. Unused by pykan's convention.</summary>
    public double Margin { get; init; } = 0.01;

    /// <summary>The rule that turns samples into knots. Default efficient-kan's.</summary>
    public GridConvention Convention { get; init; } = GridConvention.EfficientKan;

    /// <summary>
    /// Reproduces efficient-kan to the letter: the fit uses the samples alone (least norm), its target contains the edge scale although the
    /// scale is applied again afterwards, and constant or scarce data get no special treatment. Changes the function. Default false.
    /// </summary>
    public bool EfficientKanRefit { get; init; }

    /// <summary>How the coefficients are found. Default <see cref="GridRefit.Samples"/>.</summary>
    public GridRefit Refit { get; init; }

    /// <summary>Whether the fit is to samples alone, without the care that keeps a function where there are none.</summary>
    internal bool SamplesAlone => EfficientKanRefit || Refit is GridRefit.PykanSamples or GridRefit.PykanGrid;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!(Epsilon >= 0 && Epsilon <= 1))
            throw new ArgumentException($"{nameof(Epsilon)} is {Epsilon}; allowed are 0 (quantiles) to 1 (uniform).");
        if (!double.IsFinite(Margin) || Margin < 0)
            throw new ArgumentException($"{nameof(Margin)} is {Margin}; it must be finite and not negative.");
        if (!Enum.IsDefined(Refit))
            throw new ArgumentException($"{nameof(Refit)} is {Refit}; allowed are {string.Join(", ", Enum.GetNames<GridRefit>())}.");
        if (EfficientKanRefit && Refit != GridRefit.Samples)
            throw new ArgumentException($"{nameof(EfficientKanRefit)} fits to the samples; {nameof(Refit)} is {Refit}.");
    }
}
